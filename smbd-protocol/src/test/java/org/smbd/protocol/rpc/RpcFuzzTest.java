package org.smbd.protocol.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.smbd.protocol.rpc.account.TestDirectory;
import org.smbd.protocol.rpc.srvsvc.ShareDirectory;
import org.smbd.protocol.rpc.srvsvc.ShareEntry;
import org.smbd.protocol.rpc.srvsvc.Srvsvc;
import org.smbd.protocol.rpc.srvsvc.TestUsage;

/** Whatever a client writes to a pipe, answers are whole PDUs within the limits; seeds lie beside, in the resources. */
class RpcFuzzTest {
    private static final ShareDirectory DIRECTORY = new ShareDirectory() {
        private final ShareEntry share = new ShareEntry("s", ShareEntry.STYPE_DISKTREE, "c", "p", -1, 0, 0);

        @Override
        public String serverName() {
            return "srv";
        }

        @Override
        public String serverComment() {
            return "";
        }

        @Override
        public List<ShareEntry> listed() {
            return List.of(share);
        }

        @Override
        public Optional<ShareEntry> find(String name) {
            return Optional.of(share);
        }
    };

    @FuzzTest
    void pipe(byte[] data) {
        RpcConnection connection = new RpcConnection(
                List.of(new Srvsvc(DIRECTORY, new TestUsage(), TestDirectory.ADMINISTRATOR, Clock.systemUTC())),
                "\\PIPE\\srvsvc",
                new AssociationGroups(),
                "caller",
                Optional.empty());
        boolean alive = connection.write(Unpooled.wrappedBuffer(data));
        assertEquals(!alive, connection.isBroken());
        while (connection.unreadBytes() > 0) {
            ByteBuf pdu = Unpooled.buffer();
            int length = connection.messageRemaining();
            assertTrue(length <= RpcConnection.FRAGMENT_BYTES_OFFERED);
            assertEquals(length, connection.read(pdu, length));
            assertEquals(length, pdu.getUnsignedShortLE(8));
        }
    }
}
