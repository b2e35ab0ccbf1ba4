package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * One context of a NEGOTIATE of 3.1.1. MS-SMB2 2.2.3.1 SMB2 NEGOTIATE_CONTEXT Request Values, 2.2.4.1 SMB2
 * NEGOTIATE_CONTEXT Response Values.
 *
 * <p>Compression, transport and RDMA capabilities are {@link Unknown}: a server without these features must ignore
 * them, even malformed ones. MS-SMB2 3.3.5.4 Receiving an SMB2 NEGOTIATE Request.
 */
public sealed interface NegotiateContext {
    /** ContextType on the wire. */
    int contextType();

    /** Appends the bytes of Data. */
    void encodeData(WireWriter out);

    /** Reads the Data of a context type; the reader is bounded by DataLength. */
    static NegotiateContext decode(int contextType, WireReader data) {
        return switch (contextType) {
            case PreauthIntegrity.TYPE -> PreauthIntegrity.decode(data);
            case Encryption.TYPE -> new Encryption(decodeIds(data, data.u16()));
            case NetName.TYPE -> new NetName(data.utf16(data.remaining() & ~1));
            case Signing.TYPE -> new Signing(decodeIds(data, data.u16()));
            case PosixExtensions.TYPE -> new PosixExtensions(data.rest());
            default -> new Unknown(contextType, data.rest());
        };
    }

    /**
     * MS-SMB2 2.2.3.1.1 SMB2_PREAUTH_INTEGRITY_CAPABILITIES.
     *
     * @param salt borrowed
     */
    record PreauthIntegrity(List<Integer> hashAlgorithms, ByteBuf salt) implements NegotiateContext {
        static final int TYPE = 0x0001;
        /** Hash algorithm. */
        public static final int SHA_512 = 0x0001;

        public PreauthIntegrity {
            hashAlgorithms = List.copyOf(hashAlgorithms);
        }

        static PreauthIntegrity decode(WireReader in) {
            int count = in.u16();
            int saltLength = in.u16();
            return new PreauthIntegrity(decodeIds(in, count), in.slice(saltLength));
        }

        @Override
        public int contextType() {
            return TYPE;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.u16(hashAlgorithms.size());
            out.u16(salt.readableBytes());
            hashAlgorithms.forEach(out::u16);
            out.bytes(salt);
        }
    }

    /** MS-SMB2 2.2.3.1.2 SMB2_ENCRYPTION_CAPABILITIES: cipher ids, most preferred first. */
    record Encryption(List<Integer> ciphers) implements NegotiateContext {
        static final int TYPE = 0x0002;

        public Encryption {
            ciphers = List.copyOf(ciphers);
        }

        @Override
        public int contextType() {
            return TYPE;
        }

        @Override
        public void encodeData(WireWriter out) {
            encodeIds(ciphers, out);
        }
    }

    /** MS-SMB2 2.2.3.1.4 SMB2_NETNAME_NEGOTIATE_CONTEXT_ID: the server as the client's user named it. */
    record NetName(String netName) implements NegotiateContext {
        static final int TYPE = 0x0005;

        @Override
        public int contextType() {
            return TYPE;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.utf16(netName);
        }
    }

    /** MS-SMB2 2.2.3.1.7 SMB2_SIGNING_CAPABILITIES: algorithm ids, most preferred first. */
    record Signing(List<Integer> signingAlgorithms) implements NegotiateContext {
        static final int TYPE = 0x0008;

        public Signing {
            signingAlgorithms = List.copyOf(signingAlgorithms);
        }

        @Override
        public int contextType() {
            return TYPE;
        }

        @Override
        public void encodeData(WireWriter out) {
            encodeIds(signingAlgorithms, out);
        }
    }

    /**
     * SMB2_POSIX_EXTENSIONS_AVAILABLE, of no Microsoft document: the names of the versions that a side knows, 16 octets
     * each; borrowed.
     */
    record PosixExtensions(ByteBuf versions) implements NegotiateContext {
        static final int TYPE = 0x0100;

        /** Of the one version that there is. */
        public static PosixExtensions ofServer() {
            return new PosixExtensions(
                    Unpooled.wrappedBuffer(CreateContext.Posix.NAME.getBytes(StandardCharsets.ISO_8859_1)));
        }

        /** Whether the version that this server knows is among them. */
        public boolean hasVersion() {
            String all = versions.toString(StandardCharsets.ISO_8859_1);
            int length = CreateContext.Posix.NAME.length();
            for (int at = 0; at + length <= all.length(); at += length) {
                if (all.startsWith(CreateContext.Posix.NAME, at)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int contextType() {
            return TYPE;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.bytes(versions);
        }
    }

    /** A context that this server ignores; the data is borrowed. */
    record Unknown(int contextType, ByteBuf data) implements NegotiateContext {
        @Override
        public void encodeData(WireWriter out) {
            out.bytes(data);
        }
    }

    private static List<Integer> decodeIds(WireReader in, int count) {
        if (count == 0 || 2 * count > in.remaining()) {
            throw MalformedMessage.invalidParameter();
        }
        List<Integer> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(in.u16());
        }
        return ids;
    }

    private static void encodeIds(List<Integer> ids, WireWriter out) {
        out.u16(ids.size());
        ids.forEach(out::u16);
    }
}
