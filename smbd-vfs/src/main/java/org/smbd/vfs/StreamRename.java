package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.name.CaseFold;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.FileAction;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.stream.StreamFile;
import org.smbd.vfs.stream.StreamPath;
import org.smbd.vfs.stream.StreamStore;

/** MS-FSA 2.1.5.15.12.1 Algorithm for Performing Stream Rename. */
final class StreamRename {
    private final Share share;

    StreamRename(Share share) {
        this.share = share;
    }

    /**
     * Renames the stream of {@code open}.
     *
     * @param newName begins with a colon; for the stream of a file, anything else is refused: Windows does not move a
     *     stream to another file
     */
    void rename(LocalOpen open, String newName, boolean replaceIfExists) {
        if (!open.mayAny(AccessMask.DELETE)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (!newName.startsWith(":")) {
            throw NtStatus.SHARING_VIOLATION.exception(); // smb2.streams.rename2 pins it
        }
        if (open.isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        Outcome<String> parsed = StreamPath.parseNewName(newName);
        if (parsed instanceof Outcome.Fail<String> fail) {
            throw fail.status().exception();
        }
        String name = ((Outcome.Done<String>) parsed).value();
        if (!share.streams().isServed()) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
        LocalOpen base = open.base().orElse(open);
        base.node().appends().lock();
        try {
            rename(open, base, name, replaceIfExists);
        } finally {
            base.node().appends().unlock();
        }
    }

    private void rename(LocalOpen open, LocalOpen base, String name, boolean replaceIfExists) {
        Optional<StreamFile> stream = open.stream();
        if (CaseFold.isSame(name, stream.map(StreamFile::streamName).orElse(""))) {
            return;
        }
        StoreFile host = open.file().host();
        if (name.isEmpty()) {
            if (host.stat().isDirectory()) {
                throw NtStatus.INVALID_PARAMETER.exception();
            }
            becomeDefault(open, stream.orElseThrow());
            return;
        }
        removeTarget(host, name, replaceIfExists);
        if (stream.isPresent()) {
            rename(open, stream.get(), name);
        } else {
            moveDefault(base, name);
        }
    }

    /** A target goes if it is empty, not open, and may be replaced. */
    private void removeTarget(StoreFile host, String name, boolean replaceIfExists) {
        StreamStore streams = share.streams();
        Optional<String> target = streams.find(host, name);
        if (target.isEmpty()) {
            return;
        }
        if (!replaceIfExists) {
            throw NtStatus.OBJECT_NAME_COLLISION.exception();
        }
        boolean open = share.nodes().find(StreamStore.key(host.stat(), name)).isPresent();
        if (open || streams.size(host, target.get()) != 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        streams.remove(host, target.get());
    }

    private void rename(LocalOpen open, StreamFile stream, String name) {
        FileKey key = StreamStore.key(open.file().host().stat(), name);
        if (!share.nodes().move(open.node(), key)) {
            throw NtStatus.INVALID_PARAMETER.exception(); // somebody has opened it just now
        }
        open.reportStream(FileAction.REMOVED_STREAM, CompletionFilter.STREAM_NAME);
        stream.rename(name, key);
        open.reportStream(FileAction.ADDED_STREAM, CompletionFilter.STREAM_NAME);
    }

    /**
     * The default stream gets the bytes, and the stream is no more. The node stays apart from that of the file: share
     * modes and locks of this open are its own until it is closed.
     */
    private void becomeDefault(LocalOpen open, StreamFile stream) {
        StoreFile host = stream.host();
        StoreFile writable = share.volume().open(open.who(), open.hostPath(), StoreAccess.READ_WRITE);
        if (!writable.stat().key().equals(host.stat().key())) {
            writable.close();
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        String name = stream.streamName();
        open.reportStream(FileAction.REMOVED_STREAM, CompletionFilter.STREAM_NAME);
        stream.becomeDefault(writable);
        share.streams().remove(host, name);
    }

    /** The bytes of the default stream go to a new stream, and an empty default stream takes its place. */
    private void moveDefault(LocalOpen base, String name) {
        StoreStat stat = base.file().stat();
        StoreFile source = share.volume().open(base.who(), base.hostPath(), StoreAccess.READ_WRITE);
        if (!source.stat().key().equals(stat.key())) {
            source.close();
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        share.streams().create(source, name);
        try (StreamFile target = share.streams().open(source, name)) {
            target.takeDefault();
        }
    }
}
