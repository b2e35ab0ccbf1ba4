package org.smbd.auth.ntlm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Facts about the server that both sides mix into their proof. MS-NLMP 2.2.2.1 AV_PAIR.
 *
 * @param pairs value by AvId, in wire order, without MsvAvEOL
 */
record AvPairs(Map<Integer, byte[]> pairs) {
    static final int EOL = 0x0000;
    static final int NB_COMPUTER_NAME = 0x0001;
    static final int NB_DOMAIN_NAME = 0x0002;
    static final int DNS_COMPUTER_NAME = 0x0003;
    static final int DNS_DOMAIN_NAME = 0x0004;
    static final int FLAGS = 0x0006;
    static final int TIMESTAMP = 0x0007;
    static final int CHANNEL_BINDINGS = 0x000A;

    /** The bit of MsvAvFlags that says: the MIC field is filled in. */
    static final int FLAG_MIC = 0x00000002;

    /** The pairs of a challenge. */
    static AvPairs ofServer(ServerNames names, long timestamp) {
        Map<Integer, byte[]> pairs = new LinkedHashMap<>();
        pairs.put(NB_DOMAIN_NAME, text(names.netbiosDomain()));
        pairs.put(NB_COMPUTER_NAME, text(names.netbiosComputer()));
        pairs.put(DNS_DOMAIN_NAME, text(names.dnsDomain()));
        pairs.put(DNS_COMPUTER_NAME, text(names.dnsComputer()));
        pairs.put(
                TIMESTAMP,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(timestamp)
                        .array());
        return new AvPairs(pairs);
    }

    /** Reads pairs up to MsvAvEOL; what follows it is padding. */
    static AvPairs decode(ByteBuffer in) throws MalformedNtlm {
        Map<Integer, byte[]> pairs = new LinkedHashMap<>();
        try {
            while (true) {
                int id = Short.toUnsignedInt(in.getShort());
                int length = Short.toUnsignedInt(in.getShort());
                if (id == EOL) {
                    return new AvPairs(pairs);
                }
                if (length > in.remaining()) {
                    throw new MalformedNtlm("an AV_PAIR ends beyond its list");
                }
                byte[] value = new byte[length];
                in.get(value);
                pairs.putIfAbsent(id, value);
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedNtlm("a list of AV_PAIRs has no end");
        }
    }

    byte[] encode() {
        int size = 2 * Short.BYTES;
        for (byte[] value : pairs.values()) {
            size += 2 * Short.BYTES + value.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        pairs.forEach((id, value) ->
                out.putShort(id.shortValue()).putShort((short) value.length).put(value));
        return out.putInt(EOL).array();
    }

    Optional<byte[]> value(int id) {
        return Optional.ofNullable(pairs.get(id));
    }

    Optional<String> text(int id) {
        return value(id).map(bytes -> new String(bytes, StandardCharsets.UTF_16LE));
    }

    /** Whether the client says that it filled in the MIC field. */
    boolean hasMic() {
        return value(FLAGS)
                .filter(bytes -> bytes.length == Integer.BYTES)
                .map(bytes -> (bytes[0] & FLAG_MIC) != 0)
                .orElse(false);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_16LE);
    }
}
