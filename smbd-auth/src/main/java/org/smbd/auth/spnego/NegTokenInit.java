package org.smbd.auth.spnego;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.auth.mechanism.Oid;

/**
 * The first token. RFC 4178 4.2.1 negTokenInit; the server's hint is MS-SPNG 2.2.1 NegTokenInit2.
 *
 * @param mechTypes what the client can do, its favourite first
 * @param mechTypesDer the list as it was encoded: what a mechListMIC covers
 * @param mechToken a first token for the favourite
 * @param mechListMic absent in practice: nothing can be protected yet
 */
record NegTokenInit(
        List<Oid> mechTypes, byte[] mechTypesDer, Optional<byte[]> mechToken, Optional<byte[]> mechListMic) {
    /** RFC 2743 3.1: [APPLICATION 0] around the first token. */
    private static final int INITIAL_CONTEXT_TOKEN = 0x60;
    /** RFC 4178 4.2: [0] NegTokenInit of NegotiationToken. */
    private static final int CHOICE_INIT = 0xA0;

    private static final int MECH_TYPES = 0xA0;
    private static final int REQ_FLAGS = 0xA1;
    private static final int MECH_TOKEN = 0xA2;
    private static final int MECH_LIST_MIC = 0xA3;
    /** MS-SPNG 2.2.1: [3] negHints, which moves the MIC to [4]. */
    private static final int NEG_HINTS = 0xA3;

    private static final int HINT_NAME = 0xA0;
    private static final int GENERAL_STRING = 0x1B;
    /** What Windows puts there since it has no hint to give; clients ignore it. */
    private static final String NO_HINT = "not_defined_in_RFC4178@please_ignore";
    /** More than any client has; a list is walked for each mechanism of ours. */
    private static final int MECHANISMS_MAX = 64;

    /** Whether a token starts as an initial token does. */
    static boolean looksLikeOne(byte[] token) {
        return token.length > 0 && (token[0] & 0xFF) == INITIAL_CONTEXT_TOKEN;
    }

    static NegTokenInit decode(byte[] token, int depthMax) throws MalformedToken {
        DerReader outer = new DerReader(token, depthMax).enter(INITIAL_CONTEXT_TOKEN);
        Oid framed = new Oid(outer.value(DerReader.OBJECT_IDENTIFIER));
        if (!framed.equals(Oid.SPNEGO)) {
            throw new MalformedToken("an initial token of " + framed + ", not SPNEGO");
        }
        DerReader fields = outer.enter(CHOICE_INIT).enter(DerReader.SEQUENCE);
        byte[] mechTypesDer = fields.enter(MECH_TYPES).whole();
        List<Oid> mechTypes = decodeMechTypes(mechTypesDer, depthMax);
        if (fields.peekTag() == REQ_FLAGS) {
            fields.skip();
        }
        Optional<byte[]> mechToken = optionalOctets(fields, MECH_TOKEN);
        Optional<byte[]> mechListMic = optionalOctets(fields, MECH_LIST_MIC);
        return new NegTokenInit(mechTypes, mechTypesDer, mechToken, mechListMic);
    }

    private static List<Oid> decodeMechTypes(byte[] der, int depthMax) throws MalformedToken {
        DerReader list = new DerReader(der, depthMax).enter(DerReader.SEQUENCE);
        List<Oid> mechTypes = new ArrayList<>();
        while (list.hasMore()) {
            if (mechTypes.size() == MECHANISMS_MAX) {
                throw new MalformedToken("more than " + MECHANISMS_MAX + " mechanisms");
            }
            mechTypes.add(new Oid(list.value(DerReader.OBJECT_IDENTIFIER)));
        }
        return List.copyOf(mechTypes);
    }

    /** An octet string in a context tag, if it comes next. */
    static Optional<byte[]> optionalOctets(DerReader fields, int tag) throws MalformedToken {
        return fields.peekTag() == tag
                ? Optional.of(fields.enter(tag).value(DerReader.OCTET_STRING))
                : Optional.empty();
    }

    /** The server's offer for the NEGOTIATE response. MS-SPNG 3.2.5.2 NegTokenInit2. */
    static byte[] encodeOffer(List<Oid> mechTypes) {
        DerWriter list = new DerWriter();
        for (Oid mechType : mechTypes) {
            list.add(DerReader.OBJECT_IDENTIFIER, mechType.der());
        }
        byte[] hint = DerWriter.value(
                HINT_NAME, DerWriter.value(GENERAL_STRING, NO_HINT.getBytes(StandardCharsets.US_ASCII)));
        byte[] fields = new DerWriter()
                .add(MECH_TYPES, DerWriter.value(DerReader.SEQUENCE, list.bytes()))
                .add(NEG_HINTS, DerWriter.value(DerReader.SEQUENCE, hint))
                .bytes();
        byte[] framed = new DerWriter()
                .add(DerReader.OBJECT_IDENTIFIER, Oid.SPNEGO.der())
                .add(CHOICE_INIT, DerWriter.value(DerReader.SEQUENCE, fields))
                .bytes();
        return DerWriter.value(INITIAL_CONTEXT_TOKEN, framed);
    }
}
