package org.smbd.server.smb1;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The dialects, oldest first. MS-CIFS 2.2.4.52.1 SMB_COM_NEGOTIATE Request. */
enum Smb1Dialect {
    CORE("PC NETWORK PROGRAM 1.0"),
    CORE_PLUS("MICROSOFT NETWORKS 1.03"),
    LANMAN1("MICROSOFT NETWORKS 3.0", "LANMAN1.0"),
    LANMAN2("LM1.2X002", "DOS LM1.2X002"),
    LANMAN21("LANMAN2.1", "DOS LANMAN2.1", "Samba"),
    NT1("NT LM 0.12", "NT LANMAN 1.0");

    private final List<String> names;

    Smb1Dialect(String... names) {
        this.names = List.of(names);
    }

    /** Where the client names it; empty if it does not. */
    private Optional<Integer> indexIn(List<String> offered) {
        return names.stream().map(offered::indexOf).filter(index -> index >= 0).findFirst();
    }

    /**
     * The newest that a client offers, and its index there.
     *
     * @param index what the answer names
     */
    record Choice(Smb1Dialect dialect, int index) {
        static Optional<Choice> of(List<String> offered) {
            return Arrays.stream(values())
                    .flatMap(dialect -> dialect.indexIn(offered).map(index -> new Choice(dialect, index)).stream())
                    .reduce((older, newer) -> newer);
        }
    }

    boolean isNt() {
        return this == NT1;
    }

    /** Whether it is LANMAN 1.0 or newer: there are users and AndX chains. */
    boolean isLanman() {
        return compareTo(LANMAN1) >= 0;
    }
}
