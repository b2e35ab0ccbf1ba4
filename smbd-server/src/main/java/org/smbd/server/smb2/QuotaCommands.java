package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FsControlInformation;
import org.smbd.protocol.fscc.QuotaInformation;
import org.smbd.protocol.fscc.QuotaWriter;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.QueryInfoResponse;
import org.smbd.protocol.smb2.QueryQuotaInfo;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.quota.QuotaEntry;
import org.smbd.vfs.quota.VolumeQuotas;

/** Quotas over SMB2: of users, and what a volume does with them. */
final class QuotaCommands {
    private static final int FIXED_BYTES = 8;
    /** More is not put into one answer, however much the client has room for. */
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private QuotaCommands() {}

    /** MS-SMB2 3.3.5.20.4 Handling SMB2_0_INFO_QUOTA. */
    static Reply query(RequestContext context, QueryInfoRequest request, OpenResource.File file) {
        VolumeQuotas quotas = file.files().quotas(file.open());
        QueryQuotaInfo query = QueryQuotaInfo.decode(new WireReader(request.input()));
        int budget = Math.min(request.outputBufferLength(), ANSWER_BYTES_MAX);
        ByteBuf payload = context.payload(FIXED_BYTES, budget);
        QuotaWriter writer = new QuotaWriter(budget, new WireWriter(payload));
        Answer answer = new Answer(writer, query.returnSingle());
        if (!query.users().isEmpty()) {
            List<QuotaEntry> asked =
                    quotas.of(query.returnSingle() ? query.users().subList(0, 1) : query.users());
            for (QuotaEntry entry : asked) {
                if (!answer.test(entry)) {
                    break;
                }
            }
        } else if (query.start().isPresent()) {
            quotas.scanFrom(query.start().get(), answer);
        } else {
            quotas.scan(query.restartScan(), answer);
        }
        if (writer.isEmpty()) {
            return Reply.failure(answer.refused ? NtStatus.BUFFER_TOO_SMALL : NtStatus.NO_MORE_ENTRIES);
        }
        int length = payload.readableBytes();
        return Reply.success(QueryInfoResponse.of(length), length);
    }

    /** Takes entries while there is room for them. */
    private static final class Answer implements Predicate<QuotaEntry> {
        private final QuotaWriter writer;
        private final boolean single;
        private boolean refused;

        Answer(QuotaWriter writer, boolean single) {
            this.writer = writer;
            this.single = single;
        }

        @Override
        public boolean test(QuotaEntry entry) {
            boolean enough = single && !writer.isEmpty();
            refused = enough || !writer.append(information(entry));
            return !refused;
        }
    }

    /** The host does not tell when a quota was changed. */
    private static QuotaInformation information(QuotaEntry entry) {
        return new QuotaInformation(0, entry.usedBytes(), entry.thresholdBytes(), entry.limitBytes(), entry.sid());
    }

    /** MS-SMB2 3.3.5.21.4 Handling SMB2_0_INFO_QUOTA. */
    static void set(SetInfoRequest request, OpenResource.File file) {
        VolumeQuotas quotas = file.files().quotas(file.open());
        quotas.set(QuotaInformation.decodeList(new WireReader(request.buffer())).stream()
                .map(entry ->
                        new QuotaEntry(entry.sid(), entry.quotaUsed(), entry.quotaThreshold(), entry.quotaLimit()))
                .toList());
    }

    /** MS-FSA 2.1.5.13.6 FileFsControlInformation. */
    static Reply queryControl(RequestContext context, QueryInfoRequest request, OpenResource.File file) {
        FsControlInformation control = control(file.files().quotas(file.open()));
        if (Integer.compareUnsigned(request.outputBufferLength(), FsControlInformation.SIZE_BYTES) < 0) {
            throw NtStatus.INFO_LENGTH_MISMATCH.exception();
        }
        ByteBuf payload = context.payload(FIXED_BYTES, FsControlInformation.SIZE_BYTES);
        control.encode(new WireWriter(payload));
        return Reply.success(QueryInfoResponse.of(FsControlInformation.SIZE_BYTES), FsControlInformation.SIZE_BYTES);
    }

    /** The host has no default limits, and its administrator has switched quotas on or off, if it has any. */
    private static FsControlInformation control(VolumeQuotas quotas) {
        int flags = 0;
        if (quotas.isTracked()) {
            flags = quotas.isEnforced() ? FsControlInformation.QUOTA_ENFORCE : FsControlInformation.QUOTA_TRACK;
        }
        return new FsControlInformation(0, 0, 0, QuotaEntry.NONE, QuotaEntry.NONE, flags);
    }

    /**
     * MS-FSA 2.1.5.16.6 FileFsControlInformation: NOT_SUPPORTED for a change, as the host has nothing that it could
     * mean; what clients send to leave quotas as they are succeeds.
     */
    static void setControl(SetInfoRequest request, OpenResource.File file) {
        FsControlInformation now = control(file.files().quotas(file.open()));
        FsControlInformation wanted = FsControlInformation.decode(new WireReader(request.buffer()));
        int switches = FsControlInformation.QUOTA_ENFORCE | FsControlInformation.QUOTA_TRACK;
        if ((wanted.fileSystemControlFlags() & switches) != now.fileSystemControlFlags()
                || wanted.defaultQuotaLimit() != QuotaEntry.NONE
                || wanted.defaultQuotaThreshold() != QuotaEntry.NONE) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
    }
}
