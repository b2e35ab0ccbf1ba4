package org.smbd.auth.ntlm;

/** An NTLM message that is not what it should be; it has no stack trace, for clients send such messages at will. */
final class MalformedNtlm extends Exception {
    MalformedNtlm(String what) {
        super(what, null, false, false);
    }
}
