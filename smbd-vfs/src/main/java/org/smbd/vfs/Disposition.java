package org.smbd.vfs;

/**
 * What becomes of a name at its close. MS-FSA 2.1.5.15.3 FileDispositionInformation, 2.1.5.15.4
 * FileDispositionInformationEx.
 *
 * @param delete whether the name goes; false takes an earlier mark back
 * @param posixSemantics the name goes with the close of this very open, others keep the file without a name; else it
 *     goes with the last close, and nobody may open it meanwhile
 * @param onClose changes what FILE_DELETE_ON_CLOSE of this open does instead; NOT_SUPPORTED for one that lacks it
 * @param ignoreReadonly a READONLY file may be deleted by who may write its attributes
 */
public record Disposition(boolean delete, boolean posixSemantics, boolean onClose, boolean ignoreReadonly) {
    /** The older form: to delete with the last close. */
    public static final Disposition DELETE = new Disposition(true, false, false, false);

    /** To keep the name after all. */
    public static final Disposition KEEP = new Disposition(false, false, false, false);
}
