package org.smbd.protocol.rpc.host;

import java.util.Optional;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrReader.StringHeader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;

/**
 * The few keys of the registry that remote tools read to learn what kind of host this is. Nothing can be written.
 * MS-RRP 3.1.5 Message Processing Events and Sequencing Rules.
 */
public final class Winreg implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "winreg";

    /** 338cd001-2244-31f1-aaaa-900038001003, version 1.0: MS-RRP 2.1.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x31F1_2244_338C_D001L, 0x0310_0038_0090_AAAAL), 1);

    /** MS-RRP 3.1.5.24 BaseRegGetVersion. */
    private static final int VERSION = 5;

    private final RegistryKey machine;
    private final RegistryKey empty = new RegistryKey("");
    private final ClientIdentity caller;

    public Winreg(HostFacts facts, ClientIdentity caller) {
        this.caller = caller;
        this.machine = new RegistryKey("");
        machine.make("SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion")
                .text("CurrentVersion", HostFacts.VERSION_MAJOR + "." + HostFacts.VERSION_MINOR)
                .text("ProductName", "smbd")
                .text("SystemRoot", "c:\\windows");
        machine.make("SYSTEM\\CurrentControlSet\\Control\\ProductOptions").text("ProductType", "ServerNT");
        machine.make("SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName")
                .text("ComputerName", facts.computerName());
        machine.make("SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters")
                .text("Hostname", facts.computerName())
                .text("Domain", "");
        machine.make("SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters")
                .number("AutoShareServer", 0);
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 2 -> root(machine, in, out, handles); // OpenLocalMachine
            case 0, 1, 3, 4, 27, 32, 33 -> root(empty, in, out, handles); // the other roots: nothing is below them
            case 5 -> { // BaseRegCloseKey
                handles.close(in.contextHandle());
                out.contextHandle(ContextHandle.NULL);
                out.i32(Win32Error.SUCCESS);
            }
            case 6 -> { // BaseRegCreateKey
                handles.find(in.contextHandle(), RegistryKey.class);
                out.contextHandle(ContextHandle.NULL);
                out.nullPointer(); // lpdwDisposition
                out.i32(Win32Error.ACCESS_DENIED);
            }
            case 7, 8, 22 -> { // BaseRegDeleteKey, BaseRegDeleteValue, BaseRegSetValue
                handles.find(in.contextHandle(), RegistryKey.class);
                out.i32(Win32Error.ACCESS_DENIED);
            }
            case 9 -> enumerateKey(in, out, handles); // BaseRegEnumKey
            case 10 -> enumerateValue(in, out, handles); // BaseRegEnumValue
            case 11 -> { // BaseRegFlushKey
                handles.find(in.contextHandle(), RegistryKey.class);
                out.i32(Win32Error.SUCCESS);
            }
            case 15 -> open(in, out, handles); // BaseRegOpenKey
            case 16 -> information(in, out, handles); // BaseRegQueryInfoKey
            case 17 -> value(in, out, handles); // BaseRegQueryValue
            case 26 -> { // BaseRegGetVersion
                handles.find(in.contextHandle(), RegistryKey.class);
                out.i32(VERSION);
                out.i32(Win32Error.SUCCESS);
            }
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    /** MS-RRP 3.1.5.3 OpenLocalMachine and its like. */
    private void root(RegistryKey key, NdrReader in, NdrWriter out, HandleTable handles) {
        if (in.pointer()) { // ServerName
            in.i16();
        }
        in.i32(); // samDesired
        int status = HostFacts.administratorsOnly(caller);
        out.contextHandle(status == Win32Error.SUCCESS ? handles.open(key) : ContextHandle.NULL);
        out.i32(status);
    }

    /** MS-RRP 3.1.5.15 BaseRegOpenKey. */
    private static void open(NdrReader in, NdrWriter out, HandleTable handles) {
        RegistryKey parent = handles.find(in.contextHandle(), RegistryKey.class);
        Optional<RegistryKey> key = parent.find(name(in)); // lpSubKey
        out.contextHandle(key.map(handles::open).orElse(ContextHandle.NULL));
        out.i32(key.isPresent() ? Win32Error.SUCCESS : Win32Error.FILE_NOT_FOUND);
    }

    /** MS-RRP 2.2.4 RRP_UNICODE_STRING: its length counts a terminator. */
    private static String name(NdrReader in) {
        String text = in.countedString();
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    /** Room that a client has for a name: the fixed part of a string that comes in with a size. */
    private static int room(NdrReader in) {
        StringHeader header = in.countedStringHeader();
        if (header.present()) {
            in.characters(header);
        }
        return header.roomBytes();
    }

    /** MS-RRP 3.1.5.10 BaseRegEnumKey. */
    private static void enumerateKey(NdrReader in, NdrWriter out, HandleTable handles) {
        RegistryKey parent = handles.find(in.contextHandle(), RegistryKey.class);
        int index = in.i32(); // dwIndex
        int room = room(in); // lpNameIn
        boolean wantsClass = in.pointer(); // lpClassIn
        int classRoom = wantsClass ? room(in) : 0;
        boolean wantsTime = in.pointer(); // lpftLastWriteTime
        int status = index < 0 || index >= parent.children().size() ? Win32Error.NO_MORE_ITEMS : Win32Error.SUCCESS;
        String name =
                status == Win32Error.SUCCESS ? parent.children().get(index).name() : "";
        if (2 * (name.length() + 1) > room && status == Win32Error.SUCCESS) {
            status = Win32Error.MORE_DATA;
        }
        name(status == Win32Error.SUCCESS ? name : "", room, out);
        out.deferred();
        if (wantsClass) {
            out.pointer();
            name("", classRoom, out);
            out.deferred();
        } else {
            out.nullPointer();
        }
        if (wantsTime) {
            out.pointer();
            out.i32(0);
            out.i32(0);
        } else {
            out.nullPointer();
        }
        out.i32(status);
    }

    private static void name(String text, int roomBytes, NdrWriter out) {
        String terminated = text + '\0';
        boolean fits = 2 * terminated.length() <= roomBytes;
        out.countedString(fits ? terminated : "", roomBytes);
    }

    /** MS-RRP 3.1.5.11 BaseRegEnumValue. */
    private static void enumerateValue(NdrReader in, NdrWriter out, HandleTable handles) {
        RegistryKey key = handles.find(in.contextHandle(), RegistryKey.class);
        int index = in.i32(); // dwIndex
        int room = room(in); // lpValueNameIn
        ValueRequest request = ValueRequest.read(in);
        Optional<RegistryKey.Value> value = index < 0 || index >= key.values().size()
                ? Optional.empty()
                : Optional.of(key.values().get(index));
        String name = value.map(RegistryKey.Value::name).orElse("");
        boolean fits = 2 * (name.length() + 1) <= room;
        name(fits ? name : "", room, out);
        out.deferred();
        int status = request.answer(value, Win32Error.NO_MORE_ITEMS, out);
        out.i32(status == Win32Error.SUCCESS && !fits ? Win32Error.MORE_DATA : status);
    }

    /** MS-RRP 3.1.5.17 BaseRegQueryValue. */
    private static void value(NdrReader in, NdrWriter out, HandleTable handles) {
        RegistryKey key = handles.find(in.contextHandle(), RegistryKey.class);
        String name = name(in); // lpValueName
        ValueRequest request = ValueRequest.read(in);
        out.i32(request.answer(key.value(name), Win32Error.FILE_NOT_FOUND, out));
    }

    /** MS-RRP 3.1.5.16 BaseRegQueryInfoKey. */
    private static void information(NdrReader in, NdrWriter out, HandleTable handles) {
        RegistryKey key = handles.find(in.contextHandle(), RegistryKey.class);
        int room = room(in); // lpClassIn
        name("", room, out);
        out.deferred();
        out.i32(key.children().size()); // lpcSubKeys
        out.i32(key.children().stream()
                .mapToInt(child -> 2 * child.name().length())
                .max()
                .orElse(0)); // lpcbMaxSubKeyLen
        out.i32(0); // lpcbMaxClassLen
        out.i32(key.values().size()); // lpcValues
        out.i32(key.values().stream()
                .mapToInt(value -> 2 * value.name().length())
                .max()
                .orElse(0)); // lpcbMaxValueNameLen
        out.i32(key.values().stream()
                .mapToInt(value -> value.data().length)
                .max()
                .orElse(0)); // lpcbMaxValueLen
        out.i32(0); // lpcbSecurityDescriptor
        out.i32(0); // lpftLastWriteTime
        out.i32(0);
        out.i32(Win32Error.SUCCESS);
    }
}
