package org.smbd.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ServerConfigBuilder;
import org.smbd.server.control.ControlServer;

/** As an embedding program would have it. */
final class ServerInProcess extends ServerUnderTest {
    private final SmbServer server;
    private final ControlServer control;
    private final int port;

    private ServerInProcess(ServerConfig config, SmbServer server) throws IOException {
        super(config);
        this.server = server;
        this.port = server.start().get(0).address().getPort();
        this.control = ControlServer.start(config.directories().controlSocket(), server);
    }

    static ServerInProcess start(Map<String, String> global, Map<String, String> data) throws IOException {
        ServerConfigBuilder builder = ServerConfig.builder();
        global.forEach(builder::set);
        ServerConfig config = builder.share("data", data).build();
        config.directories().create();
        return new ServerInProcess(config, SmbServer.builder(config).build());
    }

    @Override
    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        control.close();
        server.stop(Duration.ofSeconds(5));
    }
}
