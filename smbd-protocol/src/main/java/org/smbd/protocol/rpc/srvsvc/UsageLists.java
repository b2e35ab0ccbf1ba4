package org.smbd.protocol.rpc.srvsvc;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.host.Containers;
import org.smbd.protocol.rpc.host.Resumption;

/** Sessions, connections and opens, for administrators. MS-SRVS 3.1.4.1 to 3.1.4.6. */
final class UsageLists {
    /** MS-SRVS 2.2.4.14 SESSION_INFO_2, sesi2_user_flags: SESS_GUEST. */
    private static final int SESS_GUEST = 1;

    private static final int FIXED_BYTES = 64;

    private final ServerUsage usage;
    private final ClientIdentity caller;

    UsageLists(ServerUsage usage, ClientIdentity caller) {
        this.usage = usage;
        this.caller = caller;
    }

    /** The levels of one kind of entry. */
    private record Levels<T>(Map<Integer, BiConsumer<T, NdrWriter>> writers, ToIntFunction<T> textLength) {}

    private static final Levels<SessionEntry> SESSIONS = new Levels<>(
            Map.of(
                    0, (session, out) -> client(session, out),
                    1, (session, out) -> session(session, out),
                    2,
                            (session, out) -> {
                                session(session, out);
                                out.stringPointer(session.dialect()); // sesi2_cltype_name
                            },
                    10,
                            (session, out) -> {
                                client(session, out);
                                out.stringPointer(session.user()); // sesi10_username
                                times(session, out);
                            },
                    502,
                            (session, out) -> {
                                session(session, out);
                                out.stringPointer(session.dialect()); // sesi502_cltype_name
                                out.stringPointer(""); // sesi502_transport
                            }),
            session -> session.client().length()
                    + session.user().length()
                    + session.dialect().length());

    private static final Levels<ConnectionEntry> CONNECTIONS = new Levels<>(
            Map.of(0, (connection, out) -> out.i32(connection.id()), 1, (connection, out) -> {
                out.i32(connection.id()); // coni1_id
                out.i32(connection.type()); // coni1_type
                out.i32(connection.opens()); // coni1_num_opens
                out.i32(1); // coni1_num_users: a tree connect has one
                out.i32(connection.ageSeconds()); // coni1_time
                out.stringPointer(connection.user()); // coni1_username
                out.stringPointer(connection.client()); // coni1_netname
            }),
            connection -> connection.user().length() + connection.client().length());

    private static final Levels<FileEntry> FILES = new Levels<>(
            Map.of(2, (file, out) -> out.i32(file.id()), 3, (file, out) -> {
                out.i32(file.id()); // fi3_id
                out.i32(file.permissions()); // fi3_permissions
                out.i32(file.locks()); // fi3_num_locks
                out.stringPointer(file.path()); // fi3_pathname
                out.stringPointer(file.user()); // fi3_username
            }),
            file -> file.path().length() + file.user().length());

    private static void client(SessionEntry session, NdrWriter out) {
        out.stringPointer("\\\\" + session.client()); // cname
    }

    private static void session(SessionEntry session, NdrWriter out) {
        client(session, out);
        out.stringPointer(session.user()); // username
        out.i32(session.opens()); // num_opens
        times(session, out);
        out.i32(session.guest() ? SESS_GUEST : 0); // user_flags
    }

    private static void times(SessionEntry session, NdrWriter out) {
        out.i32(session.ageSeconds()); // time
        out.i32(session.idleSeconds()); // idle_time
    }

    /** MS-SRVS 3.1.4.5 NetrSessionEnum. */
    void sessions(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String client = withoutBackslashes(in.wideStringPointer()); // ClientName
        String user = in.wideStringPointer(); // UserName
        answer(
                in,
                out,
                SESSIONS,
                () -> usage.sessions().stream()
                        .filter(session -> client.isEmpty() || session.client().equals(client))
                        .filter(session -> user.isEmpty() || session.user().equalsIgnoreCase(user))
                        .toList());
    }

    /** MS-SRVS 3.1.4.1 NetrConnectionEnum: of a share, or of a client. */
    void connections(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String qualifier = in.wideStringPointer(); // Qualifier
        boolean ofClient = qualifier.startsWith("\\\\");
        String name = withoutBackslashes(qualifier);
        answer(
                in,
                out,
                CONNECTIONS,
                () -> usage.connections().stream()
                        .filter(connection -> ofClient
                                ? connection.client().equals(name)
                                : connection.share().equalsIgnoreCase(name))
                        .toList());
    }

    /** MS-SRVS 3.1.4.2 NetrFileEnum. */
    void files(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String base = in.wideStringPointer(); // BasePath
        String user = in.wideStringPointer(); // UserName
        answer(
                in,
                out,
                FILES,
                () -> usage.files().stream()
                        .filter(file -> file.path().startsWith(base))
                        .filter(file -> user.isEmpty() || file.user().equalsIgnoreCase(user))
                        .toList());
    }

    /** Makes the list of entries, which is not done for those who may not have it. */
    private interface Source<T> {
        List<T> entries();
    }

    private <T> void answer(NdrReader in, NdrWriter out, Levels<T> levels, Source<T> source) {
        int level = in.i32(); // InfoStruct.Level
        BiConsumer<T, NdrWriter> writer = levels.writers.get(level);
        Containers.skip(in, level, writer != null);
        int preferredMaximumLength = in.i32(); // PreferedMaximumLength
        Resumption resume = Resumption.read(in); // ResumeHandle
        if (writer == null || !caller.administrator()) {
            Containers.write(out, level, writer == null, List.of(), (item, to) -> {});
            out.i32(0); // TotalEntries
            resume.write(0, out);
            out.i32(writer == null ? Win32Error.INVALID_LEVEL : Win32Error.ACCESS_DENIED);
            return;
        }
        Page<T> page = Page.of(
                source.entries(),
                resume.value(),
                preferredMaximumLength,
                entry -> FIXED_BYTES + 2 * levels.textLength.applyAsInt(entry));
        Containers.write(out, level, false, page.entries(), writer);
        out.i32(page.available()); // TotalEntries
        resume.write(page.next(), out);
        out.i32(page.next() == 0 ? Win32Error.SUCCESS : Win32Error.MORE_DATA);
    }

    private static String withoutBackslashes(String client) {
        return client.startsWith("\\\\") ? client.substring(2) : client;
    }

    /** MS-SRVS 3.1.4.6 NetrSessionDel. */
    void closeSessions(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String client = withoutBackslashes(in.wideStringPointer()); // ClientName
        String user = in.wideStringPointer(); // UserName
        int status;
        if (!caller.administrator()) {
            status = Win32Error.ACCESS_DENIED;
        } else if (client.isEmpty() && user.isEmpty()) {
            status = Win32Error.INVALID_PARAMETER;
        } else {
            status = usage.closeSessions(client, user) > 0 ? Win32Error.SUCCESS : Win32Error.NERR_CLIENT_NAME_NOT_FOUND;
        }
        out.i32(status);
    }

    /** MS-SRVS 3.1.4.3 NetrFileGetInfo. */
    void file(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int id = in.i32(); // FileId
        int level = in.i32(); // Level
        BiConsumer<FileEntry, NdrWriter> writer = FILES.writers.get(level);
        out.i32(level); // InfoStruct, switch
        if (writer == null) {
            out.i32(Win32Error.INVALID_LEVEL);
            return;
        }
        List<FileEntry> found = caller.administrator()
                ? usage.files().stream().filter(file -> file.id() == id).toList()
                : List.of();
        if (found.isEmpty()) {
            out.nullPointer();
            out.i32(caller.administrator() ? Win32Error.NERR_FILE_ID_NOT_FOUND : Win32Error.ACCESS_DENIED);
            return;
        }
        out.pointer();
        writer.accept(found.get(0), out);
        out.deferred();
        out.i32(Win32Error.SUCCESS);
    }

    /** MS-SRVS 3.1.4.4 NetrFileClose. */
    void closeFile(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int id = in.i32(); // FileId
        int status = Win32Error.ACCESS_DENIED;
        if (caller.administrator()) {
            status = usage.closeFile(id) ? Win32Error.SUCCESS : Win32Error.NERR_FILE_ID_NOT_FOUND;
        }
        out.i32(status);
    }
}
