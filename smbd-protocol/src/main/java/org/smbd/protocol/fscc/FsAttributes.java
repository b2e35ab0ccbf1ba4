package org.smbd.protocol.fscc;

/** Flags of FileSystemAttributes. MS-FSCC 2.5.1 FileFsAttributeInformation. */
public final class FsAttributes {
    public static final int CASE_SENSITIVE_SEARCH = 0x1;
    public static final int CASE_PRESERVED_NAMES = 0x2;
    public static final int UNICODE_ON_DISK = 0x4;
    public static final int PERSISTENT_ACLS = 0x8;
    public static final int FILE_COMPRESSION = 0x10;
    public static final int VOLUME_QUOTAS = 0x20;
    public static final int SUPPORTS_SPARSE_FILES = 0x40;
    public static final int SUPPORTS_REPARSE_POINTS = 0x80;
    public static final int SUPPORTS_OBJECT_IDS = 0x10000;
    public static final int NAMED_STREAMS = 0x40000;
    public static final int READ_ONLY_VOLUME = 0x80000;
    public static final int SUPPORTS_HARD_LINKS = 0x400000;
    public static final int SUPPORTS_EXTENDED_ATTRIBUTES = 0x800000;
    public static final int SUPPORTS_BLOCK_REFCOUNTING = 0x08000000;

    private FsAttributes() {}
}
