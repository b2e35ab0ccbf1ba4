package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.protocol.fscc.SecurityDescriptorCodec;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.wire.WireReader;
import org.smbd.vfs.PosixCreate;

/**
 * What the contexts of a CREATE come to: MS-SMB2 3.3.5.9, Create Context Validation, and 3.3.5.9.1 to .13. Requests for
 * durability and what is unknown stay unanswered, as if they had not been there.
 */
final class CreateContextRequests {
    private CreateContext.QueryMaximalAccess queryMaximalAccess;
    private boolean queryOnDiskId;
    private long allocationSizeBytes;
    private Optional<PosixCreate> posix = Optional.empty();
    private long timewarp;
    private List<ExtendedAttribute> extendedAttributes = List.of();
    private CreateContext lease;
    private SecurityDescriptor securityDescriptor;

    private CreateContextRequests() {}

    /**
     * Looks through all contexts.
     *
     * @throws org.smbd.core.status.SmbException the status of one that has to be refused
     */
    static CreateContextRequests of(List<CreateContext> contexts) {
        CreateContextRequests requests = new CreateContextRequests();
        contexts.forEach(requests::accept);
        return requests;
    }

    private void accept(CreateContext context) {
        if (context instanceof CreateContext.QueryMaximalAccess query) {
            queryMaximalAccess = query;
        } else if (context instanceof CreateContext.QueryOnDiskId) {
            queryOnDiskId = true;
        } else if (context instanceof CreateContext.RequestLease || context instanceof CreateContext.RequestLeaseV2) {
            lease = context;
        } else if (context instanceof CreateContext.SdBuffer buffer) {
            if (buffer.data().isReadable()) {
                securityDescriptor = SecurityDescriptorCodec.decode(new WireReader(buffer.data()));
            }
        } else if (context instanceof CreateContext.AllocationSize size) {
            allocationSizeBytes = size.allocationSizeBytes();
        } else if (context instanceof CreateContext.Posix create) {
            posix = Optional.of(new PosixCreate(create.mode()));
        } else if (context instanceof CreateContext.TimewarpToken token) {
            timewarp = token.timestamp();
        } else if (context instanceof CreateContext.EaBuffer eas) {
            extendedAttributes = EaEntries.decode(eas.data());
        }
    }

    /** SecD: the descriptor of a file that is created. */
    Optional<SecurityDescriptor> securityDescriptor() {
        return Optional.ofNullable(securityDescriptor);
    }

    /** For a connection or a share without the POSIX extensions. */
    void ignorePosix() {
        posix = Optional.empty();
    }

    /** Whether the open has POSIX semantics. */
    Optional<PosixCreate> posix() {
        return posix;
    }

    /** TWrp: when the wanted version was made, in FILETIME ticks; 0: the present one is wanted. */
    long timewarp() {
        return timewarp;
    }

    /** AlSi: wanted allocation of a file that is created or overwritten, in bytes; 0 for none. */
    long allocationSizeBytes() {
        return allocationSizeBytes;
    }

    /** ExtA: the extended attributes of a file that is created or overwritten. */
    List<ExtendedAttribute> extendedAttributes() {
        return extendedAttributes;
    }

    /** RqLs of either version, if there is one. */
    Optional<CreateContext> lease() {
        return Optional.ofNullable(lease);
    }

    /**
     * The answers, in a fixed order; the caller may add more.
     *
     * @param maximalAccess asked only if the client needs it
     * @param posixMetadata the same
     */
    List<CreateContextResponse> answers(
            FileMetadata metadata, IntSupplier maximalAccess, Supplier<PosixMetadata> posixMetadata) {
        List<CreateContextResponse> answers = new ArrayList<>(2);
        if (queryMaximalAccess != null) {
            answers.add(maximalAccess(metadata, maximalAccess));
        }
        if (queryOnDiskId) {
            answers.add(new CreateContextResponse.OnDiskId(metadata.fileId(), metadata.volumeId()));
        }
        if (posix.isPresent()) {
            answers.add(PosixExtensions.answer(posixMetadata.get()));
        }
        return answers;
    }

    /** 3.3.5.9.5: a client that knows the file as it is need not be told again. */
    private CreateContextResponse maximalAccess(FileMetadata metadata, IntSupplier maximalAccess) {
        long known = queryMaximalAccess.timestamp();
        return known != 0 && known == metadata.changeTime()
                ? new CreateContextResponse.MaximalAccess(NtStatus.NONE_MAPPED.code(), 0)
                : new CreateContextResponse.MaximalAccess(NtStatus.SUCCESS.code(), maximalAccess.getAsInt());
    }
}
