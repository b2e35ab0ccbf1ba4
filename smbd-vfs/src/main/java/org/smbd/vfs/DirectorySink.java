package org.smbd.vfs;

/** Takes the entries of a directory query. */
public interface DirectorySink {
    /**
     * Takes one entry.
     *
     * @return false if it does not fit: it is offered again at the next query
     */
    boolean accept(DirectoryEntry entry);
}
