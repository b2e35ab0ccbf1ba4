package org.smbd.vfs.name;

import java.util.Optional;
import java.util.function.Function;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.StoreStat;

/** Finds the file that a client means: case-insensitive, case-preserving, never outside the share. */
public interface PathResolver {
    /**
     * Walks {@code clientPath} (backslashes, no leading one).
     *
     * <p>A vetoed name is one that is missing, and can be neither opened nor made. Fails with OBJECT_NAME_INVALID (a
     * name that Windows forbids, a lone surrogate), OBJECT_PATH_NOT_FOUND (a parent is missing), OBJECT_PATH_SYNTAX_BAD
     * ({@code ..} above the root) and so on; a missing last name is no failure.
     */
    Outcome<ResolvedPath> resolve(PosixIdentity who, String clientPath);

    /**
     * The path as it is if every name is on disk as the client writes it; the host is not asked, no facts are looked
     * for. Fails as {@link #resolve} where the path itself is wrong.
     */
    Outcome<ResolvedPath> exactly(String clientPath);

    /**
     * As {@link #resolve}, for a path, not the root's, that is hardly there {@link #exactly} so; what comes back
     * without facts of the file has those of its parent.
     */
    Outcome<ResolvedPath> search(PosixIdentity who, String clientPath);

    /** As {@link #search}, for a name that must be new: one in the other form of an accent is another name. */
    Outcome<ResolvedPath> searchNew(PosixIdentity who, String clientPath);

    /** The same files for an open with POSIX semantics: every name is as it is on the host, and case counts. */
    PathResolver posix();

    /** Whether case counts. */
    boolean isCaseSensitive();

    /** Whether no client may see or reach a file of this name of the host. */
    boolean isVetoed(String hostName);

    /**
     * The 8.3 names of the files in a directory.
     *
     * @param hostPath of the directory
     * @param stat its facts, not older than this call
     * @return from a name of the host to its short name, empty where it has none; reads the directory when it must
     */
    Function<String, Optional<String>> shortNames(PosixIdentity who, String hostPath, StoreStat stat);

    /** Told by the file service after each change of its own, so that an index stays true without a scan. */
    void nameAdded(String hostParent, String hostName);

    /** As {@link #nameAdded}, for a name that is gone. */
    void nameRemoved(String hostParent, String hostName);

    /** The name that a new file would get on the host if a client called it {@code clientName}. */
    String hostName(String clientName);

    /** The name that clients see for a name of the host. */
    String clientName(String hostName);
}
