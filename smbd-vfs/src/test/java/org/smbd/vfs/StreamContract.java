package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ea.EaOptions;
import org.smbd.vfs.stream.StreamOptions;

/** What holds for named streams and extended attributes, whatever the host. */
abstract class StreamContract extends FileServiceFixture {
    /** More than any file system keeps in an attribute. */
    private static final int LARGE_BYTES = 200_000;

    @BeforeEach
    abstract void requireAttributes() throws IOException;

    private List<String> streams(String path) {
        FileOpen open = open(path, READ).open();
        List<String> names = files.queryStreams(open).stream()
                .map(StreamFacts::name)
                .sorted()
                .toList();
        files.close(open);
        return names;
    }

    private static ByteBuffer pattern(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }

    private byte[] content(FileOpen open, int lengthMax) {
        ByteBuffer target = ByteBuffer.allocateDirect(lengthMax);
        files.read(open, 0, target, LockOwner.OPEN);
        byte[] bytes = new byte[target.flip().remaining()];
        target.get(bytes);
        return bytes;
    }

    private long sideFiles() throws IOException {
        Path directory = root.resolve(".smbd-streams");
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> names = Files.list(directory)) {
            return names.count();
        }
    }

    private UserDefinedFileAttributeView attributes(String name) {
        return Files.getFileAttributeView(root.resolve(name), UserDefinedFileAttributeView.class);
    }

    @Test
    void aStreamIsKeptAsSambaKeepsIt() throws IOException {
        make("f:Stream", "text");
        ByteBuffer value = ByteBuffer.allocate(64);
        attributes("f").read("DosStream.Stream:$DATA", value);
        assertArrayEquals(new byte[] {'t', 'e', 'x', 't', 0}, Arrays.copyOf(value.array(), value.position()));
        attributes("f").write("DosStream.other:$DATA", ByteBuffer.wrap(new byte[] {'x', 0}));
        assertEquals(List.of("::$DATA", ":Stream:$DATA", ":other:$DATA"), streams("f"));
        FileOpen other = open("F:OTHER:$data", READ).open();
        assertEquals("x", read(other));
        files.close(other);
    }

    @Test
    void aStreamThatANewerSambaHasSpreadIsReadAndKeptInOurWay() throws IOException {
        make("f", "");
        attributes("f").write("DosStream.s:$DATA", ByteBuffer.wrap(new byte[] {'a', 'b', 1}));
        attributes("f").write("DosStreamExt.1.s:$DATA", ByteBuffer.wrap(new byte[] {'c'}));
        FileOpen open = open("f:s", ALL).open();
        assertEquals("abc", read(open));
        files.write(open, 3, bytes("d"), false, LockOwner.OPEN);
        assertEquals("abcd", read(open));
        files.close(open);
        assertFalse(attributes("f").list().contains("DosStreamExt.1.s:$DATA"));
        assertEquals(List.of("::$DATA", ":s:$DATA"), streams("f"));
    }

    @Test
    void aStreamAsLongAsOneLikesIsKeptAsideUnseenAndGoesWithItsFile() throws IOException {
        make("f:s", "short");
        FileOpen open = open("f:s", ALL).open();
        ByteBuffer bytes = pattern(LARGE_BYTES, 1);
        files.write(open, 5, bytes.duplicate(), false, LockOwner.OPEN);
        assertEquals(1, sideFiles());
        assertEquals(LARGE_BYTES + 5, files.queryMetadata(open).endOfFile());
        byte[] expected = new byte[LARGE_BYTES + 5];
        System.arraycopy("short".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, expected, 0, 5);
        bytes.get(0, expected, 5, LARGE_BYTES);
        assertArrayEquals(expected, content(open, LARGE_BYTES + 100));
        files.close(open);
        FileOpen directory = open("", READ).open();
        assertEquals(List.of(".", "..", "f"), names(directory, "*", CONTINUE));
        assertEquals(List.of(), names(directory, ".smbd-streams", RESTART));
        files.close(directory);
        open(".smbd-streams", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        create(".SMBD-streams\\x").refusedWith(NtStatus.ACCESS_DENIED);
        FileOpen renamed = open("f", ALL).open();
        files.rename(renamed, "g", false);
        files.close(renamed);
        FileOpen again = open("g:s", READ).open();
        assertArrayEquals(expected, content(again, LARGE_BYTES + 100));
        files.close(again);
        FileOpen file = open("g", ALL).open();
        files.setDisposition(file, true);
        files.close(file);
        assertEquals(0, sideFiles());
    }

    @Test
    void aLongStreamThatIsEmptiedIsBackInItsAttribute() throws IOException {
        make("f", "");
        FileOpen open = create("f:s").open();
        files.setEndOfFile(open, LARGE_BYTES);
        assertArrayEquals(new byte[LARGE_BYTES], content(open, LARGE_BYTES));
        assertEquals(1, sideFiles());
        files.setEndOfFile(open, 0);
        assertEquals(0, sideFiles());
        assertEquals(4, write(open, "text"));
        assertEquals("text", read(open));
        files.close(open);
    }

    @Test
    void aCopyOfAFileMadeBehindOurBackHasALongStreamOfItsOwn() throws IOException {
        make("f", "");
        make("copy", "");
        FileOpen open = create("f:s").open();
        files.write(open, LARGE_BYTES, bytes("end"), false, LockOwner.OPEN);
        files.close(open);
        ByteBuffer reference = ByteBuffer.allocate(4096);
        attributes("f").read("DosStream.s:$DATA", reference);
        attributes("copy").write("DosStream.s:$DATA", reference.flip());
        FileOpen copy = open("copy:s", ALL).open();
        files.write(copy, LARGE_BYTES, bytes("END"), false, LockOwner.OPEN);
        files.close(copy);
        FileOpen original = open("f:s", READ).open();
        byte[] content = content(original, LARGE_BYTES + 10);
        assertEquals("end", new String(content, LARGE_BYTES, 3, java.nio.charset.StandardCharsets.US_ASCII));
        files.close(original);
        assertEquals(2, sideFiles());
    }

    @Test
    void aBrokenReferenceIsAnErrorOfThatStreamAlone() throws IOException {
        make("f:good", "text");
        attributes("f").write("DosStream.bad:$DATA", ByteBuffer.wrap(new byte[] {'x', (byte) 0xff}));
        assertEquals(List.of("::$DATA", ":bad:$DATA", ":good:$DATA"), streams("f"));
        open("f:bad", READ).refusedWith(NtStatus.FILE_CORRUPT_ERROR);
        FileOpen good = open("f:good", READ).open();
        assertEquals("text", read(good));
        files.close(good);
    }

    /** Two opens of one stream against an array of bytes. */
    @Test
    void randomWritesAndCutsReadBackAsAnArrayWould() {
        make("f", "");
        FileOpen one = create("f:s").open();
        FileOpen two = open("f:S", ALL).open();
        Random random = new Random(7);
        byte[] model = new byte[0];
        for (int step = 0; step < 200; step++) {
            FileOpen open = random.nextBoolean() ? one : two;
            int sizeMax = step < 100 ? 3_000 : 150_000;
            int at = random.nextInt(sizeMax);
            if (random.nextInt(5) == 0) {
                int size = random.nextInt(4) == 0 ? 0 : at;
                files.setEndOfFile(open, size);
                model = Arrays.copyOf(model, size);
            } else {
                int length = 1 + random.nextInt(sizeMax / 4);
                ByteBuffer bytes = pattern(length, step);
                model = Arrays.copyOf(model, Math.max(model.length, at + length));
                bytes.get(0, model, at, length);
                assertEquals(length, files.write(open, at, bytes, false, LockOwner.OPEN));
            }
            FileOpen other = open.equals(one) ? two : one;
            assertEquals(model.length, files.queryMetadata(other).endOfFile());
            assertArrayEquals(model, content(other, model.length + 10));
        }
        files.close(one);
        files.close(two);
    }

    @Test
    void streamsOfDirectoriesAndOfTheRootAreServed() {
        makeDirectory("d");
        make("d:s", "of d");
        FileOpen ofRoot =
                with(":s", ALL & ~AccessMask.DELETE, CreateDisposition.CREATE).open(); // no parent grants DELETE
        write(ofRoot, "of the root");
        files.close(ofRoot);
        FileOpen directory = open("d", READ).open();
        assertEquals(List.of(new StreamFacts(":s:$DATA", 4, 8)), files.queryStreams(directory));
        files.close(directory);
        FileOpen stream = open("d:s", READ).open();
        assertFalse(stream.isDirectory());
        assertEquals(0, files.queryMetadata(stream).attributes() & FileAttributes.DIRECTORY);
        assertEquals("d:s", stream.path());
        files.close(stream);
        open("d:s", READ).options(CreateOptions.DIRECTORY_FILE).refusedWith(NtStatus.NOT_A_DIRECTORY);
        open("d::$DATA", READ).refusedWith(NtStatus.FILE_IS_A_DIRECTORY);
        FileOpen byType = open("d:$I30:$INDEX_ALLOCATION", READ).open();
        assertTrue(byType.isDirectory());
        files.close(byType);
    }

    @Test
    void dispositionsOfAStreamAreThoseOfAFile() {
        open("f:s", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        make("f:s", "text");
        create("f:S").refusedWith(NtStatus.OBJECT_NAME_COLLISION);
        open("f:t", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        OpenResult opened = with("f:s", ALL, CreateDisposition.OPEN_IF).result();
        assertEquals(CreateAction.OPENED, opened.action());
        files.close(opened.open());
        OpenResult overwritten = with("f:s", READ, CreateDisposition.OVERWRITE).result();
        assertEquals(CreateAction.OVERWRITTEN, overwritten.action());
        assertEquals(0, overwritten.metadata().endOfFile());
        assertEquals(READ, overwritten.open().grantedAccess());
        files.close(overwritten.open());
        assertEquals(List.of("::$DATA", ":s:$DATA"), streams("f"));
        files.close(with("f", ALL, CreateDisposition.OVERWRITE).open());
        assertEquals(List.of("::$DATA"), streams("f"));
    }

    @Test
    void shareModesAreTheStreamsOwnButForTheDeletionOfTheFile() {
        make("f", "");
        FileOpen one = create("f:s").sharing(0).open();
        FileOpen other = create("f:t").sharing(0).open();
        FileOpen file = open("f", READ | WRITE).sharing(0).open();
        open("f:S", READ).refusedWith(NtStatus.SHARING_VIOLATION);
        files.close(file);
        open("f", DELETE).refusedWith(NtStatus.SHARING_VIOLATION);
        FileOpen unshared = open("f", READ).sharing(ShareAccess.READ).open();
        files.close(unshared);
        files.close(one);
        files.close(other);
        FileOpen deleting = open("f", DELETE).open();
        files.close(deleting);
    }

    @Test
    void aFileGoesWithTheLastOfItsStreams() {
        make("f:s", "text");
        FileOpen stream = open("f:s", READ).open();
        FileOpen file = open("f", DELETE).open();
        files.setDisposition(file, true);
        files.close(file);
        open("f", READ).refusedWith(NtStatus.DELETE_PENDING);
        open("f:s", READ).refusedWith(NtStatus.DELETE_PENDING);
        assertEquals("text", read(stream));
        files.close(stream);
        open("f", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
    }

    @Test
    void aStreamIsDeletedAlone() {
        make("f", "of f");
        files.close(create("f:s").options(CreateOptions.DELETE_ON_CLOSE).open());
        make("f:t", "text");
        FileOpen one = open("f:t", ALL).open();
        FileOpen two = open("f:t", ALL).open();
        files.setDisposition(one, true);
        files.close(one);
        open("f:t", READ).refusedWith(NtStatus.DELETE_PENDING);
        files.close(two);
        assertEquals(List.of("::$DATA"), streams("f"));
        FileOpen file = open("f", READ).open();
        assertEquals("of f", read(file));
        files.close(file);
    }

    @Test
    void aStreamIsRenamedForAllItsOpens() throws IOException {
        make("f:s", "text");
        make("f:full", "text");
        files.close(create("f:empty").open());
        FileOpen one = open("f:s", ALL).open();
        FileOpen two = open("f:s", READ).open();
        assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> files.rename(one, ":FULL", false));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.rename(one, ":full", true));
        assertStatus(NtStatus.SHARING_VIOLATION, () -> files.rename(one, "f:x", true));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.rename(one, ":", true));
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(two, ":x", true));
        files.rename(one, ":empty:$DATA", true);
        assertEquals("f:empty", two.path());
        assertEquals("text", read(two));
        open("f:s", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        files.write(one, LARGE_BYTES, bytes("end"), false, LockOwner.OPEN);
        files.rename(one, ":long", false);
        assertEquals(1, sideFiles());
        assertEquals(LARGE_BYTES + 3, files.queryMetadata(two).endOfFile());
        files.close(one);
        files.close(two);
        assertEquals(List.of("::$DATA", ":full:$DATA", ":long:$DATA"), streams("f"));
    }

    @Test
    void theDefaultStreamTakesPartInRenames() {
        make("f", "first");
        FileOpen file = open("f", ALL).open();
        files.rename(file, ":s", false);
        files.close(file);
        FileOpen stream = open("f:s", ALL).open();
        assertEquals("first", read(stream));
        files.rename(stream, "::$DATA", true);
        assertEquals("first", read(stream));
        files.close(stream);
        assertEquals(List.of("::$DATA"), streams("f"));
        FileOpen again = open("f", READ).open();
        assertEquals("first", read(again));
        files.close(again);
    }

    @Test
    void aFileWithAnOpenStreamKeepsItsName() {
        make("f:s", "text");
        FileOpen stream = open("f:s", READ).open();
        FileOpen file = open("f", ALL).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(file, "g", false));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.link(stream, "g", false));
        files.close(stream);
        files.rename(file, "g", false);
        files.close(file);
    }

    @Test
    void aShareWithoutStreamsKnowsNoneOfThem() throws IOException {
        ShareOptions plain = ShareOptions.of(root, "plain");
        make("f:s", "text");
        try (FileService other =
                share(withAttributes(plain, new AttributeOptions(StreamOptions.NONE, EaOptions.DEFAULT)))) {
            for (String path : List.of("f:s", "f::$DATA", "f:s:$DATA", "f::foooooooooooo")) {
                open(path, READ).on(other).refusedWith(NtStatus.OBJECT_NAME_INVALID);
            }
            FileOpen open = open("f", READ).on(other).open();
            assertEquals(1, other.queryStreams(open).size());
            other.close(open);
        }
    }

    private static ShareOptions withAttributes(ShareOptions from, AttributeOptions attributes) {
        return new ShareOptions(
                from.root(),
                from.label(),
                from.createMask(),
                from.forceCreateMode(),
                from.directoryMask(),
                from.forceDirectoryMode(),
                from.inheritOwner(),
                from.followSymlinks(),
                from.storeDosAttributes(),
                from.hideDotFiles(),
                from.strictSync(),
                from.syncAlways(),
                from.recycle(),
                from.names(),
                from.versions(),
                attributes,
                from.changeNotify(),
                from.locking(),
                from.dos(),
                from.acls());
    }

    private static ExtendedAttribute ea(String name, String value) {
        return new ExtendedAttribute(0, name, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void extendedAttributesAreKeptAsTheHostsOwnAndOursAreNoneOfThem() throws IOException {
        make("f:s", "stream");
        attributes("f").write("local", ByteBuffer.wrap(new byte[] {'x'}));
        FileOpen open = open("f", ALL).open();
        files.setExtendedAttributes(open, List.of(ea("one", "1"), ea("two", "22")));
        assertEquals(List.of(ea("local", "x"), ea("one", "1"), ea("two", "22")), files.queryExtendedAttributes(open));
        assertEquals(
                4 + 3 * 5 + 5 + 3 + 3 + 1 + 1 + 2, files.queryMetadata(open).eaSize());
        files.setExtendedAttributes(open, List.of(ea("ONE", "new"), ea("two", ""), ea("none", "")));
        assertEquals(List.of(ea("local", "x"), ea("one", "new")), files.queryExtendedAttributes(open));
        for (String own : List.of("DOSATTRIB", "dosattrib", "NTACL", "DosStream.s:$DATA", "smbd.ChangeTime")) {
            assertStatus(NtStatus.ACCESS_DENIED, () -> files.setExtendedAttributes(open, List.of(ea(own, "x"))));
        }
        String tooLong = "n".repeat(251);
        assertStatus(NtStatus.INVALID_EA_NAME, () -> files.setExtendedAttributes(open, List.of(ea(tooLong, "x"))));
        ExtendedAttribute large = new ExtendedAttribute(0, "large", new byte[65_535]);
        assertStatus(NtStatus.EA_TOO_LARGE, () -> files.setExtendedAttributes(open, List.of(ea("a", "b"), large)));
        assertEquals(List.of(ea("local", "x"), ea("one", "new")), files.queryExtendedAttributes(open));
        files.close(open);
        FileOpen reader = open("f", READ).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.queryExtendedAttributes(reader));
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.setExtendedAttributes(reader, List.of(ea("a", "b"))));
        files.close(reader);
    }

    @Test
    void whoDoesNotUnderstandAttributesIsKeptFromAFileThatNeedsThem() {
        make("f", "text");
        FileOpen open = open("f", ALL).open();
        ExtendedAttribute needed = new ExtendedAttribute(ExtendedAttribute.FILE_NEED_EA, "need", new byte[] {1});
        files.setExtendedAttributes(open, List.of(needed));
        assertEquals(List.of(needed), files.queryExtendedAttributes(open));
        open("f", READ).options(CreateOptions.NO_EA_KNOWLEDGE).refusedWith(NtStatus.ACCESS_DENIED);
        files.setExtendedAttributes(open, List.of(ea("NEED", "")));
        files.close(open);
        files.close(open("f", READ).options(CreateOptions.NO_EA_KNOWLEDGE).open());
    }

    @Test
    void anOverwrittenFileHasNoneOfItsOldAttributes() {
        make("f", "text");
        FileOpen open = open("f", ALL).open();
        files.setExtendedAttributes(open, List.of(ea("old", "1")));
        files.close(open);
        FileOpen overwritten = with("f", ALL, CreateDisposition.OVERWRITE).open();
        assertEquals(List.of(), files.queryExtendedAttributes(overwritten));
        files.close(overwritten);
    }
}
