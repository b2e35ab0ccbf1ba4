package org.smbd.protocol.rpc.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;

/**
 * Says that the server service runs, which is all that there is. Nothing is started or stopped this way. MS-SCMR 3.1.4
 * Message Processing Events and Sequencing Rules.
 */
public final class Svcctl implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "svcctl";

    /** 367abb81-9844-35f1-ad32-98f038001003, version 2.0: MS-SCMR 2.1.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x35F1_9844_367A_BB81L, 0x0310_0038_F098_32ADL), 2);

    static final String SERVICE = "LanmanServer";
    private static final String DISPLAY_NAME = "Server";

    /** MS-SCMR 2.2.47 SERVICE_STATUS: SERVICE_WIN32_SHARE_PROCESS, SERVICE_RUNNING. */
    private static final int TYPE_SHARE_PROCESS = 0x20;

    private static final int STATE_RUNNING = 4;
    private static final int STATE_ACTIVE = 1;
    private static final int START_AUTOMATIC = 2;
    private static final int ERROR_NORMAL = 1;
    private static final int STATUS_WORDS = 7;
    private static final int STATUS_PROCESS_BYTES = 36;
    private static final int ENUM_ENTRY_BYTES = 36;
    /** MS-SCMR 3.1.4.11, 3.1.4.37: most bytes that an answer may be asked for. */
    private static final int BUFFER_BYTES_MAX = 256 * 1024;

    /** The service control manager, open. */
    private record Manager() {}

    /** The one service, open. */
    private record Service() {}

    private final ClientIdentity caller;

    public Svcctl(ClientIdentity caller) {
        this.caller = caller;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 0 -> { // RCloseServiceHandle
                handles.close(in.contextHandle());
                out.contextHandle(ContextHandle.NULL);
                out.i32(Win32Error.SUCCESS);
            }
            case 1 -> { // RControlService
                handles.find(in.contextHandle(), Service.class);
                status(out);
                out.i32(Win32Error.ACCESS_DENIED);
            }
            case 6 -> { // RQueryServiceStatus
                handles.find(in.contextHandle(), Service.class);
                status(out);
                out.i32(Win32Error.SUCCESS);
            }
            case 14 -> enumerate(in, out, handles); // REnumServicesStatusW
            case 15 -> openManager(in, out, handles); // ROpenSCManagerW
            case 16 -> openService(in, out, handles); // ROpenServiceW
            case 17 -> configuration(in, out, handles); // RQueryServiceConfigW
            case 19 -> { // RStartServiceW
                handles.find(in.contextHandle(), Service.class);
                out.i32(Win32Error.ACCESS_DENIED);
            }
            case 40 -> statusEx(in, out, handles); // RQueryServiceStatusEx
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    /** MS-SCMR 3.1.4.15 ROpenSCManagerW. */
    private void openManager(NdrReader in, NdrWriter out, HandleTable handles) {
        in.wideStringPointer(); // lpMachineName
        in.wideStringPointer(); // lpDatabaseName
        in.i32(); // dwDesiredAccess: what is refused is refused by each operation
        int status = HostFacts.administratorsOnly(caller);
        out.contextHandle(status == Win32Error.SUCCESS ? handles.open(new Manager()) : ContextHandle.NULL);
        out.i32(status);
    }

    /** MS-SCMR 3.1.4.16 ROpenServiceW. */
    private static void openService(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Manager.class);
        boolean known = in.wideString().equalsIgnoreCase(SERVICE); // lpServiceName
        in.i32(); // dwDesiredAccess
        out.contextHandle(known ? handles.open(new Service()) : ContextHandle.NULL);
        out.i32(known ? Win32Error.SUCCESS : Win32Error.SERVICE_DOES_NOT_EXIST);
    }

    /** MS-SCMR 2.2.47 SERVICE_STATUS. */
    private static void status(NdrWriter out) {
        for (int word : statusWords()) {
            out.i32(word);
        }
    }

    private static int[] statusWords() {
        int[] words = new int[STATUS_WORDS]; // dwControlsAccepted and what follows: 0
        words[0] = TYPE_SHARE_PROCESS; // dwServiceType
        words[1] = STATE_RUNNING; // dwCurrentState
        return words;
    }

    /** MS-SCMR 3.1.4.37 RQueryServiceStatusEx. */
    private static void statusEx(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Service.class);
        int level = in.i32(); // InfoLevel
        int size = bufferBytes(in); // cbBufSize
        byte[] bytes = new byte[size];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean fits = level == 0 && size >= STATUS_PROCESS_BYTES;
        if (fits) {
            for (int word : statusWords()) {
                buffer.putInt(word);
            }
            buffer.putInt((int) ProcessHandle.current().pid()); // dwProcessId
            buffer.putInt(0); // dwServiceFlags
        }
        buffer(bytes, out); // lpBuffer
        out.i32(level == 0 ? STATUS_PROCESS_BYTES : 0); // pcbBytesNeeded
        out.i32(fits ? Win32Error.SUCCESS : level == 0 ? Win32Error.INSUFFICIENT_BUFFER : Win32Error.INVALID_LEVEL);
    }

    private static int bufferBytes(NdrReader in) {
        int size = in.i32();
        if (size < 0 || size > BUFFER_BYTES_MAX) {
            throw RpcFault.BAD_STUB_DATA;
        }
        return size;
    }

    private static void buffer(byte[] bytes, NdrWriter out) {
        out.i32(bytes.length); // maximum count
        out.bytes(bytes);
    }

    /** MS-SCMR 3.1.4.11 REnumServicesStatusW: one entry, its strings at the end. */
    private static void enumerate(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Manager.class);
        boolean share = (in.i32() & TYPE_SHARE_PROCESS) != 0; // dwServiceType
        boolean active = (in.i32() & STATE_ACTIVE) != 0; // dwServiceState
        int size = bufferBytes(in); // cbBufSize
        Resumption resume = Resumption.read(in); // lpResumeIndex
        boolean any = share && active && resume.value() == 0;
        byte[] name = (SERVICE + '\0').getBytes(StandardCharsets.UTF_16LE);
        byte[] displayName = (DISPLAY_NAME + '\0').getBytes(StandardCharsets.UTF_16LE);
        int needed = any ? ENUM_ENTRY_BYTES + name.length + displayName.length : 0;
        byte[] bytes = new byte[size];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean fits = size >= needed;
        if (any && fits) {
            int nameAt = size - name.length;
            int displayNameAt = nameAt - displayName.length;
            buffer.putInt(nameAt); // lpServiceName
            buffer.putInt(displayNameAt); // lpDisplayName
            for (int word : statusWords()) {
                buffer.putInt(word);
            }
            buffer.put(nameAt, name).put(displayNameAt, displayName);
        }
        buffer(bytes, out); // lpBuffer
        out.align(4);
        out.i32(fits ? 0 : needed); // pcbBytesNeeded
        out.i32(any && fits ? 1 : 0); // lpServicesReturned
        resume.write(0, out);
        out.i32(fits ? Win32Error.SUCCESS : Win32Error.MORE_DATA);
    }

    /** MS-SCMR 3.1.4.17 RQueryServiceConfigW. */
    private static void configuration(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Service.class);
        in.i32(); // cbBufSize: the strings are few and short
        out.i32(TYPE_SHARE_PROCESS); // dwServiceType
        out.i32(START_AUTOMATIC); // dwStartType
        out.i32(ERROR_NORMAL); // dwErrorControl
        out.stringPointer("smbd"); // lpBinaryPathName
        out.stringPointer(""); // lpLoadOrderGroup
        out.i32(0); // dwTagId
        out.stringPointer(""); // lpDependencies
        out.stringPointer("LocalSystem"); // lpServiceStartName
        out.stringPointer(DISPLAY_NAME); // lpDisplayName
        out.deferred();
        out.i32(0); // pcbBytesNeeded
        out.i32(Win32Error.SUCCESS);
    }
}
