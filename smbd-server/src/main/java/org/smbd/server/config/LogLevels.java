package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code log level = 1 auth:5 smb2:3}. */
record LogLevels(int level, Map<String, Integer> classes) {
    /** Samba's debug classes; those of parts that smbd lacks are taken and concern nothing. */
    static final Set<String> CLASSES = Set.of(
            "all",
            "tdb",
            "printdrivers",
            "lanman",
            "smb",
            "rpc_parse",
            "rpc_srv",
            "rpc_cli",
            "passdb",
            "sam",
            "auth",
            "winbind",
            "vfs",
            "idmap",
            "quota",
            "acls",
            "locking",
            "msdfs",
            "dmapi",
            "registry",
            "scavenger",
            "dns",
            "ldb",
            "tevent",
            "auth_audit",
            "auth_json_audit",
            "kerberos",
            "drs_repl",
            "smb2",
            "smb2_credits",
            "dsdb_audit",
            "dsdb_json_audit",
            "dsdb_password_audit",
            "dsdb_password_json_audit",
            "dsdb_transaction_audit",
            "dsdb_transaction_json_audit",
            "dsdb_group_audit",
            "dsdb_group_json_audit",
            "ldapsrv");

    static LogLevels from(Values values) {
        int level = 0;
        Map<String, Integer> classes = new LinkedHashMap<>();
        for (String word : values.list("log level", List.of("0"))) {
            int colon = word.indexOf(':');
            if (colon < 0) {
                level = parse(values, word);
                continue;
            }
            String name = word.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!CLASSES.contains(name)) {
                throw values.wrong("log level", "\"" + name + "\" is no debug class");
            }
            int value = parse(values, word.substring(colon + 1));
            if (name.equals("all")) {
                level = value;
            } else {
                classes.put(name, value);
            }
        }
        return new LogLevels(level, classes);
    }

    private static int parse(Values values, String word) {
        if (!word.matches("\\d{1,4}")) {
            throw values.wrong("log level", "\"" + word + "\" is not a level from 0 to 10");
        }
        return Math.min(Integer.parseInt(word), Log.LEVEL_MAX);
    }
}
