package org.smbd.server.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the control socket. Only the server's own user, and root, can open it: mode 0600. */
public final class ControlServer implements AutoCloseable {
    /** Longest request, in bytes. */
    private static final int REQUEST_BYTES_MAX = 4_096;

    /** Askers at a time; a further one is turned away. */
    private static final int THREADS_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final Path socket;
    private final StatusSource source;
    private final ServerSocketChannel listener;
    private final ThreadPoolExecutor threads;

    private ControlServer(Path socket, StatusSource source, ServerSocketChannel listener) {
        this.socket = socket;
        this.source = source;
        this.listener = listener;
        this.threads =
                new ThreadPoolExecutor(0, THREADS_MAX + 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "control");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Starts to listen; a socket that an earlier process left behind is replaced.
     *
     * @throws IOException if the directory cannot be written, or the path is longer than a socket's may be
     */
    public static ControlServer start(Path socket, StatusSource source) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Bound where nobody else can enter and moved into place with its mode set: at no time is it open to
            // others.
            Path closed = Files.createTempDirectory(
                    socket.getParent(),
                    "c",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Path bound = closed.resolve("s");
                listener.bind(UnixDomainSocketAddress.of(bound));
                Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
                Files.move(bound, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(closed.resolve("s"));
                Files.deleteIfExists(closed);
            }
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        ControlServer server = new ControlServer(socket, source, listener);
        server.threads.execute(server::accept);
        return server;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        Files.deleteIfExists(socket);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                hand(client);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("the control socket {} fails: {}", socket, e.toString());
                return;
            }
        }
    }

    private void hand(SocketChannel client) throws IOException {
        try {
            threads.execute(() -> serve(client));
        } catch (RejectedExecutionException e) {
            client.close();
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            String answer = answer(readLine(Channels.newInputStream(client)));
            ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException e) {
            LOG.debug("a control client went away: {}", e.toString());
        }
    }

    private String answer(String request) throws IOException {
        String command = command(request);
        return command.equals("status") ? StatusJson.write(source.status()) : "{\"error\":\"unknown command\"}";
    }

    /** The value of "command" in a flat object; empty if the request is anything else. */
    private static String command(String request) {
        try (JsonParser parser = JSON.createParser(request)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            String command = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("command")) {
                    command = parser.getText();
                }
                parser.skipChildren();
            }
            return command;
        } catch (IOException e) {
            return "";
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < REQUEST_BYTES_MAX) {
            int b = in.read();
            if (b < 0 || b == '\n') {
                break;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
