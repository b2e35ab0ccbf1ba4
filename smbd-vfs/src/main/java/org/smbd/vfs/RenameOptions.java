package org.smbd.vfs;

/**
 * How a rename treats a file that has the new name. MS-FSCC 2.4.43 FileRenameInformationEx.
 *
 * @param replaceIfExists it loses the name; else OBJECT_NAME_COLLISION
 * @param posixSemantics also if it is open: its opens go on without a name
 * @param ignoreReadonly also if it is READONLY
 */
public record RenameOptions(boolean replaceIfExists, boolean posixSemantics, boolean ignoreReadonly) {
    /** An existing file is in the way. */
    public static final RenameOptions WITHOUT_REPLACING = new RenameOptions(false, false, false);

    /** An existing file is replaced if nobody has it open. */
    public static final RenameOptions REPLACING = new RenameOptions(true, false, false);
}
