package org.smbd.vfs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.Volume;

/** A volume on which operations of open files fail on demand. */
final class FaultyVolume {
    private final Map<String, NtStatus> faults = new ConcurrentHashMap<>();

    /** From now on the method of {@link StoreFile} does its work and then reports {@code status}. */
    void fail(String method, NtStatus status) {
        faults.put(method, status);
    }

    Volume around(Volume volume) {
        return proxy(Volume.class, (method, arguments) -> {
            Object[] inner = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < inner.length; i++) {
                if (inner[i] instanceof StoreFile file && Proxy.isProxyClass(file.getClass())) {
                    inner[i] = ((Wrapped) Proxy.getInvocationHandler(file)).target();
                }
            }
            Object result = method.invoke(volume, inner);
            if (result instanceof java.util.Optional<?> found
                    && found.isPresent()
                    && found.get() instanceof StoreFile f) {
                return java.util.Optional.of(around(f));
            }
            return result instanceof StoreFile file ? around(file) : result;
        });
    }

    private StoreFile around(StoreFile file) {
        return (StoreFile) Proxy.newProxyInstance(
                StoreFile.class.getClassLoader(), new Class<?>[] {StoreFile.class}, new Wrapped(file, faults));
    }

    private record Wrapped(StoreFile target, Map<String, NtStatus> faults)
            implements java.lang.reflect.InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object result = unwrapped(() -> method.invoke(target, arguments));
            NtStatus fault = faults.get(method.getName());
            if (fault != null) {
                throw fault.exception();
            }
            return result;
        }
    }

    private interface Calling {
        Object call() throws ReflectiveOperationException;
    }

    private interface Handling {
        Object handle(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static Object unwrapped(Calling calling) throws Throwable {
        try {
            return calling.call();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Handling handling) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> unwrapped(() -> handling.handle(method, arguments))));
    }
}
