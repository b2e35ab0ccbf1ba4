package org.smbd.protocol.fscc;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;

/** A file whose fields all differ, so that swapped ones show. */
final class Samples {
    static final FileMetadata FILE = new FileMetadata(
            0x01D0_0000_0000_0001L,
            0x01D0_0000_0000_0002L,
            0x01D0_0000_0000_0003L,
            0x01D0_0000_0000_0004L,
            0x3000,
            0x2345,
            FileAttributes.ARCHIVE,
            3,
            false,
            0x1122_3344_5566_7788L,
            0x0A0B_0C0D_0E0F_1011L,
            0x17,
            0);

    static final String FILE_TIMES = """
            01000000 0000d001  02000000 0000d001  03000000 0000d001  04000000 0000d001
            """;

    static final FileMetadata LINK = new FileMetadata(
            1, 2, 3, 4, 0, 0, FileAttributes.REPARSE_POINT | FileAttributes.ARCHIVE, 1, false, 5, 6, 7, 0xA000000C);

    static final FileMetadata DIRECTORY =
            new FileMetadata(1, 2, 3, 4, 0, 0, FileAttributes.DIRECTORY, 2, true, 5, 6, 0, 0);

    static final PosixMetadata POSIX =
            new PosixMetadata(FILE, PosixMetadata.Type.FIFO, 0640, 3, 1000, 100, 0x99L, 0x55);

    /** {@link #POSIX} as class 100 shows it. */
    static final String POSIX_HEX = FILE_TIMES + """
            4523000000000000 0030000000000000 20000000 9900000000000000 55000000 00000000
            03000000 00000000 a0510000
            0102 000000000016 01000000 e8030000
            0102 000000000016 02000000 64000000
            """;

    private Samples() {}

    static FileFacts facts(FileMetadata metadata, StreamInfo... streams) {
        return new FileFacts() {
            @Override
            public FileMetadata metadata() {
                return metadata;
            }

            @Override
            public PosixMetadata posix() {
                return POSIX;
            }

            @Override
            public int grantedAccess() {
                return 0x001200A9;
            }

            @Override
            public long currentByteOffset() {
                return 0x99;
            }

            @Override
            public int mode() {
                return 0x2;
            }

            @Override
            public String normalizedName() {
                return "ab\\c";
            }

            @Override
            public Optional<String> alternateName() {
                return Optional.empty();
            }

            @Override
            public List<StreamInfo> streams() {
                return List.of(streams);
            }
        };
    }
}
