package org.smbd.server.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that a directory tree holds on disk but times of access and of change: names, facts, bytes, attributes. */
final class DiskState {
    private DiskState() {}

    /** A line for each name below {@code root}. */
    static Map<String, String> of(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(root)) {
            paths = tree.toList();
        }
        Map<String, String> state = new TreeMap<>();
        for (Path path : paths) {
            state.put(root.relativize(path).toString(), line(path));
        }
        return state;
    }

    private static String line(Path path) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(path, "unix:mode,uid,gid,nlink,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        StringBuilder line = new StringBuilder(new TreeMap<>(facts).toString());
        if (Files.isSymbolicLink(path)) {
            return line.append(Files.readSymbolicLink(path)).toString();
        }
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        for (String name : view.list().stream().sorted().toList()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            line.append(' ').append(name).append('=').append(HexFormat.of().formatHex(value.array()));
        }
        return Files.isRegularFile(path)
                ? line.append(' ')
                        .append(Arrays.hashCode(Files.readAllBytes(path)))
                        .toString()
                : line.toString();
    }
}
