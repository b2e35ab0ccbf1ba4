package org.smbd.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a server is told when it starts; nothing changes afterwards, a reload makes another one.
 *
 * @param names what the server calls itself
 * @param listen where connections are accepted
 * @param protocol the dialects offered
 * @param security who is believed, and how traffic is protected
 * @param limits every bound on what clients may take
 * @param directories where the server keeps its own state
 * @param log what is logged, and where
 * @param net threads
 * @param shares what is served, [homes] among them
 * @param refusedShares what the configuration names and is not served, with the reason
 * @param changeNotify whether clients are told of changes in directories
 * @param leases which leases are granted
 * @param persistentHandles whether opens may outlive the server
 * @param testControls whether clients may make a connection behave as if it were broken, which only tests want
 */
public record ServerConfig(
        Names names,
        Listen listen,
        Protocol protocol,
        Security security,
        Limits limits,
        Directories directories,
        Log log,
        Net net,
        List<ShareConfig> shares,
        List<RefusedShare> refusedShares,
        ChangeNotify changeNotify,
        Leases leases,
        boolean persistentHandles,
        boolean testControls) {
    public ServerConfig {
        shares = List.copyOf(shares);
        refusedShares = List.copyOf(refusedShares);
    }

    /**
     * Reads an smb.conf.
     *
     * @throws ConfigException if it is wrong
     */
    public static LoadedConfig load(Path file) {
        SmbConfReader reader = new SmbConfReader(ServerVariables.ofHost());
        reader.readFile(file);
        return ConfigLoader.load(reader);
    }

    /** Builds a configuration parameter by parameter, as an embedding program does. */
    public static ServerConfigBuilder builder() {
        return new ServerConfigBuilder();
    }

    /** The share of that name, if it is served; case does not matter. Not [homes]. */
    public Optional<ShareConfig> share(String name) {
        return shares.stream()
                .filter(share -> !share.isHomes() && share.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The section that stands for home directories. */
    public Optional<ShareConfig> homes() {
        return shares.stream().filter(ShareConfig::isHomes).findFirst();
    }

    /** Why a share that the configuration names is not served. */
    public Optional<RefusedShare> refusal(String name) {
        return refusedShares.stream()
                .filter(share -> share.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
