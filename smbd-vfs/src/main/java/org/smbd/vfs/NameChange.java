package org.smbd.vfs;

/**
 * A change of names, or of who may open by them, for which others must first give up handles that they only cache:
 * {@link FileService#prepare}.
 */
public sealed interface NameChange {
    /** 2.1.5.15.12 FileRenameInformation. */
    record Rename(String newPath, boolean replaceIfExists) implements NameChange {}

    /** 2.1.5.15.7 FileLinkInformation. */
    record Link(String newPath, boolean replaceIfExists) implements NameChange {}

    /** 2.1.5.15.3 FileDispositionInformation that marks the file as deleted. */
    record Delete() implements NameChange {}

    /** 2.1.5.17 Server Requests Setting of Security Information. */
    record Security() implements NameChange {}
}
