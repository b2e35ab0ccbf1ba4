package org.smbd.protocol.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** The body of a response that carries an error. MS-SMB2 2.2.2 SMB2 ERROR Response. */
public sealed interface ErrorBody {
    int STRUCTURE_SIZE = 9;

    /** Appends the bytes of ErrorData, without context. */
    void encodeData(WireWriter out);

    /** Appends the body as a dialect forms it; the writer stands behind the header. */
    default void encode(Dialect dialect, WireWriter out) {
        boolean hasContext = dialect.isAtLeast(Dialect.SMB_3_1_1) && !(this instanceof Empty);
        out.u16(STRUCTURE_SIZE);
        out.u8(hasContext ? 1 : 0); // ErrorContextCount
        out.u8(0); // Reserved
        int byteCount = out.position();
        out.i32(0); // ByteCount
        int errorData = out.position();
        if (hasContext) { // 2.2.2.1 SMB2 ERROR Context Response
            out.i32(0); // ErrorDataLength
            out.i32(0); // ErrorId: SMB2_ERROR_ID_DEFAULT
            encodeData(out);
            out.patchI32(errorData, out.position() - errorData - 8);
        } else {
            encodeData(out);
        }
        out.patchI32(byteCount, out.position() - errorData);
        if (this instanceof Empty) {
            out.u8(0); // StructureSize counts one byte of ErrorData
        }
    }

    /** Reads the body of a response with a status; what the status does not describe is taken as empty. */
    static ErrorBody decode(NtStatus status, WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int contextCount = in.u8();
        in.skip(1); // Reserved
        long byteCount = in.u32();
        WireReader data = in.subReader(byteCount);
        if (contextCount > 0) {
            long errorDataLength = data.u32();
            data.skip(4); // ErrorId
            data = data.subReader(errorDataLength);
        }
        return switch (status) {
            case STOPPED_ON_SYMLINK -> SymbolicLink.decode(data);
            case BUFFER_TOO_SMALL -> new BufferTooSmall(data.i32());
            default -> Empty.INSTANCE;
        };
    }

    /** Nothing beyond the status: nine bytes. */
    record Empty() implements ErrorBody {
        public static final Empty INSTANCE = new Empty();

        @Override
        public void encodeData(WireWriter out) {
            out.zeros(0);
        }
    }

    /**
     * With BUFFER_TOO_SMALL. MS-SMB2 2.2.2.2 ErrorData format.
     *
     * @param minimumBytes the buffer that would do
     */
    record BufferTooSmall(int minimumBytes) implements ErrorBody {
        @Override
        public void encodeData(WireWriter out) {
            out.i32(minimumBytes);
        }
    }

    /**
     * With STOPPED_ON_SYMLINK. MS-SMB2 2.2.2.2.1 Symbolic Link Error Response.
     *
     * @param unparsedPathBytes of the requested name, at its end, behind the link
     * @param flags {@link #FLAG_RELATIVE} or 0
     */
    record SymbolicLink(int unparsedPathBytes, String substituteName, String printName, int flags)
            implements ErrorBody {
        /** The substitute name is relative to the directory of the link. */
        public static final int FLAG_RELATIVE = 0x00000001;

        private static final int SYMLINK_ERROR_TAG = 0x4C4D5953;
        private static final int IO_REPARSE_TAG_SYMLINK = 0xA000000C;
        private static final int NAME_FIELDS_BYTES = 12;

        static SymbolicLink decode(WireReader in) {
            in.skip(4); // SymLinkLength
            if (in.i32() != SYMLINK_ERROR_TAG || in.i32() != IO_REPARSE_TAG_SYMLINK) {
                throw MalformedMessage.invalidParameter();
            }
            in.skip(2); // ReparseDataLength
            int unparsedPathBytes = in.u16();
            int substituteNameOffset = in.u16();
            int substituteNameLength = in.u16();
            int printNameOffset = in.u16();
            int printNameLength = in.u16();
            int flags = in.i32();
            WireReader pathBuffer = in.subReader(in.remaining());
            return new SymbolicLink(
                    unparsedPathBytes,
                    pathBuffer
                            .region(substituteNameOffset, substituteNameLength)
                            .utf16(substituteNameLength),
                    pathBuffer.region(printNameOffset, printNameLength).utf16(printNameLength),
                    flags);
        }

        @Override
        public void encodeData(WireWriter out) {
            int substituteNameBytes = 2 * substituteName.length();
            int printNameBytes = 2 * printName.length();
            int reparseDataBytes = NAME_FIELDS_BYTES + substituteNameBytes + printNameBytes;
            out.i32(12 + reparseDataBytes); // SymLinkLength
            out.i32(SYMLINK_ERROR_TAG);
            out.i32(IO_REPARSE_TAG_SYMLINK);
            out.u16(reparseDataBytes);
            out.u16(unparsedPathBytes);
            out.u16(0); // SubstituteNameOffset
            out.u16(substituteNameBytes);
            out.u16(substituteNameBytes); // PrintNameOffset
            out.u16(printNameBytes);
            out.i32(flags);
            out.utf16(substituteName);
            out.utf16(printName);
        }
    }
}
