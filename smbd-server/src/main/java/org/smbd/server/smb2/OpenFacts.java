package org.smbd.server.smb2;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.protocol.fscc.FileFacts;
import org.smbd.protocol.fscc.StreamInfo;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.StreamFacts;

/** An open file as file information shows it; what is not shown is not read from disk. */
public final class OpenFacts implements FileFacts {
    private static final String DEFAULT_STREAM_SUFFIX = ":$DATA";

    private final OpenResource.File file;
    private FileMetadata metadata;

    public OpenFacts(OpenResource.File file) {
        this.file = file;
    }

    @Override
    public FileMetadata metadata() {
        if (metadata == null) {
            metadata = file.files().queryMetadata(file.open());
        }
        return metadata;
    }

    @Override
    public PosixMetadata posix() {
        return file.files().queryPosix(file.open());
    }

    @Override
    public int grantedAccess() {
        return file.open().statedAccess();
    }

    @Override
    public long currentByteOffset() {
        return file.open().positionBytes();
    }

    @Override
    public int mode() {
        return file.open().mode();
    }

    @Override
    public String normalizedName() {
        return file.open().path();
    }

    @Override
    public Optional<String> alternateName() {
        return file.files().queryShortName(file.open());
    }

    @Override
    public List<StreamInfo> streams() {
        return file.files().queryStreams(file.open()).stream()
                .map(OpenFacts::stream)
                .toList();
    }

    /** From {@code :name:$DATA} to the name alone. */
    private static StreamInfo stream(StreamFacts facts) {
        String name = facts.name().substring(1, facts.name().length() - DEFAULT_STREAM_SUFFIX.length());
        return new StreamInfo(name, facts.size(), facts.allocationSize());
    }
}
