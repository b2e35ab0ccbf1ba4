package org.smbd.protocol.smb1;

import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireWriter;

/** Responses to requests that open. */
public sealed interface Smb1OpenResponse extends Smb1Response {
    /** Attributes that the protocols before NT know. MS-CIFS 2.2.1.2.4 SMB_FILE_ATTRIBUTES. */
    int DOS_ATTRIBUTES = FileAttributes.READONLY
            | FileAttributes.HIDDEN
            | FileAttributes.SYSTEM
            | FileAttributes.DIRECTORY
            | FileAttributes.ARCHIVE;

    /** What is open. MS-CIFS 2.2.4.64.2, ResourceType and NMPipeStatus. */
    enum Resource {
        DISK(0, 7),
        MESSAGE_PIPE(2, 0x05FF);

        private final int type;
        private final int status;

        Resource(int type, int status) {
            this.type = type;
            this.status = status;
        }
    }

    /**
     * MS-CIFS 2.2.4.64.2 SMB_COM_NT_CREATE_ANDX Response, MS-SMB 2.2.4.9.2 Server Response Extensions.
     *
     * @param action a {@link org.smbd.core.file.CreateAction}
     * @param extension null, or what the longer response adds
     */
    record NtCreate(int oplockLevel, int fid, int action, FileMetadata metadata, Resource resource, Extension extension)
            implements Smb1OpenResponse {
        @Override
        public void words(WireWriter out) {
            body(out);
            if (extension != null) {
                out.guid(extension.volume()); // VolumeGUID
                out.i64(metadata.fileId()); // FileId
                out.i32(extension.maximalAccess()); // MaximalAccessRights
                out.i32(extension.guestAccess()); // GuestMaximalAccessRights
            }
        }

        /** What NT_TRANSACT_CREATE has as parameters, too. MS-CIFS 2.2.7.1.2. */
        public void parameters(WireWriter out) {
            out.u8(oplockLevel); // OpLockLevel
            out.u8(0); // Reserved
            out.u16(fid); // FID
            out.i32(action); // CreateAction
            out.i32(0); // EAErrorOffset
            facts(out);
            if (extension != null) {
                out.guid(extension.volume()); // VolumeGUID
                out.i64(metadata.fileId()); // FileId
                out.i32(extension.maximalAccess()); // MaximalAccessRights
                out.i32(extension.guestAccess()); // GuestMaximalAccessRights
            }
        }

        private void body(WireWriter out) {
            out.u8(oplockLevel); // OpLockLevel
            out.u16(fid); // FID
            out.i32(action); // CreateAction
            facts(out);
        }

        private void facts(WireWriter out) {
            out.i64(metadata.creationTime()); // CreateTime
            out.i64(metadata.lastAccessTime()); // LastAccessTime
            out.i64(metadata.lastWriteTime()); // LastWriteTime
            out.i64(metadata.changeTime()); // LastChangeTime
            out.i32(metadata.attributes()); // ExtFileAttributes
            out.i64(metadata.allocationSize()); // AllocationSize
            out.i64(metadata.endOfFile()); // EndOfFile
            out.u16(resource.type); // ResourceType
            out.u16(resource.status); // NMPipeStatus
            out.u8(metadata.isDirectory() ? 1 : 0); // Directory
        }
    }

    /** The end of a longer response. */
    record Extension(Guid volume, int maximalAccess, int guestAccess) {}

    /**
     * MS-CIFS 2.2.4.41.2 SMB_COM_OPEN_ANDX Response.
     *
     * @param lastWriteTime in seconds of the server's local time since 1970
     * @param action {@link OpenAndx#OPENED} and its neighbours
     * @param accessRights null where the shorter response is sent, else the greatest access of the user
     */
    record OpenAndx(
            int fid,
            FileMetadata metadata,
            int lastWriteTime,
            int accessMode,
            Resource resource,
            int action,
            Integer accessRights)
            implements Smb1OpenResponse {
        public static final int OPENED = 1;
        public static final int CREATED = 2;
        public static final int TRUNCATED = 3;
        /** Added where the client got its oplock. */
        public static final int OPLOCK_GRANTED = 0x8000;

        @Override
        public void words(WireWriter out) {
            parameters(out);
            out.u16(0); // Reserved
            if (accessRights != null) {
                out.i32(accessRights); // MaximalAccessRights
                out.i32(0); // GuestMaximalAccessRights
            }
        }

        /** What TRANS2_OPEN2 begins with, too. MS-CIFS 2.2.6.1.2. */
        public void parameters(WireWriter out) {
            out.u16(fid); // FID
            out.u16(metadata.attributes() & DOS_ATTRIBUTES); // FileAttrs
            out.i32(lastWriteTime); // LastWriteTime
            out.i32((int) Math.min(metadata.endOfFile(), 0xFFFF_FFFFL)); // FileDataSize
            out.u16(accessMode); // AccessRights
            out.u16(resource.type); // ResourceType
            out.u16(resource.status & (resource == Resource.DISK ? 0 : 0xFFFF)); // NMPipeStatus
            out.u16(action); // OpenResults
            out.i32(0); // ServerFID
        }
    }

    /** MS-CIFS 2.2.4.3.2 SMB_COM_OPEN Response. */
    record Open(int fid, FileMetadata metadata, int lastWriteTime, int accessMode) implements Smb1OpenResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(fid); // FID
            out.u16(metadata.attributes() & DOS_ATTRIBUTES); // FileAttrs
            out.i32(lastWriteTime); // LastModified
            out.i32((int) Math.min(metadata.endOfFile(), 0xFFFF_FFFFL)); // FileSize
            out.u16(accessMode); // AccessMode
        }
    }

    /**
     * MS-CIFS 2.2.4.4.2 SMB_COM_CREATE Response and its relatives.
     *
     * @param name null, or that of a temporary file
     */
    record Create(int fid, String name) implements Smb1OpenResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(fid); // FID
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            if (name != null) {
                out.u8(0x04); // BufferFormat
                text.asOem().write(out, name); // TemporaryFileName
            }
        }
    }
}
