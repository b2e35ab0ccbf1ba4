package org.smbd.auth.spnego;

/** A security token that is not what it should be; it has no stack trace, for clients send such tokens at will. */
public final class MalformedToken extends Exception {
    public MalformedToken(String what) {
        super(what, null, false, false);
    }
}
