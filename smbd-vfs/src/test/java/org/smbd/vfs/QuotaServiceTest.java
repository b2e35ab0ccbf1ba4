package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.Sid;
import org.smbd.vfs.quota.FakeQuota;
import org.smbd.vfs.quota.QuotaEntry;
import org.smbd.vfs.quota.VolumeQuotas;
import org.smbd.vfs.store.ForwardingVolume;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreQuota;
import org.smbd.vfs.store.Volume;

/** Who gets at the quotas of a volume, and what they do to its space. */
class QuotaServiceTest extends LocalShareFixture {
    private static final String INDEX = "$Extend\\$Quota:$Q:$INDEX_ALLOCATION";
    private static final PosixIdentity STRANGER = new PosixIdentity(4711, 4711, new int[0]);
    private static final int VOLUME_QUOTAS = 0x20;

    private final FakeQuota quota = new FakeQuota();
    private boolean supported = true;

    @BeforeEach
    void letEverybodyIn() throws IOException {
        if (owner().uid() == 0) {
            Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return new ForwardingVolume(super.volume(directory)) {
            @Override
            public Optional<StoreQuota> quota(StoreFile file) {
                return supported ? Optional.of(quota) : Optional.empty();
            }
        };
    }

    private PosixIdentity superuser() {
        Assumptions.assumeTrue(owner().uid() == 0, "only the superuser may");
        return owner();
    }

    private Outcome<OpenResult> open(PosixIdentity who, String path, CreateDisposition disposition) {
        return with(path, AccessMask.FILE_READ_ATTRIBUTES, disposition)
                .as(who)
                .sharing(ShareAccess.ALL)
                .outcome();
    }

    private FileOpen opened(PosixIdentity who, String path) {
        return ((Outcome.Done<OpenResult>) open(who, path, CreateDisposition.OPEN))
                .value()
                .open();
    }

    private NtStatus refusal(PosixIdentity who, CreateDisposition disposition) {
        return assertInstanceOf(Outcome.Fail.class, open(who, INDEX, disposition))
                .status();
    }

    @Test
    void theSuperuserOpensTheIndexAndSetsLimits() {
        FileOpen open = opened(superuser(), INDEX);
        assertEquals(AccessMask.FILE_READ_ATTRIBUTES | AccessMask.SYNCHRONIZE, open.grantedAccess());
        Sid user = Sid.unixUser(1000);
        files.quotas(open).set(List.of(new QuotaEntry(user, 0, 10, 20)));
        assertEquals(
                List.of(new QuotaEntry(user, 0, 10, 20)), files.quotas(open).of(List.of(user)));
        files.close(open);
    }

    @Test
    void theIndexIsFoundWhateverTheCaseAndIsOnlyOpened() {
        OpenResult index = ((Outcome.Done<OpenResult>)
                        open(superuser(), "$EXTEND\\$quota:$o:$Index_Allocation", CreateDisposition.OPEN))
                .value();
        assertEquals(0x36, index.metadata().attributes());
        assertEquals(0, index.metadata().creationTime());
        files.close(index.open());
        assertEquals(NtStatus.ACCESS_DENIED, refusal(superuser(), CreateDisposition.SUPERSEDE));
        assertEquals(NtStatus.ACCESS_DENIED, refusal(superuser(), CreateDisposition.CREATE));
    }

    @Test
    void anybodyElseIsRefusedThroughAnyOpen() {
        assertEquals(NtStatus.ACCESS_DENIED, refusal(STRANGER, CreateDisposition.OPEN));
        FileOpen root = opened(STRANGER, "");
        assertEquals(
                NtStatus.ACCESS_DENIED,
                assertThrows(SmbException.class, () -> files.quotas(root)).status());
        files.close(root);
    }

    @Test
    void withoutQuotasThereIsNothingToAskAndNothingToSet() {
        supported = false;
        FileOpen open = opened(superuser(), INDEX);
        VolumeQuotas none = files.quotas(open);
        assertFalse(none.isTracked());
        assertFalse(none.isEnforced());
        List<Executable> requests = List.of(
                () -> none.of(List.of(Sid.unixUser(1000))),
                () -> none.of(List.of(Sid.EVERYONE)),
                () -> none.scan(true, entry -> true),
                () -> none.set(List.of(new QuotaEntry(Sid.unixUser(1000), 0, 10, 20))));
        for (Executable request : requests) {
            assertEquals(
                    NtStatus.NOT_SUPPORTED,
                    assertThrows(SmbException.class, request).status());
        }
        assertEquals(0, files.queryVolume(open).attributes() & VOLUME_QUOTAS);
        files.close(open);
        assertEquals(NtStatus.ACCESS_DENIED, refusal(STRANGER, CreateDisposition.OPEN));
    }

    @Test
    void aLimitIsWhatAUserSeesOfTheSpace() {
        FileOpen root = opened(owner(), "");
        VolumeFacts unlimited = files.queryVolume(root);
        assertTrue((unlimited.attributes() & VOLUME_QUOTAS) != 0);
        long unitBytes = (long) unlimited.sectorsPerUnit() * unlimited.bytesPerSector();
        quota.with(owner().uid(), 3 * unitBytes, 0, 5 * unitBytes);
        VolumeFacts limited = files.queryVolume(root);
        assertEquals(5, limited.totalUnits());
        assertEquals(2, limited.callerAvailableUnits());
        assertTrue(limited.actualAvailableUnits() > 5);
        quota.with(owner().uid(), 6 * unitBytes, 4 * unitBytes, 0); // beyond a soft limit alone
        assertEquals(0, files.queryVolume(root).callerAvailableUnits());
        assertEquals(4, files.queryVolume(root).totalUnits());
        files.close(root);
    }
}
