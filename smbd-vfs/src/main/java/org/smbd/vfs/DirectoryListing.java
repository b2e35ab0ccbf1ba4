package org.smbd.vfs;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.dir.WildcardPattern;
import org.smbd.vfs.name.PathResolver;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.name.ShortNames;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.stream.SideFiles;

/** The entries of one directory that is queried. MS-FSA 2.1.5.6.3 Directory Information Queries. */
final class DirectoryListing {
    private final Share share;
    private final LocalOpen open;
    private final PathResolver resolver;
    private final HiddenEntries hidden;
    private final Function<String, Optional<String>> shortNames;

    DirectoryListing(Share share, LocalOpen open) {
        this.share = share;
        this.open = open;
        this.resolver = open.resolver();
        this.hidden = new HiddenEntries(share);
        this.shortNames =
                resolver.shortNames(open.who(), open.hostPath(), open.file().stat());
    }

    /** The host names that match, by the names that clients see. */
    void names(WildcardPattern pattern, Consumer<String> taker) {
        if (pattern.isExact()) {
            String path = open.path().isEmpty() ? pattern.text() : open.path() + "\\" + pattern.text();
            if (resolver.resolve(open.who(), path) instanceof Outcome.Done<ResolvedPath> done
                    && done.value().stat().filter(this::isShown).isPresent()
                    && !SideFiles.isHidden(done.value().hostName())
                    && !done.value().hostName().isEmpty()
                    && hidden.shows(open, done.value().hostName())) {
                taker.accept(done.value().hostName());
            }
            return;
        }
        boolean byShortName = share.options().names().shortNames().kind() == ShortNames.Kind.ALL;
        share.volume().list(open.file(), (name, type) -> {
            boolean matches = pattern.matches(resolver.clientName(name))
                    || byShortName
                            && shortNames.apply(name).filter(pattern::matches).isPresent();
            if (matches
                    && !resolver.isVetoed(name)
                    && !SideFiles.isHidden(name)
                    && isShown(name, type)
                    && hidden.shows(open, name)) {
                taker.accept(name);
            }
            return true;
        });
    }

    private boolean isShown(StoreStat stat) {
        return !share.options().names().hideSpecialFiles()
                || stat.type() == StoreStat.Type.FILE
                || stat.type() == StoreStat.Type.DIRECTORY;
    }

    /** {@code hide special files}; what a link is, or the directory does not tell, is looked up. */
    private boolean isShown(String hostName, StoreStat.Type type) {
        if (!share.options().names().hideSpecialFiles()
                || type == StoreStat.Type.FILE
                || type == StoreStat.Type.DIRECTORY) {
            return true;
        }
        if (type != StoreStat.Type.SYMBOLIC_LINK && type != StoreStat.Type.UNKNOWN) {
            return false;
        }
        try {
            return share.volume()
                    .stat(open.who(), HostPaths.join(open.hostPath(), hostName))
                    .filter(this::isShown)
                    .isPresent();
        } catch (SmbException unknown) {
            return false;
        }
    }

    /** The entry of a name that {@link #names} has handed out, or of {@code .} and {@code ..}. */
    DirectoryEntry entry(String hostName) {
        return switch (hostName) {
            case "." -> new Entry(hostName, "", open.hostPath());
            case ".." -> new Entry(hostName, "", DirtyNames.parent(open.hostPath()));
            default -> new Entry(resolver.clientName(hostName), hostName, HostPaths.join(open.hostPath(), hostName));
        };
    }

    private final class Entry implements DirectoryEntry {
        private final String name;
        private final String hostName;
        private final String hostPath;

        Entry(String name, String hostName, String hostPath) {
            this.name = name;
            this.hostName = hostName;
            this.hostPath = hostPath;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String shortName() {
            return shortNames.apply(hostName).orElse("");
        }

        @Override
        public FileMetadata metadata() {
            return read(file -> share.facts()
                    .of(file, hostName.isEmpty() ? "" : name)
                    .withEaSize(share.eas().size(file)));
        }

        @Override
        public PosixMetadata posix() {
            return read(file -> share.facts().posix(file, hostName.isEmpty() ? "" : name));
        }

        /** A link that is not followed is a file of its own; one that leads nowhere is as good as none. */
        private Optional<StoreFile> link() {
            return share.options().followSymlinks()
                    ? Optional.empty()
                    : share.volume().findLink(open.who(), hostPath);
        }

        private <T> T read(Function<StoreFile, T> facts) {
            if (name.equals(".")) {
                return facts.apply(open.file());
            }
            try (StoreFile file = share.volume()
                    .find(open.who(), hostPath)
                    .or(this::link)
                    .orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception)) {
                return facts.apply(file);
            }
        }
    }
}
