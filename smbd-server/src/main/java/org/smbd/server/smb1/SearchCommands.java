package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb1.Smb1OpenResponse;
import org.smbd.protocol.smb1.Smb1PathRequest;
import org.smbd.protocol.smb1.Smb1PathResponse;
import org.smbd.protocol.smb1.Smb1Response;
import org.smbd.protocol.smb1.Smb1Text;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.session.OpenHandle;
import org.smbd.vfs.DirectoryEntry;
import org.smbd.vfs.DirectoryQueryMode;

/**
 * The searches of the core protocol: MS-CIFS 3.3.5.46 to 3.3.5.49. Entries have 8.3 names; their resume keys carry the
 * search id and the position.
 */
final class SearchCommands {
    /** The attribute of a volume label, which no file has. */
    private static final int ATTRIBUTE_VOLUME = 0x8;

    private static final int ENTRY_BYTES = 43;
    private static final int KEY_SID_OFFSET = 12;
    private static final int KEY_POSITION_OFFSET = 14;
    private static final int NAME_BYTES = 13;
    private static final int KEY_NAME_BYTES = 11;
    private static final int OVERHEAD_BYTES = 64;

    private SearchCommands() {}

    /** SMB_COM_SEARCH and SMB_COM_FIND; SMB_COM_FIND_UNIQUE closes the search at once. */
    static Smb1Reply search(Smb1Call call, boolean unique) {
        Smb1PathRequest.Search request = Smb1PathRequest.Search.decode(call.block(), call.text());
        if (request.searchAttributes() == ATTRIBUTE_VOLUME) {
            return volume(call, request);
        }
        if (request.resumeKey().isReadable()) {
            ByteBuf key = request.resumeKey();
            int position = key.getUnsignedMediumLE(key.readerIndex() + KEY_POSITION_OFFSET);
            return page(call, find(call, key), request.maxCount(), position, unique);
        }
        String path = Smb1Path.of(request.path().isEmpty() ? "*.*" : request.path());
        return begin(
                call, path, request.searchAttributes(), search -> page(call, search, request.maxCount(), -1, unique));
    }

    private static Smb1Search find(Smb1Call call, ByteBuf key) {
        int sid = key.getUnsignedShortLE(key.readerIndex() + KEY_SID_OFFSET);
        try {
            return call.connection().searches().find(call, sid);
        } catch (SmbException gone) {
            throw NtStatus.NO_MORE_FILES.exception();
        }
    }

    /** What to do with a search that just began. */
    interface Begun {
        Smb1Reply with(Smb1Search search);
    }

    /** Opens the directory of a search. */
    static Smb1Reply begin(Smb1Call call, String path, int searchAttributes, Begun begun) {
        String pattern = Smb1Path.name(path).isEmpty() ? "*" : Smb1Path.name(path);
        Opening.Wish wish = Opening.Wish.existing(
                Smb1Path.parent(path), AccessMask.FILE_LIST_DIRECTORY, CreateOptions.DIRECTORY_FILE);
        Smb1Reply reply = Opening.open(call, wish, opened -> {
            OpenHandle handle = call.session().register(call.share(), opened.resource());
            Smb1Search search = call.connection()
                    .searches()
                    .add(sid -> new Smb1Search(sid, handle, call, pattern, searchAttributes));
            try {
                return begun.with(search);
            } catch (RuntimeException failed) {
                call.connection().searches().close(search);
                throw failed;
            }
        });
        return Smb1Reply.after(reply, SearchCommands::asPath);
    }

    private static Smb1Reply asPath(Smb1Reply reply) {
        if (!(reply instanceof Smb1Reply.Failure failure)) {
            return reply;
        }
        boolean noDirectory =
                failure.status() == NtStatus.OBJECT_NAME_NOT_FOUND || failure.status() == NtStatus.NOT_A_DIRECTORY;
        return noDirectory ? new Smb1Reply.Failure(NtStatus.OBJECT_PATH_NOT_FOUND) : reply;
    }

    /**
     * Entries of a search.
     *
     * @param position behind which it goes on; -1 to begin
     */
    private static Smb1Reply page(Smb1Call call, Smb1Search search, int maxCount, int position, boolean once) {
        int room = Math.max(1, (call.connection().clientBufferBytes() - OVERHEAD_BYTES) / ENTRY_BYTES);
        int countMax = Math.min(maxCount, room);
        ByteBuf entries = call.buffer(countMax * ENTRY_BYTES);
        Page page = new Page(call, search, entries, countMax);
        try {
            page.fill(position);
        } catch (RuntimeException failed) {
            entries.release();
            throw failed;
        }
        if (page.count == 0) {
            entries.release();
            call.connection().searches().close(search);
            if (position < 0) {
                throw NtStatus.NO_MORE_FILES.exception();
            }
            return Smb1Reply.of(new Smb1PathResponse.Search(0, Unpooled.EMPTY_BUFFER)); // the end
        }
        if (once) {
            call.connection().searches().close(search);
        }
        return Smb1Reply.of(new OwnedEntries(new Smb1PathResponse.Search(page.count, entries), entries));
    }

    /** A response that gives its entries back once it is written. */
    private record OwnedEntries(Smb1Response response, ByteBuf entries) implements Smb1Response {
        @Override
        public void words(WireWriter out) {
            response.words(out);
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            response.bytes(out, text);
            entries.release();
        }
    }

    /** One answer of entries. MS-CIFS 2.2.4.58.2 SMB_Directory_Information. */
    private static final class Page {
        private final Smb1Call call;
        private final Smb1Search search;
        private final WireWriter out;
        private final int countMax;
        private final SearchFilter filter;
        private int count;
        private int seen;

        Page(Smb1Call call, Smb1Search search, ByteBuf entries, int countMax) {
            this.call = call;
            this.search = search;
            this.out = new WireWriter(entries);
            this.countMax = countMax;
            this.filter = new SearchFilter(search.searchAttributes());
        }

        void fill(int position) {
            boolean goesOn = position >= 0 && position == search.position();
            seen = goesOn ? search.position() : 0;
            DirectoryQueryMode mode = new DirectoryQueryMode(!goesOn, false, false);
            search.directory()
                    .files()
                    .queryDirectory(search.directory().open(), search.pattern(), mode, entry -> take(entry, position));
            search.told(seen, "");
        }

        private boolean take(DirectoryEntry entry, int position) {
            String name = shortName(entry);
            FileMetadata metadata = entry.metadata();
            if (name.isEmpty() || !filter.accepts(metadata.attributes())) {
                return true;
            }
            if (seen < position) {
                seen++;
                return true;
            }
            if (count == countMax) {
                return false;
            }
            seen++;
            count++;
            write(name, metadata);
            return true;
        }

        /** An 8.3 name: the one beside a long name, or the name itself. */
        private static String shortName(DirectoryEntry entry) {
            String shortName = entry.shortName();
            if (!shortName.isEmpty()) {
                return shortName;
            }
            return entry.name().length() < NAME_BYTES ? entry.name() : "";
        }

        private void write(String name, FileMetadata metadata) {
            out.u8(0); // ResumeKey.Reserved
            out.bytes(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), KEY_NAME_BYTES));
            out.u16(search.sid()); // ResumeKey.ServerState
            out.u16(seen & 0xFFFF);
            out.u8(seen >>> 16);
            out.i32(0); // ResumeKey.ClientState
            out.u8(metadata.attributes() & Smb1OpenResponse.DOS_ATTRIBUTES); // FileAttributes
            int time = call.time().toPacked(metadata.lastWriteTime());
            out.u16(time >>> 16); // LastWriteTime
            out.u16(time & 0xFFFF); // LastWriteDate
            out.i32((int) Math.min(metadata.endOfFile(), 0xFFFF_FFFFL)); // FileSize
            out.bytes(Arrays.copyOf(name.getBytes(call.text().oem()), NAME_BYTES)); // FileName
        }
    }

    /** A search for the volume label finds that of the share. */
    private static Smb1Reply volume(Smb1Call call, Smb1PathRequest.Search request) {
        if (request.resumeKey().isReadable()) {
            throw NtStatus.NO_MORE_FILES.exception();
        }
        String label = call.share().share().volume().isEmpty()
                ? call.share().share().name()
                : call.share().share().volume();
        ByteBuf entries = call.buffer(ENTRY_BYTES);
        WireWriter out = new WireWriter(entries);
        out.zeros(Smb1PathRequest.Search.RESUME_KEY_BYTES);
        out.u8(ATTRIBUTE_VOLUME);
        out.zeros(8); // times and size
        out.bytes(Arrays.copyOf(label.getBytes(call.text().oem()), NAME_BYTES - 1));
        out.u8(0);
        return Smb1Reply.of(new OwnedEntries(new Smb1PathResponse.Search(1, entries), entries));
    }

    /** SMB_COM_FIND_CLOSE. */
    static Smb1Reply close(Smb1Call call) {
        Smb1PathRequest.Search request = Smb1PathRequest.Search.decode(call.block(), call.text());
        if (request.resumeKey().isReadable()) {
            call.connection().searches().close(find(call, request.resumeKey()));
        }
        return Smb1Reply.of(new Smb1PathResponse.Search(0, Unpooled.EMPTY_BUFFER));
    }

    /** SMB_COM_FIND_CLOSE2. */
    static Smb1Reply close2(Smb1Call call) {
        int sid = call.block().words(1).u16();
        call.connection().searches().close(call.connection().searches().find(call, sid));
        return Smb1Reply.DONE;
    }
}
