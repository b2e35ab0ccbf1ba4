package org.smbd.protocol.fscc;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;

/**
 * What the answers to file information queries are made of. Each method is called only where the class asked for shows
 * its value, so an implementation may read it then.
 */
public interface FileFacts {
    /** Times, sizes, attributes, ids and links. */
    FileMetadata metadata();

    /** What POSIX clients see. NOT_SUPPORTED where there is no such thing. */
    default PosixMetadata posix() {
        throw NtStatus.NOT_SUPPORTED.exception();
    }

    /** MS-FSA 2.1.1.6 Open.GrantedAccess. */
    int grantedAccess();

    /** Open.CurrentByteOffset in bytes. */
    long currentByteOffset();

    /** Open.Mode: the create options that FileModeInformation shows. */
    int mode();

    /** The path from the root of the share, as stored, with {@code \} between its parts and not before them. */
    String normalizedName();

    /** The 8.3 name, where the volume keeps such names. */
    Optional<String> alternateName();

    /** The data streams: the unnamed one of a file first; none for a directory without named ones. */
    List<StreamInfo> streams();
}
