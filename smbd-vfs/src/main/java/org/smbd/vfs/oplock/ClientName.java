package org.smbd.vfs.oplock;

/**
 * What a client calls a file. The path of a share can lead elsewhere at each connect ({@code path = /srv/%t}): then one
 * name of the client is that of several files.
 *
 * @param root the directory that the share showed when the file was opened
 * @param path the name of the share, and the path below it
 */
public record ClientName(String root, String path) {
    /** Whether its client takes another file for this one. */
    boolean isTwinOf(ClientName other) {
        return !root.equals(other.root) && path.equalsIgnoreCase(other.path);
    }
}
