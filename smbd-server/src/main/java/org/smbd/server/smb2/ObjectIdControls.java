package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.fsctl.ObjectIdBuffer;
import org.smbd.server.pipeline.Reply;
import org.smbd.vfs.VolumeFacts;
import org.smbd.vfs.data.ObjectId;

/** MS-FSCC 2.3.1 FSCTL_CREATE_OR_GET_OBJECT_ID Request and the other controls of {@link ObjectId}. */
final class ObjectIdControls {
    private ObjectIdControls() {}

    static Reply createOrGet(FsctlCall call) {
        call.requireOutput(ObjectIdBuffer.SIZE_BYTES, NtStatus.INVALID_PARAMETER);
        VolumeFacts volume = call.file().files().queryVolume(call.open());
        Guid volumeId = new Guid(volume.volumeId(), volume.serialNumber()); // as FileFsObjectIdInformation has it
        return answer(call, call.controls().objectIds().createOrGet(call.open(), volumeId));
    }

    static Reply get(FsctlCall call) {
        call.requireOutput(ObjectIdBuffer.SIZE_BYTES, NtStatus.INVALID_PARAMETER);
        return answer(call, call.controls().objectIds().get(call.open()));
    }

    private static Reply answer(FsctlCall call, ObjectId id) {
        ObjectIdBuffer output =
                new ObjectIdBuffer(id.objectId(), id.birthVolumeId(), id.birthObjectId(), id.domainId());
        return call.answer(ObjectIdBuffer.SIZE_BYTES, output::encode);
    }

    static Reply set(FsctlCall call) {
        ObjectIdBuffer input = ObjectIdBuffer.decode(call.input());
        call.controls()
                .objectIds()
                .set(
                        call.open(),
                        new ObjectId(input.objectId(), input.birthVolumeId(), input.birthObjectId(), input.domainId()));
        return call.done();
    }

    static Reply setExtended(FsctlCall call) {
        ObjectIdBuffer input = ObjectIdBuffer.decodeExtended(call.input());
        call.controls()
                .objectIds()
                .setExtended(call.open(), input.birthVolumeId(), input.birthObjectId(), input.domainId());
        return call.done();
    }

    static Reply delete(FsctlCall call) {
        call.controls().objectIds().delete(call.open());
        return call.done();
    }
}
