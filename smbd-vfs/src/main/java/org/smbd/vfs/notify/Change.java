package org.smbd.vfs.notify;

/**
 * One change of a file. The inputs of MS-FSA 2.1.4.1 Algorithm for Reporting a Change Notification for a Directory.
 *
 * @param action a {@link FileAction}
 * @param filterMatch the {@link CompletionFilter} bits that it falls under
 * @param location where the file is on the host: an absolute path, as opens of it have it
 * @param stream {@code :} and the name of the stream that changed; "" for the file itself
 */
public record Change(int action, int filterMatch, String location, String stream) {
    /** A name came. */
    public static Change added(String location, boolean directory) {
        return new Change(FileAction.ADDED, CompletionFilter.name(directory), location, "");
    }

    /** A name went. */
    public static Change removed(String location, boolean directory) {
        return new Change(FileAction.REMOVED, CompletionFilter.name(directory), location, "");
    }

    /** A file changed under its name. */
    public static Change modified(String location, int filterMatch) {
        return new Change(FileAction.MODIFIED, filterMatch, location, "");
    }

    /** A name turned into another of the same directory: this is the first half, and goes with {@link #newName}. */
    public static Change oldName(String location, boolean directory) {
        return new Change(FileAction.RENAMED_OLD_NAME, CompletionFilter.name(directory), location, "");
    }

    /** The other half of {@link #oldName}. */
    public static Change newName(String location, boolean directory) {
        return new Change(FileAction.RENAMED_NEW_NAME, CompletionFilter.name(directory), location, "");
    }

    /**
     * A named stream came, went or changed.
     *
     * @param action {@link FileAction#ADDED_STREAM}, {@link FileAction#REMOVED_STREAM} or {@link
     *     FileAction#MODIFIED_STREAM}
     * @param name of the stream, without colons
     */
    public static Change ofStream(int action, int filterMatch, String location, String name) {
        return new Change(action, filterMatch, location, ":" + name);
    }
}
