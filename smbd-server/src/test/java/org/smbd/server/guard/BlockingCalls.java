package org.smbd.server.guard;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import reactor.blockhound.BlockHound;

/** Collects the calls of event loops that may block. They are let go on, so that a test fails for one reason. */
final class BlockingCalls {
    private static final String LOOP = "smbd-loop";
    private static final int FRAMES_SHOWN = 40;
    private static final String SYSTEM_CALLS = "org.smbd.vfs.store.Posix";

    /** Locks that others hold for some instructions and never across a wait: of Netty's arenas, of queues of tasks. */
    private static final Map<String, List<String>> SHORT_SECTIONS = Map.of(
            "io.netty.buffer.PoolArena", List.of("lock"),
            "io.netty.buffer.PoolSubpage", List.of("lock"),
            "io.netty.buffer.PoolChunk", List.of("allocateRun", "free"),
            "java.util.concurrent.LinkedBlockingQueue", List.of("offer"),
            "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", List.of("offer", "remove"));

    /** {@code preadNow} reads only what is in memory. */
    private static final Set<String> HARMLESS = Set.of("preadNow", "hasOpenat2");

    private static final ConcurrentLinkedQueue<String> CALLS = new ConcurrentLinkedQueue<>();

    private BlockingCalls() {}

    /** From now on the event loops of all servers are watched. */
    static void watch() {
        BlockHound.Builder builder = BlockHound.builder()
                .nonBlockingThreadPredicate(others -> thread -> thread.getName().startsWith(LOOP));
        for (Method call : systemCalls()) {
            String descriptor = MethodType.methodType(call.getReturnType(), call.getParameterTypes())
                    .toMethodDescriptorString();
            builder.markAsBlocking(SYSTEM_CALLS, call.getName(), descriptor);
        }
        SHORT_SECTIONS.forEach(
                (type, methods) -> methods.forEach(method -> builder.allowBlockingCallsInside(type, method)));
        builder.blockingMethodCallback(method -> {
                    String thread = Thread.currentThread().getName();
                    CALLS.add(method + " in " + thread + stack(new Throwable()));
                })
                .install();
    }

    /** Those that may wait for a disk. */
    private static List<Method> systemCalls() {
        try {
            return Arrays.stream(Class.forName(SYSTEM_CALLS).getDeclaredMethods())
                    .filter(method -> (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0)
                    .filter(method -> !HARMLESS.contains(method.getName()))
                    .toList();
        } catch (ClassNotFoundException moved) {
            throw new LinkageError("where are the system calls?", moved);
        }
    }

    private static String stack(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES_SHOWN)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    /** The calls since the last time. */
    static List<String> take() {
        List<String> calls = new ArrayList<>();
        for (String call = CALLS.poll(); call != null; call = CALLS.poll()) {
            calls.add(call);
        }
        return calls;
    }
}
