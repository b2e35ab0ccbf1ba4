package org.smbd.protocol.rpc.samr;

import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.account.AccountEntry;
import org.smbd.protocol.rpc.account.AliasEntry;

/** What a handle of this service stands for. MS-SAMR 3.1.1 Abstract Data Model. */
sealed interface SamObject {
    /** The server. */
    record Server() implements SamObject {}

    /**
     * A domain.
     *
     * @param builtin whether it is BUILTIN, else it is the one of the accounts
     */
    record Domain(boolean builtin) implements SamObject {}

    /** A user. */
    record User(AccountEntry account) implements SamObject {}

    /** The one group of the account domain. */
    record Group() implements SamObject {}

    /** A local group. */
    record Alias(AliasEntry alias) implements SamObject {}

    /** Gives out a handle that says what kind of object it stands for. */
    static ContextHandle open(SamObject object, HandleTable handles) {
        int kind = 0;
        if (object instanceof Domain) {
            kind = 1;
        } else if (object instanceof User) {
            kind = 2;
        } else if (object instanceof Group) {
            kind = 3;
        } else if (object instanceof Alias) {
            kind = 4;
        }
        return handles.open(object, kind);
    }
}
