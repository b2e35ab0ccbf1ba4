package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.vfs.quota.QuotaIndex;
import org.smbd.vfs.quota.VolumeQuotas;
import org.smbd.vfs.store.StoreQuota;
import org.smbd.vfs.store.StoreSpace;
import org.smbd.vfs.store.UserQuota;

/** Who gets at the quotas below a share, and what they leave of its space. */
final class QuotaAlgorithms {
    private final Share share;
    private final OpenAlgorithm opener;

    QuotaAlgorithms(Share share, OpenAlgorithm opener) {
        this.share = share;
        this.opener = opener;
    }

    /** Opens {@link QuotaIndex}. */
    Outcome<OpenResult> openIndex(OpenRequest request) {
        try {
            Outcome<OpenResult> root = opener.open(rootOpen(request));
            return root instanceof Outcome.Done<OpenResult> done
                    ? new Outcome.Done<>(new OpenResult(
                            done.value().open(),
                            CreateAction.OPENED,
                            QuotaIndex.metadata(done.value().metadata())))
                    : root;
        } catch (SmbException refused) {
            return new Outcome.Fail<>(refused.status());
        }
    }

    private OpenRequest rootOpen(OpenRequest request) {
        requireAdministrator(request.context());
        if (request.disposition() != CreateDisposition.OPEN && request.disposition() != CreateDisposition.OPEN_IF) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        return request.with(
                "", QuotaIndex.ACCESS, ShareAccess.ALL, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE);
    }

    /** ACCESS_DENIED to those whom they are no business of. */
    VolumeQuotas of(LocalOpen open) {
        requireAdministrator(open.context());
        return new VolumeQuotas(
                share.volume().quota(open.file()), share.options().acls().sids(), open.quotaScan());
    }

    private static void requireAdministrator(SecurityContext context) {
        if (!Administrators.include(context)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    /** What a user sees of the space. MS-FSA 2.1.5.13.3 FileFsSizeInformation, 2.1.5.13.7 FileFsFullSizeInformation. */
    static StoreSpace limited(StoreSpace space, Optional<StoreQuota> quota, PosixIdentity who) {
        return quota.filter(StoreQuota::isEnforced)
                .map(known -> limited(space, known.of(who.uid())))
                .orElse(space);
    }

    private static StoreSpace limited(StoreSpace space, UserQuota user) {
        long limitBytes = user.hardLimitBytes() == 0 ? user.softLimitBytes() : user.hardLimitBytes();
        if (limitBytes == 0) {
            return space;
        }
        long limitUnits = limitBytes / space.unitBytes();
        long leftUnits = Math.max(0, limitBytes - user.usedBytes()) / space.unitBytes();
        return space.withAvailable(
                Math.min(space.totalUnits(), limitUnits), Math.min(space.availableUnits(), leftUnits));
    }
}
