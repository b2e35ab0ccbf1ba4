package org.smbd.protocol.rpc.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A key of the registry that remote tools read. MS-RRP 3.1.1.1 Key. It is filled once, then only read. */
final class RegistryKey {
    /** MS-RRP 3.1.1.5: REG_SZ, REG_DWORD. */
    private static final int REG_SZ = 1;

    private static final int REG_DWORD = 4;

    /**
     * A named value.
     *
     * @param type one of the REG constants
     */
    record Value(String name, int type, byte[] data) {}

    private final String name;
    private final List<RegistryKey> children = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    RegistryKey(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<RegistryKey> children() {
        return Collections.unmodifiableList(children);
    }

    List<Value> values() {
        return Collections.unmodifiableList(values);
    }

    /** The key of a path below this one, made where it is not there. */
    RegistryKey make(String path) {
        RegistryKey key = this;
        for (String part : path.split("\\\\", -1)) {
            RegistryKey parent = key;
            key = parent.child(part).orElseGet(() -> {
                RegistryKey made = new RegistryKey(part);
                parent.children.add(made);
                return made;
            });
        }
        return key;
    }

    RegistryKey text(String valueName, String text) {
        values.add(new Value(valueName, REG_SZ, (text + '\0').getBytes(StandardCharsets.UTF_16LE)));
        return this;
    }

    RegistryKey number(String valueName, int number) {
        byte[] data = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
        values.add(new Value(valueName, REG_DWORD, data));
        return this;
    }

    /** The key of a path below this one; this one for an empty path. */
    Optional<RegistryKey> find(String path) {
        Optional<RegistryKey> key = Optional.of(this);
        for (String part : path.split("\\\\", -1)) {
            key = part.isEmpty() ? key : key.flatMap(parent -> parent.child(part));
        }
        return key;
    }

    private Optional<RegistryKey> child(String childName) {
        return children.stream()
                .filter(child -> child.name.equalsIgnoreCase(childName))
                .findFirst();
    }

    Optional<Value> value(String valueName) {
        return values.stream()
                .filter(value -> value.name.equalsIgnoreCase(valueName))
                .findFirst();
    }
}
