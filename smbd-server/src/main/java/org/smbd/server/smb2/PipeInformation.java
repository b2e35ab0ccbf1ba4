package org.smbd.server.smb2;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.protocol.fscc.FileFacts;
import org.smbd.protocol.fscc.StreamInfo;

/**
 * A named pipe as file information shows it: a file without times, size and id. Windows shows pipes as delete-pending,
 * for they go with their last open.
 */
public final class PipeInformation implements FileFacts {
    public static final FileMetadata METADATA =
            new FileMetadata(0, 0, 0, 0, 0, 0, FileAttributes.NORMAL, 1, true, 0, 0, 0, 0);
    public static final FileFacts INSTANCE = new PipeInformation();

    private PipeInformation() {}

    @Override
    public FileMetadata metadata() {
        return METADATA;
    }

    @Override
    public int grantedAccess() {
        return AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_WRITE;
    }

    @Override
    public long currentByteOffset() {
        return 0;
    }

    @Override
    public int mode() {
        return 0;
    }

    @Override
    public String normalizedName() {
        return "";
    }

    @Override
    public Optional<String> alternateName() {
        return Optional.empty();
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of();
    }
}
