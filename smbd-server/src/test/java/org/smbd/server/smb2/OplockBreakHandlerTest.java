package org.smbd.server.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.smb2.HandlerHarness.status;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.LeaseBreakAcknowledgment;
import org.smbd.protocol.smb2.OplockBreakAcknowledgment;
import org.smbd.server.pipe.PipeTree;

class OplockBreakHandlerTest {
    private final OplockBreakHandler handler = new OplockBreakHandler();

    @ParameterizedTest
    @EnumSource
    void nothingIsBreakingThatCouldBeAcknowledged(Dialect dialect) {
        HandlerHarness harness = new HandlerHarness(dialect);
        HandlerHarness.Context context = harness.onPipes();
        HandlerHarness.creating(new PipeTree(Map.of("srvsvc", ignored -> List.of()), HandlerHarness::noLogins))
                .handle(context, new CreateRequest(9, 2, 1, 0, 7, 1, 0, "srvsvc", List.of()));
        FileId open = context.created().fileId();
        assertEquals(
                NtStatus.INVALID_DEVICE_STATE,
                status(() -> handler.handle(context, new OplockBreakAcknowledgment(0, open))));
        assertEquals(
                NtStatus.FILE_CLOSED,
                status(() -> handler.handle(context, new OplockBreakAcknowledgment(0, new FileId(9, 9)))));
        assertEquals(
                dialect == Dialect.SMB_2_0_2 ? NtStatus.INVALID_PARAMETER : NtStatus.OBJECT_NAME_NOT_FOUND,
                status(() -> handler.handle(context, new LeaseBreakAcknowledgment(new Guid(1, 2), 0))));
    }
}
