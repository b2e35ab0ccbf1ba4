package org.smbd.server.smb1;

import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.Session;

/**
 * A search that goes on: MS-CIFS 3.3.1.4 Per SMB Session, SearchOpen. Lane only.
 */
final class Smb1Search {
    private final int sid;
    private final OpenHandle handle;
    private final OpenResource.File directory;
    private final Session session;
    private final Smb1Tree tree;
    private final int pid;
    private final String pattern;
    private final int searchAttributes;
    private int position;
    private String lastName = "";

    Smb1Search(int sid, OpenHandle handle, Smb1Call call, String pattern, int searchAttributes) {
        this.sid = sid;
        this.handle = handle;
        this.directory = (OpenResource.File) handle.resource();
        this.session = call.session();
        this.tree = call.tree();
        this.pid = call.pid();
        this.pattern = pattern;
        this.searchAttributes = searchAttributes;
    }

    int sid() {
        return sid;
    }

    OpenResource.File directory() {
        return directory;
    }

    Session session() {
        return session;
    }

    Smb1Tree tree() {
        return tree;
    }

    int pid() {
        return pid;
    }

    String pattern() {
        return pattern;
    }

    int searchAttributes() {
        return searchAttributes;
    }

    /** Count of the entries that the client was told: the resume key of the last. */
    int position() {
        return position;
    }

    /** Name of the last entry that the client was told. */
    String lastName() {
        return lastName;
    }

    void told(int newPosition, String name) {
        position = newPosition;
        lastName = name;
    }

    void close() {
        session.close(handle);
    }
}
