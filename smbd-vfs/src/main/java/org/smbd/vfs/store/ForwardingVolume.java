package org.smbd.vfs.store;

import java.util.Optional;
import java.util.function.Predicate;
import org.smbd.core.type.PosixIdentity;

/** A volume that leaves everything to another one: what decorates volumes overrides what it changes. */
public abstract class ForwardingVolume implements Volume {
    private final Volume inner;

    protected ForwardingVolume(Volume inner) {
        this.inner = inner;
    }

    /** The volume that does the work. */
    protected final Volume inner() {
        return inner;
    }

    @Override
    public VolumeCapabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public Optional<StoreStat> stat(PosixIdentity who, String path) {
        return inner.stat(who, path);
    }

    @Override
    public Optional<StoreFile> find(PosixIdentity who, String path) {
        return inner.find(who, path);
    }

    @Override
    public Optional<StoreFile> findLink(PosixIdentity who, String path) {
        return inner.findLink(who, path);
    }

    @Override
    public void shareDescriptor(StoreFile file, FileKey key) {
        inner.shareDescriptor(file, key);
    }

    @Override
    public StoreFile reopen(StoreFile file, StoreStat stat, StoreAccess access) {
        return inner.reopen(file, stat, access);
    }

    @Override
    public StoreFile open(PosixIdentity who, String path, StoreAccess access) {
        return inner.open(who, path, access);
    }

    @Override
    public StoreFile createFile(PosixIdentity who, String path, StoreAccess access, int mode) {
        return inner.createFile(who, path, access, mode);
    }

    @Override
    public StoreFile createDirectory(PosixIdentity who, String path, int mode) {
        return inner.createDirectory(who, path, mode);
    }

    @Override
    public void unlink(PosixIdentity who, String path) {
        inner.unlink(who, path);
    }

    @Override
    public void removeDirectory(PosixIdentity who, String path) {
        inner.removeDirectory(who, path);
    }

    @Override
    public void rename(PosixIdentity who, String from, String to, boolean replace) {
        inner.rename(who, from, to, replace);
    }

    @Override
    public void link(PosixIdentity who, String from, String to) {
        inner.link(who, from, to);
    }

    @Override
    public String canonical(PosixIdentity who, String path) {
        return inner.canonical(who, path);
    }

    @Override
    public boolean isEmpty(StoreFile directory, Predicate<String> ignored) {
        return inner.isEmpty(directory, ignored);
    }

    @Override
    public void list(StoreFile directory, NameVisitor visitor) {
        inner.list(directory, visitor);
    }

    @Override
    public void syncDirectory(PosixIdentity who, String path) {
        inner.syncDirectory(who, path);
    }

    @Override
    public StoreSpace space(StoreFile file) {
        return inner.space(file);
    }

    @Override
    public Optional<StoreQuota> quota(StoreFile file) {
        return inner.quota(file);
    }

    @Override
    public boolean sharesExtents(StoreFile file) {
        return inner.sharesExtents(file);
    }

    @Override
    public Optional<DirectoryFeed> openFeed() {
        return inner.openFeed();
    }

    @Override
    public void close() {
        inner.close();
    }
}
