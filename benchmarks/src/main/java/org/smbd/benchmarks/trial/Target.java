package org.smbd.benchmarks.trial;

import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.share.DiskShare;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Where a trial connects to.
 *
 * @param host name or address
 * @param port TCP port
 * @param share name of the share
 */
record Target(String host, int port, String share) {
    private static final int TIMEOUT_SECONDS = 60;

    /** Reads {@code HOST:PORT/SHARE}. */
    static Target parse(String text) {
        int colon = text.lastIndexOf(':');
        int slash = text.indexOf('/', colon);
        return new Target(
                text.substring(0, colon),
                Integer.parseInt(text.substring(colon + 1, slash)),
                text.substring(slash + 1));
    }

    /** A new connection with a session of {@code user} and the share. */
    Mount mount(String user, String password) throws IOException {
        SMBClient client = new SMBClient(SmbConfig.builder()
                .withTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .withSoTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build());
        Connection connection = client.connect(host, port);
        AuthenticationContext who = new AuthenticationContext(user, password.toCharArray(), null);
        return new Mount(client, (DiskShare) connection.authenticate(who).connectShare(share));
    }

    /**
     * One connection and its share.
     *
     * @param client owns the connection
     * @param share the connected share
     */
    record Mount(SMBClient client, DiskShare share) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }
}
