package org.smbd.vfs.name;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.DirectoryFeed;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreSpace;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.VolumeCapabilities;

/** Counts the listings of another volume. */
final class CountingVolume implements Volume {
    final AtomicInteger listings = new AtomicInteger();
    private final Volume volume;

    CountingVolume(Volume volume) {
        this.volume = volume;
    }

    @Override
    public VolumeCapabilities capabilities() {
        return volume.capabilities();
    }

    @Override
    public Optional<StoreStat> stat(PosixIdentity who, String path) {
        return volume.stat(who, path);
    }

    @Override
    public Optional<StoreFile> find(PosixIdentity who, String path) {
        return volume.find(who, path);
    }

    @Override
    public StoreFile reopen(StoreFile file, StoreStat stat, StoreAccess access) {
        return volume.reopen(file, stat, access);
    }

    @Override
    public StoreFile open(PosixIdentity who, String path, StoreAccess access) {
        return volume.open(who, path, access);
    }

    @Override
    public StoreFile createFile(PosixIdentity who, String path, StoreAccess access, int mode) {
        return volume.createFile(who, path, access, mode);
    }

    @Override
    public StoreFile createDirectory(PosixIdentity who, String path, int mode) {
        return volume.createDirectory(who, path, mode);
    }

    @Override
    public void unlink(PosixIdentity who, String path) {
        volume.unlink(who, path);
    }

    @Override
    public void removeDirectory(PosixIdentity who, String path) {
        volume.removeDirectory(who, path);
    }

    @Override
    public void rename(PosixIdentity who, String from, String to, boolean replace) {
        volume.rename(who, from, to, replace);
    }

    @Override
    public void link(PosixIdentity who, String from, String to) {
        volume.link(who, from, to);
    }

    @Override
    public String canonical(PosixIdentity who, String path) {
        return volume.canonical(who, path);
    }

    @Override
    public boolean isEmpty(StoreFile directory, Predicate<String> ignored) {
        return volume.isEmpty(directory, ignored);
    }

    @Override
    public void list(StoreFile directory, NameVisitor visitor) {
        listings.incrementAndGet();
        volume.list(directory, visitor);
    }

    @Override
    public void syncDirectory(PosixIdentity who, String path) {
        volume.syncDirectory(who, path);
    }

    @Override
    public StoreSpace space(StoreFile file) {
        return volume.space(file);
    }

    @Override
    public Optional<DirectoryFeed> openFeed() {
        return volume.openFeed();
    }

    @Override
    public void close() {
        volume.close();
    }
}
