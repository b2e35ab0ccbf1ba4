package org.smbd.vfs.notify;

import java.util.ArrayList;
import java.util.List;

/** What a rename or a new hard link has to report. The last parts of MS-FSA 2.1.5.15.12 and 2.1.5.15.7. */
public final class RenameChanges {
    private RenameChanges() {}

    /**
     * MS-FSA 2.1.5.15.12 FileRenameInformation.
     *
     * @param replaced location of another file that lost its name to this one, as it was written; "" if there was none
     */
    public static Change[] ofRename(String from, String to, boolean directory, String replaced) {
        boolean exact = replaced.equals(to);
        boolean moved = !parent(from).equals(parent(to));
        List<Change> changes = new ArrayList<>(3);
        if (!replaced.isEmpty() && !exact) {
            changes.add(Change.removed(replaced, directory));
        }
        changes.add(moved || exact ? Change.removed(from, directory) : Change.oldName(from, directory));
        if (exact) {
            changes.add(Change.modified(to, CompletionFilter.CONTENT));
        } else {
            changes.add(moved ? Change.added(to, directory) : Change.newName(to, directory));
        }
        return changes.toArray(Change[]::new);
    }

    /**
     * MS-FSA 2.1.5.15.7 FileLinkInformation.
     *
     * @param replaced as with {@link #ofRename}
     */
    public static Change[] ofLink(String to, String replaced) {
        if (replaced.isEmpty()) {
            return new Change[] {Change.added(to, false)};
        }
        return replaced.equals(to)
                ? new Change[] {Change.modified(to, CompletionFilter.CONTENT)}
                : new Change[] {Change.removed(replaced, false), Change.added(to, false)};
    }

    private static String parent(String location) {
        return location.substring(0, location.lastIndexOf('/'));
    }
}
