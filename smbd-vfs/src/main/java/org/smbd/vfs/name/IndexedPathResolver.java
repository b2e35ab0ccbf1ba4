package org.smbd.vfs.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private final NameRules rules;
    private final DirectoryIndexes indexes;
    private final PathResolver posix;

    /** For the names of {@code volume}. */
    public IndexedPathResolver(Volume volume) {
        this(volume, NameOptions.DEFAULT);
    }

    /** With what a share's configuration says of names. */
    public IndexedPathResolver(Volume volume, NameOptions options) {
        this(volume, options, IndexLimits.DEFAULT);
    }

    /** With other bounds of the memory that the indexes take. */
    public IndexedPathResolver(Volume volume, NameOptions options, IndexLimits limits) {
        this.volume = volume;
        this.rules = new NameRules(options, false);
        this.indexes = new DirectoryIndexes(volume, rules, limits);
        this.posix = new IndexedPathResolver(volume, rules.posix(), indexes);
    }

    private IndexedPathResolver(Volume volume, NameRules rules, DirectoryIndexes indexes) {
        this.volume = volume;
        this.rules = rules;
        this.indexes = indexes;
        this.posix = this;
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
        return parsed(clientPath, names -> search(who, names, true));
    }

    @Override
    public Outcome<ResolvedPath> searchNew(PosixIdentity who, String clientPath) {
        return parsed(clientPath, names -> search(who, names, false));
    }

    /** What is done with the exact host names of a path. */
    private interface Resolution {
        Outcome<ResolvedPath> of(List<String> hostNames);
    }

    private Outcome<ResolvedPath> parsed(String clientPath, Resolution resolution) {
        Outcome<List<String>> parsed = ClientPath.parse(clientPath, rules);
        if (parsed instanceof Outcome.Fail<List<String>> fail) {
            return new Outcome.Fail<>(fail.status());
        }
        List<String> hostNames = new ArrayList<>(((Outcome.Done<List<String>>) parsed).value());
        hostNames.replaceAll(rules::toHost);
        for (int i = 0; i < hostNames.size(); i++) {
            if (rules.isVetoed(hostNames.get(i))) {
                boolean last = i == hostNames.size() - 1;
                return new Outcome.Fail<>(last ? NtStatus.OBJECT_NAME_NOT_FOUND : NtStatus.OBJECT_PATH_NOT_FOUND);
            }
        }
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
            return search(who, hostNames, true);
        }
        String name = hostNames.isEmpty() ? "" : hostNames.get(hostNames.size() - 1);
        return found(parent(hostNames), name, Optional.empty(), exact);
    }

    /** @param otherForm whether a name in the other form of an accent is the same, too */
    private Outcome<ResolvedPath> search(PosixIdentity who, List<String> hostNames, boolean otherForm) {
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
        Optional<Found> other = parentIsExact
                ? findOther(who, directory.get(), name, otherForm)
                : find(who, directory.get(), name, otherForm);
        Optional<StoreStat> parent = Optional.of(directory.get().stat());
        return other.isPresent()
                ? found(
                        hostParent,
                        other.get().name(),
                        parent,
                        Optional.of(other.get().stat()))
                : found(hostParent, newName(who, directory.get(), name), parent, Optional.empty());
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
                .flatMap(parent -> find(who, parent, hostNames.get(count - 1), true)
                        .filter(found -> found.stat().isDirectory())
                        .map(found -> new Directory(HostPaths.join(parent.path(), found.name()), found.stat())));
    }

    /** The entry of {@code parent} that is {@code hostName}, or is the same for clients. */
    private Optional<Found> find(PosixIdentity who, Directory parent, String hostName, boolean otherForm) {
        Optional<StoreStat> exact = volume.stat(who, HostPaths.join(parent.path(), hostName));
        if (exact.isPresent()) {
            return Optional.of(new Found(hostName, exact.get()));
        }
        return findOther(who, parent, hostName, otherForm);
    }

    /** First those that differ in case only, then the other forms of an accent, last a short name. */
    private Optional<Found> findOther(PosixIdentity who, Directory parent, String hostName, boolean otherForm) {
        if (!rules.isCaseSensitive()) {
            List<String> candidates = indexes.lookup(who, parent.path(), parent.stat(), hostName);
            Optional<Found> found = firstOf(
                            who, parent, candidates.stream().filter(name -> rules.isSame(name, hostName)))
                    .or(() -> otherForm ? firstOf(who, parent, candidates.stream()) : Optional.empty());
            if (found.isPresent()) {
                return found;
            }
        }
        return ShortNames.isMadeUp(hostName) && rules.hasShortNames()
                ? index(who, parent).flatMap(index -> firstOf(who, parent, index.findShort(hostName).stream()))
                : Optional.empty();
    }

    /** The name that a file gets which is made now. */
    private String newName(PosixIdentity who, Directory parent, String hostName) {
        Optional<String> former = ShortNames.isMadeUp(hostName) && rules.hasShortNames()
                ? index(who, parent).flatMap(index -> index.findGone(hostName))
                : Optional.empty();
        return former.orElseGet(() -> rules.ofNew(hostName));
    }

    private Optional<DirectoryIndex> index(PosixIdentity who, Directory directory) {
        return indexes.index(who, directory.path(), directory.stat());
    }

    private Optional<Found> firstOf(PosixIdentity who, Directory parent, Stream<String> candidates) {
        return candidates
                .filter(name -> !rules.isVetoed(name))
                .flatMap(name -> volume.stat(who, HostPaths.join(parent.path(), name)).stream()
                        .map(stat -> new Found(name, stat)))
                .findFirst();
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
        return rules.ofNew(rules.toHost(clientName));
    }

    @Override
    public String clientName(String hostName) {
        return rules.toClient(hostName);
    }

    @Override
    public PathResolver posix() {
        return posix;
    }

    @Override
    public boolean isCaseSensitive() {
        return rules.isCaseSensitive();
    }

    @Override
    public boolean isVetoed(String hostName) {
        return rules.isVetoed(hostName);
    }

    @Override
    public Function<String, Optional<String>> shortNames(PosixIdentity who, String hostPath, StoreStat stat) {
        return hostName -> rules.hasShortName(hostName)
                ? indexes.index(who, hostPath, stat).flatMap(index -> index.shortName(hostName))
                : Optional.empty();
    }

    @Override
    public void close() {
        indexes.close();
    }
}
