package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.smbd.auth.account.NtHash;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1NegotiateRequest;
import org.smbd.protocol.smb1.Smb1Signature;
import org.smbd.protocol.smb1.Smb1Text;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** One connection of an SMB1 client, frame by frame. One thread; buffers are left to the garbage collector. */
final class RawSmb1 implements AutoCloseable {
    static final int UNICODE_NT_LONG = 0xC001;
    static final int SIGNED = 0x0004;

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private Smb1Signature signature;
    private int sequence;
    private byte[] challenge = new byte[0];
    private byte[] sessionKey = new byte[0];

    int flags2 = UNICODE_NT_LONG;
    int tid;
    int uid;
    int pid = 0xFEFF;
    int mid = 1;

    RawSmb1(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** One answer. */
    record Answer(Smb1Header header, ByteBuf message) {
        NtStatus status() {
            return NtStatus.of(header.status()).orElseThrow();
        }

        Answer expect(NtStatus status) {
            assertEquals(status, status());
            return this;
        }

        /** The words of the first block. */
        WireReader words() {
            WireReader reader = new WireReader(message);
            reader.seek(Smb1Header.SIZE_BYTES + 1);
            return reader;
        }

        int wordCount() {
            return message.getUnsignedByte(Smb1Header.SIZE_BYTES);
        }

        /** The bytes of the first block, with their count in front. */
        WireReader bytes() {
            WireReader reader = words();
            reader.skip(2 * wordCount());
            return reader;
        }

        /** A block of a chain: where the one before it says. */
        int nextOffset(int blockOffset) {
            return message.getUnsignedShortLE(blockOffset + 3);
        }
    }

    /** NT LM 0.12 without extended security; keeps the challenge. */
    Answer negotiate() throws IOException {
        Answer answer = negotiate("PC NETWORK PROGRAM 1.0", "NT LM 0.12");
        WireReader bytes = answer.expect(NtStatus.SUCCESS).bytes();
        bytes.skip(2);
        challenge = bytes.bytes(8);
        return answer;
    }

    Answer negotiate(String... dialects) throws IOException {
        ByteBuf message = Unpooled.buffer();
        new Smb1NegotiateRequest(header(Smb1Command.NEGOTIATE), List.of(dialects)).encode(new WireWriter(message));
        send(message);
        return receive();
    }

    Smb1Header header(Smb1Command command) {
        return new Smb1Header(command.code(), 0, 0x18, flags2, pid, tid, uid, mid);
    }

    Smb1Text text() {
        return new Smb1Text((flags2 & 0x8000) != 0, Charset.forName("IBM850"));
    }

    /** A message of one block. */
    ByteBuf build(Smb1Command command, Consumer<WireWriter> words, Consumer<WireWriter> bytes) {
        ByteBuf message = Unpooled.buffer();
        WireWriter out = new WireWriter(message);
        header(command).encode(out);
        block(out, words, bytes);
        return message;
    }

    /** Appends a block. */
    static void block(WireWriter out, Consumer<WireWriter> words, Consumer<WireWriter> bytes) {
        int start = out.position();
        out.u8(0);
        words.accept(out);
        int behind = out.position();
        out.patchU8(start, (behind - start - 1) / 2);
        out.u16(0);
        bytes.accept(out);
        out.patchU16(behind, out.position() - behind - 2);
    }

    /** Sends a message of one block, and takes its answer. */
    Answer call(Smb1Command command, Consumer<WireWriter> words, Consumer<WireWriter> bytes) throws IOException {
        return call(build(command, words, bytes));
    }

    Answer call(ByteBuf message) throws IOException {
        int number = sendSigned(message);
        Answer answer = receive();
        if (signature != null) {
            assertTrue(
                    signature.verify(answer.message(), 0, answer.message().readableBytes(), number + 1), "signature");
        }
        return answer;
    }

    /** Sends a message, signed where messages are signed; the number it went under. */
    int sendSigned(ByteBuf message) throws IOException {
        int number = sequence;
        if (signature != null) {
            signature.sign(message, 0, message.readableBytes(), number);
            sequence += 2;
        }
        send(message);
        return number;
    }

    /** The one-step log-in of NTLMv2; keeps the UID. */
    Answer logIn(String user, String password) throws IOException {
        byte[] response = ntlmV2(user, password);
        Answer answer = call(setup(user, new byte[0], response));
        uid = answer.header().uid();
        if ((flags2 & SIGNED) != 0 && answer.status() == NtStatus.SUCCESS) {
            signature = new Smb1Signature(sessionKey, response);
            sequence = 2;
            assertTrue(signature.verify(answer.message(), 0, answer.message().readableBytes(), 1));
        }
        return answer;
    }

    /** SESSION_SETUP_ANDX of 13 words. */
    ByteBuf setup(String user, byte[] oem, byte[] unicode) {
        return build(
                Smb1Command.SESSION_SETUP_ANDX,
                out -> setupWords(out, oem, unicode),
                out -> setupBytes(out, user, oem, unicode));
    }

    void setupWords(WireWriter out, byte[] oem, byte[] unicode) {
        andx(out);
        out.u16(0x4104);
        out.u16(50);
        out.u16(1);
        out.i32(0);
        out.u16(oem.length);
        out.u16(unicode.length);
        out.i32(0);
        out.i32(0xC0D4); // large reads and writes, status32, NT SMBs, Unicode
    }

    void setupBytes(WireWriter out, String user, byte[] oem, byte[] unicode) {
        out.bytes(oem);
        out.bytes(unicode);
        text().write(out, user);
        text().write(out, "");
        text().write(out, "Unix");
        text().write(out, "test");
    }

    static void andx(WireWriter out) {
        out.u8(0xFF);
        out.u8(0);
        out.u16(0);
    }

    /** The response to the challenge; keeps the key. */
    byte[] ntlmV2(String user, String password) {
        byte[] blob = new byte[32];
        blob[0] = 1;
        blob[1] = 1;
        Arrays.fill(blob, 16, 24, (byte) 0x5A);
        byte[] key =
                hmac(NtHash.ofPassword(password), user.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE));
        byte[] proof = hmac(key, challenge, blob);
        sessionKey = hmac(key, proof);
        byte[] response = Arrays.copyOf(proof, proof.length + blob.length);
        System.arraycopy(blob, 0, response, proof.length, blob.length);
        return response;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TREE_CONNECT_ANDX; keeps the TID. */
    Answer connect(String share) throws IOException {
        Answer answer = call(Smb1Command.TREE_CONNECT_ANDX, RawSmb1::connectWords, out -> connectBytes(out, share));
        tid = answer.header().tid();
        return answer;
    }

    static void connectWords(WireWriter out) {
        andx(out);
        out.u16(0);
        out.u16(1);
    }

    void connectBytes(WireWriter out, String share) {
        out.u8(0);
        text().write(out, "\\\\server\\" + share);
        text().asOem().write(out, "?????");
    }

    /** NT_CREATE_ANDX, open-or-create, with all access and sharing; the FID. */
    int open(String path) throws IOException {
        return open(path, 0x1F01FF, 7).expect(NtStatus.SUCCESS).message().getUnsignedShortLE(Smb1Header.SIZE_BYTES + 6);
    }

    Answer open(String path, int access, int sharing) throws IOException {
        return open(path, access, sharing, 0);
    }

    /** @param flags of the request: which oplock, ... */
    Answer open(String path, int access, int sharing, int flags) throws IOException {
        return call(
                Smb1Command.NT_CREATE_ANDX,
                out -> {
                    andx(out);
                    out.u8(0);
                    out.u16(2 * path.length());
                    out.i32(flags);
                    out.i32(0);
                    out.i32(access);
                    out.i64(0);
                    out.i32(0x80);
                    out.i32(sharing);
                    out.i32(3);
                    out.i32(0);
                    out.i32(2);
                    out.u8(0);
                },
                out -> text().write(out, path));
    }

    Answer write(int fid, long offset, byte[] data) throws IOException {
        return call(
                Smb1Command.WRITE_ANDX,
                out -> {
                    andx(out);
                    out.u16(fid);
                    out.i32((int) offset);
                    out.zeros(10);
                    out.u16(data.length);
                    out.u16(Smb1Header.SIZE_BYTES + 1 + 28 + 2 + 1);
                    out.i32((int) (offset >>> 32));
                },
                out -> {
                    out.u8(0);
                    out.bytes(data);
                });
    }

    Answer read(int fid, long offset, int count) throws IOException {
        return call(
                Smb1Command.READ_ANDX,
                out -> {
                    andx(out);
                    out.u16(fid);
                    out.i32((int) offset);
                    out.u16(count);
                    out.u16(0);
                    out.zeros(6);
                    out.i32((int) (offset >>> 32));
                },
                out -> {});
    }

    Answer close(int fid) throws IOException {
        return call(
                Smb1Command.CLOSE,
                out -> {
                    out.u16(fid);
                    out.i32(0);
                },
                out -> {});
    }

    /** LOCKING_ANDX of one range. */
    ByteBuf lock(int fid, int type, int timeoutMillis, boolean unlock, int offset, int length) {
        return build(
                Smb1Command.LOCKING_ANDX,
                out -> {
                    andx(out);
                    out.u16(fid);
                    out.u8(type);
                    out.u8(0);
                    out.i32(timeoutMillis);
                    out.u16(unlock ? 1 : 0);
                    out.u16(unlock ? 0 : 1);
                },
                out -> {
                    out.u16(pid);
                    out.i32(offset);
                    out.i32(length);
                });
    }

    void send(ByteBuf message) throws IOException {
        ByteBuf frame = Unpooled.buffer(4 + message.readableBytes());
        frame.writeInt(message.readableBytes()).writeBytes(message, message.readerIndex(), message.readableBytes());
        socket.getOutputStream().write(ByteBufUtil.getBytes(frame));
    }

    Answer receive() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        ByteBuf message = Unpooled.wrappedBuffer(bytes);
        return new Answer(Smb1Header.decode(new WireReader(message)), message);
    }

    void assertClosed() throws IOException {
        try {
            while (in.read() >= 0) {
                in.skipBytes(in.available());
            }
        } catch (EOFException | SocketException reset) {
            return; // what the server had not read resets the connection
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
