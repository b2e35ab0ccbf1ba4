package org.smbd.vfs.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;

/**
 * Resolves names on a host whose file system knows case: first as they are, with one call for the whole path; what is
 * not there so is looked up in an index of its directory.
 */
public final class IndexedPathResolver implements PathResolver, AutoCloseable {
    private final Volume volume;
    private final DirectoryIndexes indexes;

    /** For the names of {@code volume}. */
    public IndexedPathResolver(Volume volume) {
        this(volume, IndexLimits.DEFAULT);
    }

    /** With other bounds of the memory that the indexes take. */
    public IndexedPathResolver(Volume volume, IndexLimits limits) {
        this.volume = volume;
        this.indexes = new DirectoryIndexes(volume, limits);
    }

    @Override
    public Outcome<ResolvedPath> exactly(String clientPath) {
        return parsed(clientPath, names -> {
            String name = names.isEmpty() ? "" : names.get(names.size() - 1);
            return found(parent(names), name, Optional.empty(), Optional.empty());
        });
    }

    @Override
    public Outcome<ResolvedPath> resolve(PosixIdentity who, String clientPath) {
        return parsed(clientPath, names -> resolve(who, names));
    }

    @Override
    public Outcome<ResolvedPath> search(PosixIdentity who, String clientPath) {
        return parsed(clientPath, names -> search(who, names));
    }

    /** What is done with the exact host names of a path. */
    private interface Resolution {
        Outcome<ResolvedPath> of(List<String> hostNames);
    }

    private static Outcome<ResolvedPath> parsed(String clientPath, Resolution resolution) {
        Outcome<List<String>> parsed = ClientPath.parse(clientPath);
        if (parsed instanceof Outcome.Fail<List<String>> fail) {
            return new Outcome.Fail<>(fail.status());
        }
        List<String> hostNames = new ArrayList<>(((Outcome.Done<List<String>>) parsed).value());
        hostNames.replaceAll(HostNames::toHost);
        try {
            return resolution.of(hostNames);
        } catch (SmbException e) {
            return new Outcome.Fail<>(e.status());
        }
    }

    private static String parent(List<String> hostNames) {
        return String.join("/", hostNames.subList(0, Math.max(0, hostNames.size() - 1)));
    }

    private Outcome<ResolvedPath> resolve(PosixIdentity who, List<String> hostNames) {
        Optional<StoreStat> exact = volume.stat(who, String.join("/", hostNames));
        if (exact.isEmpty()) {
            return search(who, hostNames);
        }
        String name = hostNames.isEmpty() ? "" : hostNames.get(hostNames.size() - 1);
        return found(parent(hostNames), name, Optional.empty(), exact);
    }

    private Outcome<ResolvedPath> search(PosixIdentity who, List<String> hostNames) {
        if (hostNames.isEmpty()) {
            return new Outcome.Fail<>(NtStatus.OBJECT_PATH_NOT_FOUND); // the root itself has gone
        }
        Optional<Directory> directory = directory(who, hostNames, hostNames.size() - 1);
        if (directory.isEmpty()) {
            return new Outcome.Fail<>(NtStatus.OBJECT_PATH_NOT_FOUND);
        }
        String hostParent = directory.get().path();
        String name = hostNames.get(hostNames.size() - 1);
        boolean parentIsExact = hostParent.equals(parent(hostNames));
        Optional<Found> other =
                parentIsExact ? findOther(who, directory.get(), name) : find(who, directory.get(), name);
        Optional<StoreStat> parent = Optional.of(directory.get().stat());
        return other.isPresent()
                ? found(
                        hostParent,
                        other.get().name(),
                        parent,
                        Optional.of(other.get().stat()))
                : found(hostParent, name, parent, Optional.empty());
    }

    private record Directory(String path, StoreStat stat) {}

    private record Found(String name, StoreStat stat) {}

    /** The directory that the first {@code count} names lead to; empty if it is missing or no directory. */
    private Optional<Directory> directory(PosixIdentity who, List<String> hostNames, int count) {
        String path = String.join("/", hostNames.subList(0, count));
        Optional<StoreStat> exact = volume.stat(who, path);
        if (exact.isPresent()) {
            return exact.filter(StoreStat::isDirectory).map(stat -> new Directory(path, stat));
        }
        if (count == 0) {
            return Optional.empty();
        }
        return directory(who, hostNames, count - 1)
                .flatMap(parent -> find(who, parent, hostNames.get(count - 1))
                        .filter(found -> found.stat().isDirectory())
                        .map(found -> new Directory(HostPaths.join(parent.path(), found.name()), found.stat())));
    }

    /** The entry of {@code parent} that is {@code hostName}, or is so but for case. */
    private Optional<Found> find(PosixIdentity who, Directory parent, String hostName) {
        Optional<StoreStat> exact = volume.stat(who, HostPaths.join(parent.path(), hostName));
        if (exact.isPresent()) {
            return Optional.of(new Found(hostName, exact.get()));
        }
        return findOther(who, parent, hostName);
    }

    private Optional<Found> findOther(PosixIdentity who, Directory parent, String hostName) {
        for (String candidate : indexes.lookup(who, parent.path(), parent.stat(), hostName)) {
            Optional<StoreStat> stat = volume.stat(who, HostPaths.join(parent.path(), candidate));
            if (stat.isPresent()) {
                return Optional.of(new Found(candidate, stat.get()));
            }
        }
        return Optional.empty();
    }

    private Outcome<ResolvedPath> found(
            String hostParent, String hostName, Optional<StoreStat> parent, Optional<StoreStat> stat) {
        StringBuilder clientPath = new StringBuilder();
        for (String name : HostPaths.join(hostParent, hostName).split("/", -1)) {
            clientPath.append(clientPath.length() == 0 ? "" : "\\").append(clientName(name));
        }
        return new Outcome.Done<>(new ResolvedPath(hostParent, hostName, clientPath.toString(), parent, stat));
    }

    @Override
    public void nameAdded(String hostParent, String hostName) {
        // nothing to do: the indexes hear of all changes of the host, and ours are among them
    }

    @Override
    public void nameRemoved(String hostParent, String hostName) {
        // as nameAdded
    }

    @Override
    public String hostName(String clientName) {
        return HostNames.toHost(clientName);
    }

    @Override
    public String clientName(String hostName) {
        return HostNames.toClient(hostName);
    }

    @Override
    public void close() {
        indexes.close();
    }
}
