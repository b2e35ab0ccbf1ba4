package org.smbd.server.raw;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Smb2Command;

/**
 * A client whose server is killed under load, again and again.
 *
 * <p>{@code RestartTrial PORT SHARE USER PASSWORD TIMES SEED}. It holds two persistent opens and a durable one.
 * Whenever it has come back to a new server it says so on a line.
 */
public final class RestartTrial {
    private static final int CONNECT_TRIES = 1200;
    private static final int CONNECT_PAUSE_MILLIS = 50;

    private final DurableLoad persistent;
    private final List<DurableLoad.Durable> files = List.of(
            new DurableLoad.Durable("persistent1", DurableLoad.Promise.PERSISTENT),
            new DurableLoad.Durable("persistent2", DurableLoad.Promise.PERSISTENT));
    private final int port;

    private RestartTrial(String[] args) {
        Random random = new Random(Long.parseLong(args[5]));
        port = Integer.parseInt(args[0]);
        persistent = new DurableLoad(port, args[1], args[2], args[3], random, files);
    }

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        if (args.length != 6) {
            System.err.println("usage: RestartTrial PORT SHARE USER PASSWORD TIMES SEED");
            System.exit(2);
        }
        new RestartTrial(args).run(Integer.parseInt(args[4]));
    }

    private void run(int times) throws Exception {
        persistent.begin();
        DurableLoad.Durable durable = durable(0); // only this one is lost
        System.out.println("begun");
        for (int i = 1; i <= times; i++) {
            loadUntilKilled();
            reconnect(persistent.session().id());
            strangersAreRefused();
            for (DurableLoad.Durable file : files) {
                persistent.comeBack(file);
            }
            persistent.tryToComeBack(durable, 0).expect(NtStatus.OBJECT_NAME_NOT_FOUND);
            durable = durable(i);
            System.out.println("back " + i);
        }
        persistent.end();
        System.out.println(times + " kills, " + persistent.writes() + " writes");
    }

    private DurableLoad.Durable durable(int number) throws IOException {
        DurableLoad.Durable durable = new DurableLoad.Durable("durable" + number, DurableLoad.Promise.VERSION_2);
        persistent.open(durable);
        return durable;
    }

    private void loadUntilKilled() throws IOException {
        while (true) {
            try {
                persistent.load(100);
            } catch (IOException killed) {
                persistent.client().close();
                return;
            }
        }
    }

    private void reconnect(long previousSessionId) throws Exception {
        for (int i = 0; ; i++) {
            try {
                persistent.connect(previousSessionId);
                return;
            } catch (IOException notYet) {
                if (i == CONNECT_TRIES) {
                    throw notYet;
                }
                Thread.sleep(CONNECT_PAUSE_MILLIS);
            }
        }
    }

    private void strangersAreRefused() throws IOException {
        try (RawClient stranger = new RawClient(port)) {
            RawSession strangers = persistent.stranger(stranger);
            for (DurableLoad.Durable file : files) {
                stranger.call(strangers, Smb2Command.CREATE, RawClient.create(file.name(), 0))
                        .expect(NtStatus.FILE_NOT_AVAILABLE);
            }
        }
    }
}
