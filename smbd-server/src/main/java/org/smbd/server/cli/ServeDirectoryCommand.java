package org.smbd.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ServerConfigBuilder;
import org.smbd.server.log.Logging;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve DIR}: one directory, one user made for it, no configuration, nothing left behind. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Serves one directory without a configuration, and says how to mount it.")
final class ServeDirectoryCommand implements SmbdCommandLine.Command {
    private static final String USER = "smb";

    /** Without the letters and digits that people take for each other. */
    private static final String PASSWORD_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /** 16 of 57 letters: 93 bits. */
    private static final int PASSWORD_LENGTH = 16;

    private static final int SHARE_NAME_CHARACTERS_MAX = 80;

    private final CommandIo io;

    @Parameters(paramLabel = "DIR", description = "the directory")
    private Path directory;

    @Option(names = "--guest", description = "let everyone in, without a password")
    private boolean guest;

    @Option(names = "--port", paramLabel = "N", description = "the TCP port; without it, a free one")
    private int port;

    ServeDirectoryCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Path served = directory.toRealPath();
        if (!Files.isDirectory(served)) {
            throw new NotDirectoryException(served.toString());
        }
        Path state = Files.createTempDirectory(
                "smbd", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            String password = randomPassword(new SecureRandom());
            String share = shareName(served);
            ServerConfig config = config(served, share, state);
            Logging.configure(config.log());
            config.directories().createPrivate();
            if (!guest) {
                FileAccountStore.open(config.directories().privateDirectory(), Clock.systemUTC())
                        .add(USER, password);
            }
            Daemon daemon = new Daemon(config, io.out());
            daemon.stopOnSignals();
            daemon.run(endpoints ->
                    announce(io.out(), share, endpoints.get(0).address().getPort(), guest ? "" : password));
        } finally {
            delete(state);
        }
        return ExitStatus.SUCCESS;
    }

    private ServerConfig config(Path served, String share, Path state) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("path", served.toString().replace("%", "%%"));
        parameters.put("read only", "no");
        if (guest) {
            parameters.put("guest ok", "yes");
            parameters.put("guest only", "yes");
        }
        if (System.getProperty("user.name").equals("root")) {
            // The account has no Unix user of its own: who owns the directory may use it.
            parameters.put("force user", Files.getOwner(served).getName());
        }
        ServerConfigBuilder builder = ServerConfig.builder()
                .set("server smb transports", "tcp:" + port)
                .set("private dir", state.resolve("private").toString())
                .set("state directory", state.resolve("state").toString())
                .set("lock directory", state.resolve("lock").toString())
                .set("cache directory", state.resolve("cache").toString())
                .set("pid directory", state.resolve("run").toString());
        if (guest) {
            builder.set("map to guest", "Bad Password");
        }
        return builder.share(share, parameters).build();
    }

    /** The commands that mount the share; with an empty password, as a guest. */
    static void announce(PrintStream out, String share, int port, String password) {
        boolean guest = password.isEmpty();
        String host = hostName();
        out.println("Windows (11 24H2 and later; earlier ones know port 445 only):");
        out.println("  net use Z: \\\\" + host + "\\" + share + " /tcpport:" + port
                + (guest ? "" : " /user:" + USER + " " + password));
        out.println("macOS:");
        out.println("  mkdir -p ~/" + share + " && mount_smbfs //" + (guest ? "guest:" : USER + ":" + password) + "@"
                + host + ":" + port + "/" + share + " ~/" + share);
        out.println("Linux:");
        out.println("  sudo mount -t cifs //" + host + "/" + share + " /mnt -o port=" + port
                + (guest ? ",guest" : ",username=" + USER + ",password=" + password) + ",uid=$(id -u)");
        out.println("On this machine:");
        out.println(
                "smbclient //127.0.0.1/" + share + " -p " + port + (guest ? " -N" : " -U " + USER + "%" + password));
    }

    /** The directory's name as far as a share, a shell and a URL take it without quotes. */
    static String shareName(Path directory) {
        Path last = directory.getFileName();
        String name = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9_.-]", "_");
        boolean unfit = name.isEmpty()
                || name.startsWith("-")
                || name.equalsIgnoreCase("homes")
                || name.equalsIgnoreCase("global");
        String usable = unfit ? "share" : name;
        return usable.substring(0, Math.min(usable.length(), SHARE_NAME_CHARACTERS_MAX));
    }

    private static String randomPassword(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(PASSWORD_LETTERS.charAt(random.nextInt(PASSWORD_LETTERS.length())));
        }
        return password.toString();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
