package org.smbd.auth.mechanism;

/** A way to authenticate that SPNEGO can choose. */
public interface Mechanism {
    /** Its name in a mechanism list. */
    Oid oid();

    /** Starts an exchange. */
    MechanismExchange begin();
}
