package org.smbd.vfs.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The directories that the kernel tells of, by place and by the kernel's number; two places may be one directory. Not
 * safe for several threads.
 */
final class WatchedDirectories {
    /** Kernel memory is not ours to fill: some 8 MiB. Larger trees are not watched in whole. */
    private static final int DIRECTORIES_MAX = 8_192;

    private static final class Directory {
        final int watch;
        final WatchedPlace place;
        /** Who wants it, and whether its subdirectories, too. */
        final IdentityHashMap<Object, Boolean> owners = new IdentityHashMap<>();

        Directory(int watch, WatchedPlace place) {
            this.watch = watch;
            this.place = place;
        }
    }

    private final TreeMap<String, Directory> byLocation = new TreeMap<>();
    private final Map<Integer, List<Directory>> byWatch = new HashMap<>();

    boolean isEmpty() {
        return byLocation.isEmpty();
    }

    boolean isFull() {
        return byLocation.size() >= DIRECTORIES_MAX;
    }

    boolean contains(String location) {
        return byLocation.containsKey(location);
    }

    /** Adds an owner of a directory that is there; false if it is not. */
    boolean join(String location, Object owner, boolean tree) {
        Directory directory = byLocation.get(location);
        if (directory != null) {
            directory.owners.merge(owner, tree, Boolean::logicalOr);
        }
        return directory != null;
    }

    void add(int watch, WatchedPlace place, Object owner, boolean tree) {
        Directory directory = new Directory(watch, place);
        directory.owners.put(owner, tree);
        byLocation.put(place.location(), directory);
        byWatch.computeIfAbsent(watch, none -> new ArrayList<>(1)).add(directory);
    }

    boolean isOwner(String location, Object owner) {
        Directory directory = byLocation.get(location);
        return directory != null && directory.owners.containsKey(owner);
    }

    List<Object> treeOwners(String location) {
        Directory directory = byLocation.get(location);
        List<Object> owners = new ArrayList<>();
        if (directory != null) {
            directory.owners.forEach((owner, tree) -> {
                if (tree) {
                    owners.add(owner);
                }
            });
        }
        return owners;
    }

    List<WatchedPlace> places(int watch) {
        List<WatchedPlace> places = new ArrayList<>(1);
        byWatch.getOrDefault(watch, List.of()).forEach(directory -> places.add(directory.place));
        return places;
    }

    List<String> locations() {
        return new ArrayList<>(byLocation.keySet());
    }

    /** Takes an owner from all directories; returns the numbers that nobody wants any more. */
    List<Integer> leave(Object owner) {
        List<Directory> left = new ArrayList<>();
        for (Directory directory : byLocation.values()) {
            if (directory.owners.remove(owner) != null && directory.owners.isEmpty()) {
                left.add(directory);
            }
        }
        return remove(left);
    }

    /** Forgets a directory and all below it; returns the numbers that nobody wants any more. */
    List<Integer> forgetBelow(String location) {
        List<Directory> gone = new ArrayList<>(
                byLocation.subMap(location + "/", location + "0").values()); // '0' is the character behind '/'
        Directory itself = byLocation.get(location);
        if (itself != null) {
            gone.add(itself);
        }
        return remove(gone);
    }

    /** The kernel has ended a watch. */
    void lost(int watch) {
        for (Directory directory : byWatch.getOrDefault(watch, List.of())) {
            byLocation.remove(directory.place.location(), directory);
        }
        byWatch.remove(watch);
    }

    private List<Integer> remove(List<Directory> directories) {
        List<Integer> unused = new ArrayList<>();
        for (Directory directory : directories) {
            byLocation.remove(directory.place.location(), directory);
            List<Directory> same = byWatch.get(directory.watch);
            if (same != null && same.remove(directory) && same.isEmpty()) {
                byWatch.remove(directory.watch);
                unused.add(directory.watch);
            }
        }
        return unused;
    }

    void clear() {
        byLocation.clear();
        byWatch.clear();
    }
}
