package org.smbd.vfs.data;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.store.XattrAttributeStore;

/** Object ids, kept in an extended attribute of their own: VOLUME_NOT_UPGRADED would tell that a host has none. */
public final class ObjectIds {
    private static final int CHANGE_RIGHTS = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_WRITE_ATTRIBUTES;
    private static final int ROOT = 0;

    private final DataContext context;

    public ObjectIds(DataContext context) {
        this.context = context;
    }

    /** Whether files can have one. FILE_SUPPORTS_OBJECT_IDS. */
    public boolean isSupported() {
        return context.volume().capabilities().extendedAttributes();
    }

    /** MS-FSA 2.1.5.10.13 FSCTL_GET_OBJECT_ID: OBJECTID_NOT_FOUND where the file has none. */
    public ObjectId get(FileOpen handle) {
        requireSupport();
        return kept(DataOpen.of(handle)).orElseThrow(NtStatus.OBJECTID_NOT_FOUND::exception);
    }

    /**
     * MS-FSA 2.1.5.10.1 FSCTL_CREATE_OR_GET_OBJECT_ID. Windows gives a file its id whatever the open may do; here that
     * needs the right to change something, as it does change the file.
     *
     * @param volumeId where a new id is born
     */
    public ObjectId createOrGet(FileOpen handle, Guid volumeId) {
        requireSupport();
        DataOpen open = DataOpen.of(handle);
        Optional<ObjectId> kept = kept(open);
        if (kept.isPresent()) {
            return kept.get();
        }
        open.requireAny(CHANGE_RIGHTS);
        Guid id = Guid.random();
        ObjectId made = new ObjectId(id, volumeId, id, Guid.ZERO);
        keep(open, made);
        return made;
    }

    /**
     * MS-FSA 2.1.5.10.35 FSCTL_SET_OBJECT_ID, for programs that restore files: ACCESS_DENIED to all but root. That the
     * id is unique is their word; there is no list of all ids.
     */
    public void set(FileOpen handle, ObjectId id) {
        requireSupport();
        DataOpen open = DataOpen.of(handle);
        open.requireAny(CHANGE_RIGHTS);
        if (open.file().who().uid() != ROOT) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (id.objectId().isZero()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (kept(open).isPresent()) {
            throw NtStatus.OBJECT_NAME_COLLISION.exception();
        }
        keep(open, id);
    }

    /** MS-FSA 2.1.5.10.36 FSCTL_SET_OBJECT_ID_EXTENDED: all but the id itself. */
    public void setExtended(FileOpen handle, Guid birthVolumeId, Guid birthObjectId, Guid domainId) {
        requireSupport();
        DataOpen open = DataOpen.of(handle);
        open.requireAny(CHANGE_RIGHTS);
        keep(open, new ObjectId(get(handle).objectId(), birthVolumeId, birthObjectId, domainId));
    }

    /** MS-FSA 2.1.5.10.2 FSCTL_DELETE_OBJECT_ID; a file may have none. */
    public void delete(FileOpen handle) {
        requireSupport();
        DataOpen open = DataOpen.of(handle);
        open.requireAny(CHANGE_RIGHTS);
        open.file().removeAttribute(XattrAttributeStore.OBJECT_ID);
    }

    private void requireSupport() {
        if (!isSupported()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
    }

    private static Optional<ObjectId> kept(DataOpen open) {
        return open.file().attribute(XattrAttributeStore.OBJECT_ID).flatMap(ObjectId::ofBytes);
    }

    private static void keep(DataOpen open, ObjectId id) {
        open.file().setAttribute(XattrAttributeStore.OBJECT_ID, id.toBytes());
    }
}
