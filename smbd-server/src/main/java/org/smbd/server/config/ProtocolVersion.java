package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code server min protocol} and {@code server max protocol} choose from, oldest first. */
public enum ProtocolVersion {
    /** Every dialect of SMB1, MS-CIFS and MS-SMB. */
    SMB1(0),
    SMB2_02(0x0202),
    SMB2_10(0x0210),
    SMB3_00(0x0300),
    SMB3_02(0x0302),
    SMB3_11(0x0311);

    /** Samba's words. SMB2 alone means 2.1 and SMB3 alone means 3.1.1. */
    static final Map<String, ProtocolVersion> WORDS = words();

    private final int revision;

    ProtocolVersion(int revision) {
        this.revision = revision;
    }

    /** The DialectRevision of MS-SMB2 2.2.4; 0 for SMB1, which has none. */
    public int revision() {
        return revision;
    }

    private static Map<String, ProtocolVersion> words() {
        Map<String, ProtocolVersion> words = new LinkedHashMap<>();
        words.put("smb3_11", SMB3_11);
        words.put("smb3_02", SMB3_02);
        words.put("smb3_00", SMB3_00);
        words.put("smb2_10", SMB2_10);
        words.put("smb2_02", SMB2_02);
        words.put("smb3", SMB3_11);
        words.put("smb2", SMB2_10);
        words.put("smb3.11", SMB3_11);
        words.put("smb3.1.1", SMB3_11);
        words.put("smb2.10", SMB2_10);
        for (String old : new String[] {"nt1", "smb1", "lanman2", "lanman1", "core", "coreplus", "core+"}) {
            words.put(old, SMB1);
        }
        return words;
    }
}
