package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.protocol.wire.Hex;

/** Strict clients compare StructureSize with the constant of the specification, whatever the status of the chain. */
class ResponseSizesTest {
    private static final Map<Class<? extends Smb2Response>, Integer> SIZES = Map.ofEntries(
            Map.entry(NegotiateResponse.class, 65),
            Map.entry(SessionSetupResponse.class, 9),
            Map.entry(LogoffResponse.class, 4),
            Map.entry(TreeConnectResponse.class, 16),
            Map.entry(TreeDisconnectResponse.class, 4),
            Map.entry(CreateResponse.class, 89),
            Map.entry(CloseResponse.class, 60),
            Map.entry(FlushResponse.class, 4),
            Map.entry(ReadResponse.class, 17),
            Map.entry(WriteResponse.class, 17),
            Map.entry(LockResponse.class, 4),
            Map.entry(IoctlResponse.class, 49),
            Map.entry(EchoResponse.class, 4),
            Map.entry(QueryDirectoryResponse.class, 9),
            Map.entry(ChangeNotifyResponse.class, 9),
            Map.entry(QueryInfoResponse.class, 9),
            Map.entry(SetInfoResponse.class, 2),
            Map.entry(OplockBreakMessage.class, 24),
            Map.entry(LeaseBreakNotification.class, 44),
            Map.entry(LeaseBreakResponse.class, 36));

    @ParameterizedTest
    @MethodSource("org.smbd.protocol.smb2.ResponseVectors#all")
    void theFixedPartIsAsLongAsStructureSizeSays(Vector<Smb2Response> vector) {
        int structureSize = SIZES.get(vector.message().getClass());
        String written = Hex.written(Smb2Header.SIZE_BYTES, vector.message()::encode);
        assertEquals(structureSize, Hex.bytes(written).getUnsignedShortLE(0));
        // An odd size counts one byte of the buffer that follows.
        int fixedBytes = structureSize & ~1;
        boolean hasBuffer = structureSize % 2 == 1;
        int writtenBytes = written.length() / 2;
        assertEquals(hasBuffer ? Math.max(fixedBytes, writtenBytes) : fixedBytes, writtenBytes);
    }
}
