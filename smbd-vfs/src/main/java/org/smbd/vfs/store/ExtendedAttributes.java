package org.smbd.vfs.store;

import java.util.List;
import java.util.Optional;

/**
 * The extended attributes of an open file, whole names ({@code user.DOSATTRIB}), reached as the daemon: who uses them
 * has checked what the user may do. Where the host has none, the list is empty and a change is NOT_SUPPORTED.
 */
public interface ExtendedAttributes {
    /** Longest value that any file system of Linux takes, in bytes. */
    int VALUE_LENGTH_MAX = 65_536;

    /** Longest name that Linux takes, in bytes of UTF-8. */
    int NAME_BYTES_MAX = 255;

    /** All names, in no order. */
    List<String> names();

    /** A value; empty if there is none. */
    Optional<byte[]> get(String name);

    /**
     * Sets a value, at one go.
     *
     * @return false if the file system has no room for a value of that size
     */
    boolean set(String name, byte[] value);

    /** Removes an attribute; nothing happens if there is none. */
    void remove(String name);
}
