package org.smbd.vfs.store;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The descriptors that several opens of one file use together. Data are read and written at offsets, so that opens of a
 * descriptor are not in each other's way; each was allowed by the host with an open of its own before.
 */
final class DescriptorTable {
    private record Key(FileKey file, StoreAccess access) {}

    /** What opens of one file share. */
    private static final class Shared {
        final Descriptor descriptor;
        final SyncResult syncResult;
        int users = 1;

        Shared(Descriptor descriptor, SyncResult syncResult) {
            this.descriptor = descriptor;
            this.syncResult = syncResult;
        }
    }

    private final ConcurrentMap<Key, Shared> descriptors = new ConcurrentHashMap<>();

    /** A use of a descriptor that others may use, too. */
    final class Use {
        private final Key key;
        private final Shared shared;

        private Use(Key key, Shared shared) {
            this.key = key;
            this.shared = shared;
        }

        Descriptor descriptor() {
            return shared.descriptor;
        }

        SyncResult syncResult() {
            return shared.syncResult;
        }

        /** Gives it up; the last one closes it. Returns what {@link Descriptor#close} says, or true for all others. */
        boolean end() {
            boolean last =
                    descriptors.computeIfPresent(key, (k, present) -> --present.users == 0 ? null : present) == null;
            return !last || shared.descriptor.close();
        }
    }

    /**
     * Joins those that have {@code file} open and may do at least {@code access}; where there are none, the given
     * descriptor is what later ones join.
     */
    Use join(FileKey file, StoreAccess access, Descriptor descriptor, SyncResult syncResult) {
        for (StoreAccess more : atLeast(access)) {
            Key key = new Key(file, more);
            Shared joined = descriptors.computeIfPresent(key, (k, present) -> {
                present.users++;
                return present;
            });
            if (joined != null) {
                return new Use(key, joined);
            }
        }
        Key key = new Key(file, access);
        Shared shared = descriptors.compute(key, (k, present) -> {
            if (present == null) {
                return new Shared(descriptor, syncResult);
            }
            present.users++;
            return present;
        });
        return new Use(key, shared);
    }

    private static List<StoreAccess> atLeast(StoreAccess access) {
        return switch (access) {
            case METADATA -> List.of(StoreAccess.READ_WRITE, StoreAccess.READ, StoreAccess.WRITE, StoreAccess.METADATA);
            case READ -> List.of(StoreAccess.READ_WRITE, StoreAccess.READ);
            case WRITE -> List.of(StoreAccess.READ_WRITE, StoreAccess.WRITE);
            case READ_WRITE -> List.of(StoreAccess.READ_WRITE);
        };
    }

    /** How many descriptors there are. */
    int size() {
        return descriptors.size();
    }
}
