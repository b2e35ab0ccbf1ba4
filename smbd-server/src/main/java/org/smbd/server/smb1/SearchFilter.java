package org.smbd.server.smb1;

import org.smbd.core.file.FileAttributes;

/**
 * Which files a search or a name is about. MS-CIFS 2.2.1.2.4 SMB_FILE_ATTRIBUTES.
 *
 * @param attributes hidden, system and directory bits in the lower byte let such files in; the upper byte demands them
 */
record SearchFilter(int attributes) {
    private static final int INCLUDED = FileAttributes.HIDDEN | FileAttributes.SYSTEM | FileAttributes.DIRECTORY;
    private static final int DEMANDED = INCLUDED | FileAttributes.READONLY | FileAttributes.ARCHIVE;

    boolean accepts(int fileAttributes) {
        int demanded = attributes >>> 8 & DEMANDED;
        return (fileAttributes & INCLUDED & ~attributes) == 0 && (fileAttributes & demanded) == demanded;
    }

    /** The same, where a name without wildcards may be a directory anyway. */
    boolean acceptsNamed(int fileAttributes) {
        return accepts(fileAttributes & ~FileAttributes.DIRECTORY);
    }
}
