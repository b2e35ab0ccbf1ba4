package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FullEaEntry;
import org.smbd.protocol.wire.WireReader;

/** Extended attributes on the wire and in the file service: names are UTF-8 here, as Linux clients send them. */
public final class EaEntries {
    private EaEntries() {}

    /** A list that a client sends; INVALID_EA_NAME, EA_LIST_INCONSISTENT. */
    static List<ExtendedAttribute> decode(ByteBuf data) {
        return of(FullEaEntry.decodeList(new WireReader(data)));
    }

    /** The attributes of a decoded list; INVALID_EA_NAME. */
    public static List<ExtendedAttribute> of(List<FullEaEntry> entries) {
        return entries.stream()
                .map(entry -> new ExtendedAttribute(entry.flags(), text(entry.name()), entry.value()))
                .toList();
    }

    static FullEaEntry entry(ExtendedAttribute attribute) {
        String name = new String(attribute.name().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return new FullEaEntry(attribute.flags(), name, attribute.value());
    }

    /** The text of a name whose bytes are held as Latin-1. */
    static String text(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw NtStatus.INVALID_EA_NAME.exception();
        }
    }
}
