package org.smbd.vfs.store;

import java.util.List;

/**
 * Tells which names come and go in watched directories, whoever changes them. A change is in the feed before the call
 * that makes it returns.
 */
public interface DirectoryFeed extends AutoCloseable {
    /**
     * Watches an open directory.
     *
     * @return the number of the watch, never used again; negative where the host does not tell of every change (a
     *     network file system) or has no watch left
     */
    int watch(StoreFile directory);

    /** Ends a watch; {@link Kind#LOST} may still be told of it. */
    void unwatch(int watch);

    /** What has happened since the last call, in order; does not wait. */
    List<Change> drain();

    @Override
    void close();

    /** What a {@link Change} says. */
    enum Kind {
        ADDED,
        REMOVED,
        /** Nothing more will be told of this watch. */
        LOST,
        /** Changes are missing, of any watch. */
        OVERFLOWED
    }

    /**
     * One change.
     *
     * @param watch in which directory; -1 with OVERFLOWED
     * @param name what came or went; "" with LOST and OVERFLOWED
     */
    record Change(Kind kind, int watch, String name) {}
}
