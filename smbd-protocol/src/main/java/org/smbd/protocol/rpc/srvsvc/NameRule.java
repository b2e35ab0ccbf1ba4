package org.smbd.protocol.rpc.srvsvc;

import java.util.Optional;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.Win32Error;

/** Which names the server service takes for what. MS-SRVS 3.1.4.29 NetprNameValidate, 2.2.2.8 Name Types. */
enum NameRule {
    USER(1, 256),
    PASSWORD(2, 256, ""),
    GROUP(3, 256),
    COMPUTER(4, 259),
    EVENT(5, 16),
    DOMAIN(6, 15),
    SERVICE(7, 80),
    NET(8, 259),
    SHARE(9, 80),
    MESSAGE(10, 259),
    MESSAGE_DESTINATION(11, 259),
    SHARE_PASSWORD(12, 8, ""),
    WORKGROUP(13, 15);

    private final int type;
    private final int charactersMax;
    private final String forbidden;

    NameRule(int type, int charactersMax) {
        this(type, charactersMax, "\"/\\[]:|<>+=;,?*");
    }

    NameRule(int type, int charactersMax, String forbidden) {
        this.type = type;
        this.charactersMax = charactersMax;
        this.forbidden = forbidden;
    }

    private static Optional<NameRule> of(int type) {
        for (NameRule rule : values()) {
            if (rule.type == type) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private boolean admits(String name) {
        boolean empty = name.isEmpty() && this != PASSWORD && this != SHARE_PASSWORD;
        return !empty
                && name.length() <= charactersMax
                && name.chars().noneMatch(c -> c < ' ' || forbidden.indexOf(c) >= 0);
    }

    static void validate(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String name = in.wideString(); // Name
        Optional<NameRule> rule = of(in.i32()); // NameType
        int flags = in.i32(); // Flags
        boolean known = rule.isPresent() && (flags == 0 || flags == 0x80000000);
        out.i32(
                !known
                        ? Win32Error.INVALID_PARAMETER
                        : rule.get().admits(name) ? Win32Error.SUCCESS : Win32Error.INVALID_NAME);
    }
}
