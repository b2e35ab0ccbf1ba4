package org.smbd.server.raw;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A client whose connection is cut under load, again and again.
 *
 * <p>{@code ReconnectTrial PORT SHARE USER PASSWORD TIMES PAUSE-MILLIS SEED}. It holds a durable open of each version.
 */
public final class ReconnectTrial {
    private ReconnectTrial() {}

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        if (args.length != 7) {
            System.err.println("usage: ReconnectTrial PORT SHARE USER PASSWORD TIMES PAUSE-MILLIS SEED");
            System.exit(2);
        }
        Random random = new Random(Long.parseLong(args[6]));
        List<DurableLoad.Durable> files = List.of(
                new DurableLoad.Durable("version1", DurableLoad.Promise.VERSION_1),
                new DurableLoad.Durable("version2", DurableLoad.Promise.VERSION_2));
        DurableLoad load = new DurableLoad(Integer.parseInt(args[0]), args[1], args[2], args[3], random, files);
        load.begin();
        int times = Integer.parseInt(args[4]);
        for (int i = 0; i < times; i++) {
            load.load(50 + random.nextInt(400));
            RawClient lost = load.client();
            cut(lost, i);
            Thread.sleep(Long.parseLong(args[5]));
            load.connect(load.session().id());
            for (DurableLoad.Durable file : files) {
                load.comeBack(file);
            }
            lost.close();
        }
        load.end();
        System.out.println(times + " cuts, " + load.writes() + " writes");
    }

    /** In turn: reset, closed, and left alone, as when a cable is pulled: the server goes on with what it received. */
    private static void cut(RawClient client, int number) throws IOException {
        switch (number % 3) {
            case 0 -> client.reset();
            case 1 -> client.close();
            default -> {}
        }
    }
}
