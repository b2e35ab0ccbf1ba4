package org.smbd.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.vfs.oplock.BreakClock;

class SessionTableTest {
    private static final SecurityContext USER = new SecurityContext(
            "alice", Sid.unixUser(1000), Set.of(), Set.of(), Optional.empty(), SecurityContext.Kind.USER);

    private final SessionTable table =
            new SessionTable(8, new OpenBudget(10, 10), new DurableOpens(BreakClock.ofProcess(), 8));

    private static ShareConfig share(String name) {
        return ServerConfig.builder()
                .share(name, Map.of("path", "/srv"))
                .build()
                .share(name)
                .orElseThrow();
    }

    private static TreeConnect connect(Session session, String name) {
        return session.connect(
                id -> new TreeConnect(id, share(name), Optional.empty(), USER, AccessMask.FILE_ALL_ACCESS, false));
    }

    @Test
    void theUsesOfAShareAreItsTreeConnectsInAllSessions() {
        Session one = table.create(Dialect.SMB_3_1_1);
        Session other = table.create(Dialect.SMB_2_0_2);
        TreeConnect first = connect(one, "data");
        connect(one, "data");
        connect(other, "DATA");
        connect(other, "more");
        assertEquals(3, table.uses("data"));
        assertEquals(1, table.uses("More"));
        assertEquals(0, table.uses("none"));
        one.disconnect(first);
        other.close();
        assertEquals(1, table.uses("data"));
        assertEquals(0, table.uses("more"));
    }
}
