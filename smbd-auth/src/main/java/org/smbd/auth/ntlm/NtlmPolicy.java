package org.smbd.auth.ntlm;

import org.smbd.auth.account.MapToGuest;

/**
 * What logins are allowed.
 *
 * @param ntlmV1Permitted {@code ntlm auth = ntlmv1-permitted}; LM responses never count
 * @param anonymousPermitted whether a null session may begin
 * @param mapToGuest which failures become guests
 */
public record NtlmPolicy(boolean ntlmV1Permitted, boolean anonymousPermitted, MapToGuest mapToGuest) {}
