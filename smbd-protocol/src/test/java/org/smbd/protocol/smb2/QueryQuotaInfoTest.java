package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.Sid;
import org.smbd.protocol.fscc.Hex;
import org.smbd.protocol.wire.MalformedMessage;

/** The input of a query for quotas. */
class QueryQuotaInfoTest {
    private static final String UNIX_HEX = "01 02 000000000016 01000000 e8030000";
    private static final String OF_ONE_USER = "01 00 0000 18000000 00000000 00000000 00000000 10000000" + UNIX_HEX;
    private static final String FROM_A_USER = "00 01 0000 00000000 10000000 04000000 eeeeeeee" + UNIX_HEX;
    private static final String ALL = "00 01 0000 00000000 00000000 00000000";

    private static QueryQuotaInfo decode(String hex) {
        return QueryQuotaInfo.decode(Hex.reader(hex));
    }

    @Test
    void itAsksForUsersOrFromOneOnOrForAll() {
        List<Sid> users = List.of(Sid.unixUser(1000));
        assertEquals(new QueryQuotaInfo(true, false, users, Optional.empty()), decode(OF_ONE_USER));
        assertEquals(new QueryQuotaInfo(false, true, List.of(), Optional.of(Sid.unixUser(1000))), decode(FROM_A_USER));
        assertEquals(new QueryQuotaInfo(false, true, List.of(), Optional.empty()), decode(ALL));
    }

    @Test
    void everyTruncationIsRefused() {
        for (String whole : List.of(OF_ONE_USER, FROM_A_USER, ALL)) {
            String plain = Hex.plain(whole);
            for (int length = 0; length < plain.length(); length += 2) {
                String cut = plain.substring(0, length);
                assertThrows(MalformedMessage.class, () -> decode(cut), cut);
            }
        }
    }

    @Test
    void lengthsAndOffsetsThatAreWrongAreRefused() {
        for (String wrong : List.of(
                "00 00 0000 17000000 00000000 00000000 00000000 10000000" + UNIX_HEX, // no multiple of 4
                "00 00 0000 fcffffff 00000000 00000000 00000000 10000000" + UNIX_HEX,
                "00 00 0000 00000000 10000000 fcffffff" + UNIX_HEX,
                "00 00 0000 00000000 ffffffff 00000000" + UNIX_HEX)) {
            assertThrows(MalformedMessage.class, () -> decode(wrong), wrong);
        }
    }
}
