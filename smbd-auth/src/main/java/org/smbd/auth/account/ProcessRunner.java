package org.smbd.auth.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs small programs of the host and waits for them, for a limited time. */
final class ProcessRunner implements UnixDirectory.CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
    private static final int TIMEOUT_SECONDS = 10;
    /** A group of a directory service may have thousands of members in its line. */
    private static final int OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

    @Override
    public List<String> run(String... words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return output(process, words[0]);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("cannot run {}, which looks up the host's users and groups: {}", words[0], e.toString());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** The watchdog ends the process, which ends the read. */
    private static List<String> output(Process process, String program) throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.onExit()
                .completeOnTimeout(null, TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenAccept(exited -> {
                    if (exited == null) {
                        LOG.warn("{} did not answer within {} seconds", program, TIMEOUT_SECONDS);
                        process.destroyForcibly();
                    }
                });
        byte[] bytes;
        try (InputStream in = process.getInputStream()) {
            bytes = in.readNBytes(OUTPUT_BYTES_MAX);
        }
        // getent ends with 2 where one key of several is unknown: what it printed counts, not how it ended.
        process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
}
