package org.smbd.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.server.SmbServer;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.control.ControlServer;

/** A server from its start to its end: bound, announced, asked for its status, told to stop, drained. */
final class Daemon {
    /** How long requests in progress may take after SIGTERM; below the ten seconds in which the process must end. */
    static final Duration DRAIN = Duration.ofSeconds(8);

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final ServerConfig config;
    private final PrintStream out;
    private final ServiceManager manager = ServiceManager.ofEnvironment();
    private final CountDownLatch stopping = new CountDownLatch(1);

    Daemon(ServerConfig config, PrintStream out) {
        this.config = config;
        this.out = out;
    }

    /**
     * Runs until {@link #stop} is called.
     *
     * @param announcement what to say between the listeners and {@code ready}
     * @throws IOException if a listener cannot be bound, or a directory not be written
     */
    void run(Consumer<List<SmbServer.Endpoint>> announcement) throws IOException {
        config.directories().create();
        SmbServer server = SmbServer.builder(config).build();
        List<SmbServer.Endpoint> endpoints = server.start();
        String user = System.getProperty("user.name");
        if (!user.equals("root")) {
            LOG.info("not started as root: whoever logs in, files are touched as {}", user);
        }
        Path pidFile = config.directories().pid().resolve("smbd.pid");
        ControlServer control = null;
        try {
            control = ControlServer.start(config.directories().controlSocket(), server);
            Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
            endpoints.forEach(endpoint -> out.println("listening " + describe(endpoint)));
            announcement.accept(endpoints);
            out.println("ready");
            out.flush();
            manager.tell(ServiceManager.READY);
            stopping.await();
            LOG.info("stopping");
            manager.tell(ServiceManager.STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop(DRAIN);
            if (control != null) {
                control.close();
            }
            Files.deleteIfExists(pidFile);
        }
    }

    /** The kind and the address, as scripts read it: {@code tcp 127.0.0.1:445}. */
    static String describe(SmbServer.Endpoint endpoint) {
        String host = endpoint.address().getAddress().getHostAddress();
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return endpoint.transport() + " " + bracketed + ":" + endpoint.address().getPort();
    }

    /** Ends {@link #run}; false if that was asked for before. */
    boolean stop() {
        boolean first = stopping.getCount() > 0;
        stopping.countDown();
        return first;
    }

    /** The first signal drains; a second one ends the process at once, and so does a drain that takes too long. */
    void stopOnSignals() {
        TerminationSignals.handle(() -> {
            if (!stop()) {
                Runtime.getRuntime().halt(ExitStatus.SUCCESS);
            }
            Thread watchdog = new Thread(Daemon::haltLate, "watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        });
    }

    private static void haltLate() {
        try {
            Thread.sleep(DRAIN.plusSeconds(1).toMillis());
        } catch (InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(ExitStatus.SUCCESS);
    }
}
