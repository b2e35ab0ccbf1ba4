package org.smbd.server.config;

import java.util.Set;

/**
 * What smbd knows of one parameter of smb.conf.
 *
 * @param name its name as documentation writes it
 * @param scope where it may stand
 * @param treatment what becomes of it
 * @param fineValues the values, in lower case, that say what smbd does anyway: they need no word
 */
record Parameter(String name, Scope scope, Treatment treatment, Set<String> fineValues) {
    /** Where a parameter may stand. */
    enum Scope {
        GLOBAL,
        /** In a share, or in [global] as the default of the shares after it. */
        SHARE
    }

    /** What becomes of a parameter. */
    enum Treatment {
        HONOURED,
        /** Does not concern a server like this one. */
        IRRELEVANT,
        /** Known, not here: a warning. */
        LATER,
        /** Known, not here, and without it a share would give more than it should: the share is not served. */
        RESTRICTS
    }
}
