package org.smbd.vfs;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.vfs.oplock.CachingRequest;

/**
 * What an open asks for. MS-FSA 2.1.5.1, with the checks of MS-SMB2 3.3.5.9 left to {@link FileService#open} where they
 * are about files.
 *
 * @param context who asks; its POSIX identity is what the kernel sees
 * @param path relative to the share, components parted by backslashes, no leading one; "" is the root
 * @param desiredAccess as on the wire, generic rights and MAXIMUM_ALLOWED included
 * @param fileAttributes attributes of a file that is created
 * @param shareAccess {@link org.smbd.core.file.ShareAccess} bits
 * @param disposition what to do with a file that exists or not
 * @param createOptions {@link org.smbd.core.file.CreateOptions} bits
 * @param allocationSize initial allocation in bytes of a file that is created or overwritten; 0 for none
 * @param accessMax rights that the share leaves to this user; others are refused
 * @param posix whether it has POSIX semantics, and how
 * @param extendedAttributes of a file that is created or overwritten
 * @param caching the oplock or lease that is asked for
 * @param securityDescriptor parts of the descriptor of a file that is created, generic rights and all
 */
public record OpenRequest(
        SecurityContext context,
        String path,
        int desiredAccess,
        int fileAttributes,
        int shareAccess,
        CreateDisposition disposition,
        int createOptions,
        long allocationSize,
        int accessMax,
        Optional<PosixCreate> posix,
        List<ExtendedAttribute> extendedAttributes,
        CachingRequest caching,
        Optional<SecurityDescriptor> securityDescriptor) {
    public OpenRequest {
        extendedAttributes = List.copyOf(extendedAttributes);
    }

    /** The same request for other rights, and only to open what is there. */
    OpenRequest opening(int otherAccess, int otherAccessMax) {
        return new OpenRequest(
                context,
                path,
                otherAccess,
                fileAttributes,
                shareAccess,
                CreateDisposition.OPEN,
                createOptions,
                allocationSize,
                otherAccessMax,
                posix,
                extendedAttributes,
                caching,
                securityDescriptor);
    }

    /** The same for another path, with other options. */
    OpenRequest at(String newPath, int newOptions) {
        return new OpenRequest(
                context,
                newPath,
                desiredAccess,
                fileAttributes,
                shareAccess,
                disposition,
                newOptions,
                allocationSize,
                accessMax,
                posix,
                extendedAttributes,
                caching,
                securityDescriptor);
    }

    /** The same for another path, or with other demands, and without caching. */
    OpenRequest with(
            String newPath, int newAccess, int newShareAccess, CreateDisposition newDisposition, int newOptions) {
        return new OpenRequest(
                context,
                newPath,
                newAccess,
                fileAttributes,
                newShareAccess,
                newDisposition,
                newOptions,
                0,
                accessMax,
                posix,
                extendedAttributes,
                CachingRequest.Nothing.INSTANCE,
                securityDescriptor);
    }
}
