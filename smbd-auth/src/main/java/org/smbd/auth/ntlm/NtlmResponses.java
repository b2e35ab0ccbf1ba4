package org.smbd.auth.ntlm;

/**
 * A log-in of one step, for protocols that carry responses without the messages of NTLM: MS-CIFS 2.2.4.53.1.
 *
 * @param user account name
 * @param domain as the client wrote it: it is part of an NTLMv2 response
 * @param lmResponse LM or LMv2 response; may be empty
 * @param ntResponse NTLM or NTLMv2 response; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record NtlmResponses(String user, String domain, byte[] lmResponse, byte[] ntResponse) {}
