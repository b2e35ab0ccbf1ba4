package org.smbd.protocol.fsctl;

import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.32.3 SRV_REQUEST_RESUME_KEY Response: opaque to clients. Here it is the FileId and eight zeros.
 *
 * @param fileId of the open that it stands for
 */
public record ResumeKey(FileId fileId) {
    /** Of the key alone. */
    public static final int KEY_BYTES = 24;

    /** Of the whole answer: key, ContextLength and four bytes of Context, as Windows sends. */
    public static final int OUTPUT_BYTES = 32;

    /** Reads a key; one that is not ours names no open that exists. */
    public static ResumeKey decodeKey(WireReader in) {
        FileId fileId = FileId.decode(in);
        return new ResumeKey(in.i64() == 0 ? fileId : FileId.NONE);
    }

    public void encodeKey(WireWriter out) {
        fileId.encode(out);
        out.i64(0);
    }

    /** Appends the whole answer. */
    public void encode(WireWriter out) {
        encodeKey(out); // ResumeKey
        out.i32(0); // ContextLength
        out.i32(0); // Context
    }
}
