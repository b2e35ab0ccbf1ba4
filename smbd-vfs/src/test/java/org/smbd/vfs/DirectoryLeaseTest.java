package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.vfs.oplock.BreakNotice;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.oplock.SimulatedClient;

/** Who caches a directory learns once of any change of what it shows, but for those that its holder makes itself. */
class DirectoryLeaseTest extends CachingFixture {
    private static final int RH = Caching.READ | Caching.HANDLE;

    private final SimulatedClient holder = new SimulatedClient(1);
    private final SimulatedClient other = new SimulatedClient(2);
    private FileOpen directory;

    /** What is done to the contents of the directory {@code d}. */
    private enum Change {
        CREATE {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.files.close(test.cached("d\\new", caching));
            }
        },
        CREATE_DIRECTORY {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.files.close(
                        test.cached("d\\newd", ALL, CreateDisposition.CREATE, CreateOptions.DIRECTORY_FILE, caching));
            }
        },
        DELETE {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                FileOpen open = test.cached("d\\f", caching);
                test.files.setDisposition(open, true);
                test.files.close(open);
            }
        },
        DELETE_ON_CLOSE {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.files.close(
                        test.cached("d\\f", ALL, CreateDisposition.OPEN, CreateOptions.DELETE_ON_CLOSE, caching));
            }
        },
        RENAME_WITHIN {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.rename("d\\f", "d\\g", caching);
            }
        },
        RENAME_AWAY {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.rename("d\\f", "g", caching);
            }
        },
        RENAME_INTO {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.rename("outside", "d\\outside", caching);
            }
        },
        LINK {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                FileOpen open = test.cached("outside", caching);
                test.files.link(open, "d\\link", false);
                test.files.close(open);
            }
        },
        ATTRIBUTES {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                FileOpen open = test.cached("d\\f", caching);
                test.files.setBasic(open, new BasicInformation(0, 0, 0, 0, FileAttributes.HIDDEN));
                test.files.close(open);
            }
        },
        TIMES {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                FileOpen open = test.cached("d\\f", caching);
                test.files.setBasic(open, new BasicInformation(0, 0, 130_000_000_000_000_000L, 0, 0));
                test.files.close(open);
            }
        },
        SIZE {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                FileOpen open = test.cached("d\\f", caching);
                test.files.setEndOfFile(open, 100);
                test.files.close(open);
            }
        },
        OVERWRITE {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                test.files.close(test.cached("d\\f", ALL, CreateDisposition.OVERWRITE, 0, caching));
            }
        },
        WRITE {
            @Override
            void make(DirectoryLeaseTest test, CachingRequest caching) {
                FileOpen open = test.cached("d\\f", caching);
                test.write(open, "more");
                test.files.close(open);
            }
        };

        abstract void make(DirectoryLeaseTest test, CachingRequest caching);
    }

    private void rename(String from, String to, CachingRequest caching) {
        FileOpen open = cached(from, caching);
        files.rename(open, to, false);
        files.close(open);
    }

    @BeforeEach
    void cacheTheDirectory() {
        makeDirectory("d");
        make("d\\f", "text");
        make("outside", "text");
        directory = cached("d", READ, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE, holder.lease(RH));
        assertEquals(RH, directory.caching().state().state());
    }

    @AfterEach
    void closeTheDirectory() {
        files.close(directory);
        assertFalse(nodes.oplocks().anyDirectoryLease());
    }

    @ParameterizedTest
    @EnumSource
    void aChangeByAnotherBreaksItOnce(Change change) {
        change.make(this, other.lease(Caching.READ));
        assertEquals(List.of(new BreakNotice(Optional.of(holder.key), RH, Caching.NONE, true, 2)), holder.notices);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeByTheHolderOfTheParentKeyBreaksNothing(Change change) {
        SimulatedClient file = new SimulatedClient(holder.key.client(), 7);
        change.make(this, file.leaseBelow(Caching.READ, holder.key));
        assertEquals(List.of(), holder.notices);
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfAnotherClientIsNotTheParentKey(Change change) {
        change.make(this, other.leaseBelow(Caching.READ, holder.key));
        assertEquals(1, holder.notices.size());
    }

    @Test
    void whatOnlyLooksBreaksNothing() {
        FileOpen open = cached("d\\f", READ, CreateDisposition.OPEN, 0, other.lease(RH));
        read(open);
        files.close(open);
        FileOpen listing = cached(
                "d", READ, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE, CachingRequest.Nothing.INSTANCE);
        names(listing, "*", RESTART);
        files.close(listing);
        assertEquals(List.of(), holder.notices);
    }

    @Test
    void changesFurtherDownBreakNothing() {
        makeDirectory("d\\sub");
        nodes.oplocks().acknowledge(holder.key, Caching.NONE);
        holder.notices.clear();
        FileOpen again = cached("d", READ, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE, holder.lease(RH));
        assertEquals(RH, again.caching().state().state());
        make("d\\sub\\deep", "text");
        assertEquals(List.of(), holder.notices);
        files.close(again);
    }
}
