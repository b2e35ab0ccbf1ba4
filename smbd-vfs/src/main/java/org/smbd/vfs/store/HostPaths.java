package org.smbd.vfs.store;

import org.smbd.core.status.NtStatus;

/** Takes apart the paths of a {@link Volume}: host names joined by {@code /}, "" is the root. */
public final class HostPaths {
    private HostPaths() {}

    /** The path of the parent directory; "" for a name in the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The last name. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of {@code name} in {@code parent}. */
    public static String join(String parent, String name) {
        return parent.isEmpty() ? name : parent + "/" + name;
    }

    /** Refuses what is no path of host names: {@code ..}, {@code .}, an empty name, NUL. The store's own last line. */
    static void check(String path) {
        if (path.isEmpty()) {
            return;
        }
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                int length = i - start;
                boolean dots = length <= 2 && path.substring(start, i).chars().allMatch(c -> c == '.');
                if (dots) { // "", "." and ".."
                    throw NtStatus.OBJECT_NAME_INVALID.exception();
                }
                start = i + 1;
            } else if (path.charAt(i) == 0) {
                throw NtStatus.OBJECT_NAME_INVALID.exception();
            }
        }
    }

    /** As {@link #check}, for an operation that the root cannot undergo. */
    static void checkName(String path) {
        if (path.isEmpty()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        check(path);
    }
}
