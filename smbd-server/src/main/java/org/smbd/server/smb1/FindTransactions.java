package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1FindWriter;
import org.smbd.protocol.smb1.Smb1SetInfo;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.vfs.DirectoryEntry;
import org.smbd.vfs.DirectoryQueryMode;

/** MS-CIFS 2.2.6.2 TRANS2_FIND_FIRST2, 2.2.6.3 TRANS2_FIND_NEXT2. */
final class FindTransactions {
    private static final int CLOSE_AFTER_REQUEST = 0x1;
    private static final int CLOSE_AT_END = 0x2;
    private static final int RETURN_RESUME_KEYS = 0x4;
    private static final int CONTINUE_FROM_LAST = 0x8;

    private FindTransactions() {}

    /** What both requests ask for. */
    private record Request(int count, int flags, int level, Optional<List<String>> eaNames) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    static Smb1Reply first(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        int searchAttributes = in.u16();
        int count = in.u16();
        int flags = in.u16();
        int level = in.u16();
        in.skip(4); // SearchStorageType
        String path = Smb1Path.of(call.text().read(in));
        Request request = new Request(count, flags, level, eaNames(transaction, level));
        return SearchCommands.begin(call, path, searchAttributes, search -> {
            Page page = new Page(transaction, search, request);
            page.fill(new DirectoryQueryMode(false, false, false), 0, "");
            if (page.writer.count() == 0) {
                page.data.release();
                throw (page.tooSmall ? NtStatus.BUFFER_TOO_SMALL : NtStatus.NO_SUCH_FILE).exception();
            }
            page.closeIfAsked();
            return transaction.answer(
                    NtStatus.SUCCESS,
                    out -> {
                        out.u16(search.sid()); // SID
                        page.parameters(out);
                    },
                    page.data);
        });
    }

    static Smb1Reply next(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        int sid = in.u16();
        int count = in.u16();
        int level = in.u16();
        int resumeKey = in.i32();
        int flags = in.u16();
        String name = call.text().read(in);
        Smb1Search search = call.connection().searches().find(call, sid);
        Request request = new Request(count, flags, level, eaNames(transaction, level));
        Page page = new Page(transaction, search, request);
        boolean goesOn = request.has(CONTINUE_FROM_LAST)
                || name.equals(search.lastName())
                || name.isEmpty() && (resumeKey == 0 || resumeKey == search.position());
        if (goesOn) {
            page.fill(new DirectoryQueryMode(false, false, false), search.position(), "");
        } else {
            page.fill(new DirectoryQueryMode(true, false, false), name.isEmpty() ? resumeKey : 0, name);
        }
        page.closeIfAsked();
        return transaction.answer(NtStatus.SUCCESS, page::parameters, page.data);
    }

    private static Optional<List<String>> eaNames(Transaction transaction, int level) {
        return level == Smb1FindWriter.EAS_FROM_LIST
                ? Smb1SetInfo.eaNames(
                        transaction.dataReader(), transaction.call().text())
                : Optional.empty();
    }

    /** One answer of entries. */
    private static final class Page {
        private final Smb1Call call;
        private final Smb1Searches searches;
        private final Smb1Search search;
        private final Request request;
        private final SearchFilter filter;
        private final int countMax;
        private final ByteBuf data;
        private final Smb1FindWriter writer;
        private int position;
        private int skip;
        private String skipTo = "";
        private boolean full;
        private boolean tooSmall;
        private String lastName = "";

        Page(Transaction transaction, Smb1Search search, Request request) {
            this.call = transaction.call();
            int room = transaction.dataMax();
            this.countMax = Math.max(1, request.count()); // none is one, as with Windows
            this.searches = call.connection().searches();
            this.search = search;
            this.request = request;
            this.filter = new SearchFilter(search.searchAttributes());
            this.data = call.buffer(Math.min(room, 16 * 1024));
            try {
                this.writer = new Smb1FindWriter(
                        request.level(), request.has(RETURN_RESUME_KEYS), data, room, call.text(), call.time());
            } catch (RuntimeException refused) {
                data.release();
                throw refused;
            }
        }

        /**
         * Takes entries.
         *
         * @param startsAt of the whole search; behind so many entries where it restarts
         * @param behindName skips all up to this name; "" skips none
         */
        void fill(DirectoryQueryMode mode, int startsAt, String behindName) {
            skip = mode.restart() ? startsAt : 0;
            skipTo = behindName;
            position = mode.restart() ? 0 : startsAt;
            try {
                search.directory()
                        .files()
                        .queryDirectory(search.directory().open(), search.pattern(), mode, this::take);
            } catch (RuntimeException failed) {
                data.release();
                throw failed;
            }
            search.told(position, lastName);
        }

        private boolean take(DirectoryEntry entry) {
            FileMetadata metadata = entry.metadata();
            if (!filter.accepts(metadata.attributes())) {
                return true;
            }
            if (!skipTo.isEmpty()) {
                if (entry.name().equalsIgnoreCase(skipTo)) {
                    skipTo = "";
                }
                position++;
                return true;
            }
            if (position < skip) {
                position++;
                return true;
            }
            if (writer.count() == countMax || !append(entry, metadata)) {
                full = true;
                return false;
            }
            lastName = entry.name();
            position++;
            return true;
        }

        private boolean append(DirectoryEntry entry, FileMetadata metadata) {
            boolean fits = writer.append(new Smb1FindWriter.Entry(
                    entry.name(), entry.shortName(), metadata, position + 1, attributes(entry)));
            tooSmall |= !fits;
            return fits;
        }

        private List<ExtendedAttribute> attributes(DirectoryEntry entry) {
            return request.eaNames()
                    .map(names -> EaSelection.of(names, read(entry)))
                    .orElse(List.of());
        }

        /** Those of an entry; none where they cannot be read. */
        private List<ExtendedAttribute> read(DirectoryEntry entry) {
            String path = Smb1Path.join(search.directory().open().path(), entry.name());
            List<ExtendedAttribute> found = new ArrayList<>();
            Smb1Reply reply = Opening.using(call, path, AccessMask.FILE_READ_EA, 0, opened -> {
                found.addAll(EaSelection.all(opened.resource()));
                return Smb1Reply.DONE;
            });
            return reply instanceof Smb1Reply.Body ? found : List.of();
        }

        void closeIfAsked() {
            if (request.has(CLOSE_AFTER_REQUEST) || !full && request.has(CLOSE_AT_END)) {
                searches.close(search);
            }
        }

        /** What both answers end with. */
        void parameters(WireWriter out) {
            out.u16(writer.count()); // SearchCount
            out.u16(full ? 0 : 1); // EndOfSearch
            out.u16(0); // EaErrorOffset
            out.u16(writer.lastEntryAt()); // LastNameOffset
        }
    }
}
