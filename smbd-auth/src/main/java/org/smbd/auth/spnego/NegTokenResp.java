package org.smbd.auth.spnego;

import java.util.Optional;
import org.smbd.auth.mechanism.Oid;

/**
 * Every token but the first. RFC 4178 4.2.2 negTokenResp.
 *
 * @param negState where the negotiation stands
 * @param supportedMech the mechanism chosen; only in the acceptor's first token
 * @param responseToken a token of the mechanism
 * @param mechListMic protects the mechanism list; only in the last tokens
 */
record NegTokenResp(
        Optional<State> negState,
        Optional<Oid> supportedMech,
        Optional<byte[]> responseToken,
        Optional<byte[]> mechListMic) {
    /** RFC 4178 4.2: [1] NegTokenResp of NegotiationToken. */
    private static final int CHOICE_RESP = 0xA1;

    private static final int NEG_STATE = 0xA0;
    private static final int SUPPORTED_MECH = 0xA1;
    private static final int RESPONSE_TOKEN = 0xA2;
    private static final int MECH_LIST_MIC = 0xA3;

    /** The ordinal is the wire value. */
    enum State {
        ACCEPT_COMPLETED,
        ACCEPT_INCOMPLETE,
        REJECT,
        REQUEST_MIC
    }

    static NegTokenResp decode(byte[] token, int depthMax) throws MalformedToken {
        DerReader fields = new DerReader(token, depthMax).enter(CHOICE_RESP).enter(DerReader.SEQUENCE);
        Optional<State> state = Optional.empty();
        if (fields.peekTag() == NEG_STATE) {
            state = Optional.of(decodeState(fields.enter(NEG_STATE).value(DerReader.ENUMERATED)));
        }
        Optional<Oid> mechanism = Optional.empty();
        if (fields.peekTag() == SUPPORTED_MECH) {
            mechanism = Optional.of(new Oid(fields.enter(SUPPORTED_MECH).value(DerReader.OBJECT_IDENTIFIER)));
        }
        Optional<byte[]> responseToken = NegTokenInit.optionalOctets(fields, RESPONSE_TOKEN);
        Optional<byte[]> mic = NegTokenInit.optionalOctets(fields, MECH_LIST_MIC);
        return new NegTokenResp(state, mechanism, responseToken, mic);
    }

    private static State decodeState(byte[] value) throws MalformedToken {
        State[] states = State.values();
        if (value.length != 1 || value[0] < 0 || value[0] >= states.length) {
            throw new MalformedToken("unknown negState");
        }
        return states[value[0]];
    }

    byte[] encode() {
        DerWriter fields = new DerWriter();
        negState.ifPresent(state ->
                fields.add(NEG_STATE, DerWriter.value(DerReader.ENUMERATED, new byte[] {(byte) state.ordinal()})));
        supportedMech.ifPresent(
                mechanism -> fields.add(SUPPORTED_MECH, DerWriter.value(DerReader.OBJECT_IDENTIFIER, mechanism.der())));
        responseToken.ifPresent(octets -> fields.add(RESPONSE_TOKEN, DerWriter.value(DerReader.OCTET_STRING, octets)));
        mechListMic.ifPresent(mic -> fields.add(MECH_LIST_MIC, DerWriter.value(DerReader.OCTET_STRING, mic)));
        return DerWriter.value(CHOICE_RESP, DerWriter.value(DerReader.SEQUENCE, fields.bytes()));
    }
}
