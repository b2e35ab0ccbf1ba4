package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireWriter;

/** Responses to requests that read, write and ask for positions. */
public sealed interface Smb1DataResponse extends Smb1Response {
    /**
     * MS-CIFS 2.2.4.42.2 SMB_COM_READ_ANDX Response, MS-SMB 2.2.4.2.2 Server Response Extensions.
     *
     * @param data borrowed
     */
    record ReadAndx(ByteBuf data) implements Smb1DataResponse {
        /** Words, those of the chain included, ByteCount and padding in front of the data. */
        private static final int DATA_OFFSET_FROM_WORDS = 24 + 2 + 1;

        @Override
        public void words(WireWriter out) {
            int count = data.readableBytes();
            int dataOffset = out.position() - 4 + DATA_OFFSET_FROM_WORDS;
            out.u16(0xFFFF); // Available
            out.u16(0); // DataCompactionMode
            out.u16(0); // Reserved1
            out.u16(count & 0xFFFF); // DataLength
            out.u16(dataOffset); // DataOffset
            out.u16(count >>> 16); // DataLengthHigh
            out.zeros(8); // Reserved2
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            out.u8(0); // Pad
            out.bytes(data);
        }
    }

    /** MS-CIFS 2.2.4.11.2 SMB_COM_READ Response. */
    record Read(ByteBuf data) implements Smb1DataResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(data.readableBytes()); // CountOfBytesReturned
            out.zeros(8); // Reserved
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            out.u8(Smb1DataRequest.BUFFER_FORMAT_DATA); // BufferFormat
            out.u16(data.readableBytes()); // CountOfBytesRead
            out.bytes(data);
        }
    }

    /** MS-CIFS 2.2.4.43.2 SMB_COM_WRITE_ANDX Response. */
    record WriteAndx(int count) implements Smb1DataResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(count & 0xFFFF); // Count
            out.u16(0xFFFF); // Available
            out.u16(count >>> 16); // CountHigh
            out.u16(0); // Reserved
        }
    }

    /** MS-CIFS 2.2.4.12.2 SMB_COM_WRITE Response and its relatives: a count. */
    record Count(int count) implements Smb1DataResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(count);
        }
    }

    /** MS-CIFS 2.2.4.19.2 SMB_COM_SEEK Response: bytes from the start of the file. */
    record Seek(int offset) implements Smb1DataResponse {
        @Override
        public void words(WireWriter out) {
            out.i32(offset); // Offset
        }
    }
}
