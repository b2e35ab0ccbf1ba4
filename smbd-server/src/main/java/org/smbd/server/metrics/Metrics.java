package org.smbd.server.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.smbd.protocol.smb2.Smb2Command;

/** The counters of one server. */
public final class Metrics {
    private final Map<Smb2Command, CommandCounter> commands = new EnumMap<>(Smb2Command.class);

    public Metrics() {
        for (Smb2Command command : Smb2Command.values()) {
            commands.put(command, new CommandCounter());
        }
    }

    /** The counter of a command. */
    public CommandCounter of(Smb2Command command) {
        return commands.get(command);
    }

    /** All of them. */
    public Map<Smb2Command, CommandCounter> commands() {
        return Collections.unmodifiableMap(commands);
    }
}
