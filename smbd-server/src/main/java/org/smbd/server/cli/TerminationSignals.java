package org.smbd.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGTERM and SIGINT.
 *
 * <p>A shutdown hook would end the process with 143 and make it deaf to a second signal. The JDK's only other way is
 * {@code sun.misc.Signal}, in the supported module jdk.unsupported; javac cannot name it without a warning, so it is
 * found by name. Where it is missing, a signal ends the process as Java's default does.
 */
final class TerminationSignals {
    private TerminationSignals() {}

    /** Calls the handler, on a thread of the JVM, each time one of the signals arrives. */
    static boolean handle(Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    handler.run();
                    return null;
                }
                return switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> "TerminationSignals";
                };
            };
            Object proxy = Proxy.newProxyInstance(
                    TerminationSignals.class.getClassLoader(), new Class<?>[] {signalHandler}, invocation);
            for (String name : new String[] {"TERM", "INT"}) {
                signal.getMethod("handle", signal, signalHandler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
