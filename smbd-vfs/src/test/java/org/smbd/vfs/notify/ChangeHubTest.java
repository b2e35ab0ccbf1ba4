package org.smbd.vfs.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ChangeNotification;
import org.smbd.vfs.Outcome;

class ChangeHubTest {
    private static final int NAMES = CompletionFilter.FILE_NAME | CompletionFilter.DIR_NAME;
    private static final int ALL = 0xFFF;

    private final ChangeHub hub = new ChangeHub(new NotifyLimits(1_000, 2_000));

    private DirectoryWatch watch(String location) {
        return hub.watch(location, path -> path.replace('/', '\\'));
    }

    private static final class Answer {
        Outcome<List<ChangeNotification>> outcome;
        Outcome.Operation<List<ChangeNotification>> operation;

        List<ChangeNotification> changes() {
            return ((Outcome.Done<List<ChangeNotification>>) outcome).value();
        }
    }

    private static Answer ask(DirectoryWatch watch, int filter, boolean tree, int bytesMax) {
        Answer answer = new Answer();
        Outcome<List<ChangeNotification>> outcome = watch.request(filter, tree, bytesMax);
        if (outcome instanceof Outcome.Wait<List<ChangeNotification>> wait) {
            answer.operation = wait.operation();
            answer.operation.onDone(later -> {
                assertNull(answer.outcome);
                answer.outcome = later;
            });
        } else {
            answer.outcome = outcome;
        }
        return answer;
    }

    private static ChangeNotification change(int action, String name) {
        return new ChangeNotification(action, name);
    }

    @Test
    void aWaitingRequestGetsTheFirstChange() {
        Answer answer = ask(watch("/srv/d"), NAMES, false, 1_000);
        hub.post(Change.added("/srv/d/new", false));
        hub.post(Change.added("/srv/d/later", false));
        assertEquals(List.of(change(FileAction.ADDED, "new")), answer.changes());
    }

    @Test
    void changesBetweenRequestsAreKept() {
        DirectoryWatch watch = watch("/srv/d");
        ask(watch, NAMES, false, 1_000).operation.cancel(NtStatus.CANCELLED);
        hub.post(Change.added("/srv/d/a", true));
        hub.post(Change.removed("/srv/d/a", true));
        assertEquals(
                List.of(change(FileAction.ADDED, "a"), change(FileAction.REMOVED, "a")),
                ask(watch, NAMES, false, 1_000).changes());
        assertEquals(0, hub.keptBytes());
    }

    @Test
    void nothingIsKeptBeforeTheFirstRequest() {
        DirectoryWatch watch = watch("/srv/d");
        hub.post(Change.added("/srv/d/a", false));
        assertNull(ask(watch, NAMES, false, 1_000).outcome);
    }

    @Test
    void theFirstRequestSettlesFilterAndDepth() {
        DirectoryWatch watch = watch("/srv/d");
        ask(watch, CompletionFilter.ATTRIBUTES, true, 1_000).operation.cancel(NtStatus.CANCELLED);
        Answer answer = ask(watch, NAMES, false, 1_000);
        hub.post(Change.added("/srv/d/a", false));
        assertNull(answer.outcome);
        hub.post(Change.modified("/srv/d/sub/a", CompletionFilter.ATTRIBUTES));
        assertEquals(List.of(change(FileAction.MODIFIED, "sub\\a")), answer.changes());
    }

    @Test
    void onlyATreeHearsOfWhatIsDeeper() {
        Answer flat = ask(watch("/srv/d"), NAMES, false, 1_000);
        Answer tree = ask(watch("/srv"), NAMES, true, 1_000);
        Answer beside = ask(watch("/srv/d2"), NAMES, true, 1_000);
        Answer root = ask(watch("/"), NAMES, true, 1_000);
        hub.post(Change.added("/srv/d/sub/x", false));
        assertNull(flat.outcome);
        assertNull(beside.outcome);
        assertEquals(List.of(change(FileAction.ADDED, "d\\sub\\x")), tree.changes());
        assertEquals(List.of(change(FileAction.ADDED, "srv\\d\\sub\\x")), root.changes());
    }

    @Test
    void aDirectoryItselfIsNoneOfItsChanges() {
        Answer answer = ask(watch("/srv/d"), ALL, true, 1_000);
        hub.post(Change.modified("/srv/d", CompletionFilter.ATTRIBUTES));
        assertNull(answer.outcome);
    }

    @Test
    void requestsOfOneOpenAreAnsweredInTheirOrder() {
        DirectoryWatch watch = watch("/srv/d");
        Answer first = ask(watch, NAMES, false, 1_000);
        Answer second = ask(watch, NAMES, false, 1_000);
        hub.post(Change.added("/srv/d/a", false));
        assertEquals(List.of(change(FileAction.ADDED, "a")), first.changes());
        assertNull(second.outcome);
        hub.post(Change.added("/srv/d/b", false));
        assertEquals(List.of(change(FileAction.ADDED, "b")), second.changes());
    }

    @Test
    void whatDoesNotFitTheFirstRequestsBufferIsForgottenAndToldSo() {
        DirectoryWatch watch = watch("/srv/d");
        ask(watch, NAMES, false, 30).operation.cancel(NtStatus.CANCELLED);
        hub.post(Change.added("/srv/d/12345", false)); // 12 + 10 bytes
        hub.post(Change.added("/srv/d/12345678", false));
        assertEquals(List.of(), ask(watch, NAMES, false, 1_000).changes());
        assertEquals(0, hub.keptBytes());
        hub.post(Change.added("/srv/d/x", false));
        assertEquals(
                List.of(change(FileAction.ADDED, "x")),
                ask(watch, NAMES, false, 1_000).changes());
    }

    @Test
    void aRequestWithTooSmallABufferLosesWhatWasKept() {
        DirectoryWatch watch = watch("/srv/d");
        ask(watch, NAMES, false, 1_000).operation.cancel(NtStatus.CANCELLED);
        hub.post(Change.added("/srv/d/a", false));
        assertEquals(List.of(), ask(watch, NAMES, false, 0).changes());
        assertNull(ask(watch, NAMES, false, 1_000).outcome);
    }

    @Test
    void allOpensTogetherKeepNoMoreThanTheLimit() {
        List<DirectoryWatch> watches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            DirectoryWatch watch = watch("/srv/d");
            ask(watch, NAMES, false, 1_000).operation.cancel(NtStatus.CANCELLED);
            watches.add(watch);
        }
        for (int i = 0; i < 20; i++) {
            hub.post(Change.added("/srv/d/a name of a certain length " + i, false));
            assertTrue(hub.keptBytes() <= 2_000);
        }
        for (DirectoryWatch watch : watches) {
            assertInstanceOf(Outcome.Done.class, ask(watch, NAMES, false, 1_000).outcome);
        }
        assertEquals(0, hub.keptBytes());
    }

    @Test
    void closingAnswersAllAndLeavesNothing() {
        DirectoryWatch watch = watch("/srv/d");
        Answer first = ask(watch, NAMES, false, 1_000);
        Answer second = ask(watch, NAMES, false, 1_000);
        watch.close();
        assertEquals(new Outcome.Fail<>(NtStatus.NOTIFY_CLEANUP), first.outcome);
        assertEquals(new Outcome.Fail<>(NtStatus.NOTIFY_CLEANUP), second.outcome);
        assertEquals(new Outcome.Fail<>(NtStatus.NOTIFY_CLEANUP), ask(watch, NAMES, false, 1_000).outcome);
        assertFalse(hub.isWatched());
        assertFalse(first.operation.cancel(NtStatus.CANCELLED));
    }

    @Test
    void deletionOfTheDirectoryEndsAllItsWatches() {
        Answer one = ask(watch("/srv/d"), NAMES, false, 1_000);
        Answer other = ask(watch("/srv/d"), NAMES, true, 1_000);
        Answer above = ask(watch("/srv"), NAMES, true, 1_000);
        hub.deletePending("/srv/d");
        assertEquals(new Outcome.Fail<>(NtStatus.DELETE_PENDING), one.outcome);
        assertEquals(new Outcome.Fail<>(NtStatus.DELETE_PENDING), other.outcome);
        assertNull(above.outcome);
        assertEquals(1, hub.size());
    }

    @Test
    void aCancelledRequestTakesNoChangeWithIt() {
        DirectoryWatch watch = watch("/srv/d");
        Answer cancelled = ask(watch, NAMES, false, 1_000);
        Answer next = ask(watch, NAMES, false, 1_000);
        assertTrue(cancelled.operation.cancel(NtStatus.CANCELLED));
        hub.post(Change.added("/srv/d/a", false));
        assertEquals(new Outcome.Fail<>(NtStatus.CANCELLED), cancelled.outcome);
        assertEquals(List.of(change(FileAction.ADDED, "a")), next.changes());
    }

    @Test
    void aMovedDirectoryIsWatchedAtItsNewPlace() {
        DirectoryWatch watch = watch("/srv/d");
        Answer answer = ask(watch, NAMES, false, 1_000);
        watch.moved("/srv/e");
        hub.post(Change.added("/srv/d/old", false));
        assertNull(answer.outcome);
        hub.post(Change.added("/srv/e/new", false));
        assertEquals(List.of(change(FileAction.ADDED, "new")), answer.changes());
        watch.close();
        assertFalse(hub.isWatched());
    }

    @Test
    void aFileThatIsModifiedTwiceInARowIsToldOnce() {
        DirectoryWatch watch = watch("/srv/d");
        ask(watch, ALL, false, 1_000).operation.cancel(NtStatus.CANCELLED);
        hub.post(Change.modified("/srv/d/a", CompletionFilter.SIZE));
        hub.post(Change.modified("/srv/d/a", CompletionFilter.SIZE));
        hub.post(Change.modified("/srv/d/b", CompletionFilter.SIZE));
        assertEquals(
                List.of(change(FileAction.MODIFIED, "a"), change(FileAction.MODIFIED, "b")),
                ask(watch, ALL, false, 1_000).changes());
    }

    @Test
    void aStreamIsNamedBehindItsFile() {
        Answer answer = ask(watch("/srv/d"), CompletionFilter.STREAM_NAME, false, 1_000);
        hub.post(Change.ofStream(FileAction.ADDED_STREAM, CompletionFilter.STREAM_NAME, "/srv/d/a", "s"));
        assertEquals(List.of(change(FileAction.ADDED_STREAM, "a:s")), answer.changes());
    }

    @Test
    void bothNamesOfARenameComeInOneAnswer() {
        Answer answer = ask(watch("/srv/d"), NAMES, false, 1_000);
        hub.post(RenameChanges.ofRename("/srv/d/a", "/srv/d/b", false, ""));
        assertEquals(
                List.of(change(FileAction.RENAMED_OLD_NAME, "a"), change(FileAction.RENAMED_NEW_NAME, "b")),
                answer.changes());
    }

    @Test
    void aMoveIsARemovalAndAnAddition() {
        assertEquals(
                List.of(Change.removed("/srv/d/a", true), Change.added("/srv/e/b", true)),
                List.of(RenameChanges.ofRename("/srv/d/a", "/srv/e/b", true, "")));
    }

    @Test
    void aFileThatIsReplacedUnderItsExactNameIsModified() {
        assertEquals(
                List.of(Change.removed("/d/a", false), Change.modified("/d/b", CompletionFilter.CONTENT)),
                List.of(RenameChanges.ofRename("/d/a", "/d/b", false, "/d/b")));
        assertEquals(
                List.of(Change.removed("/d/B", false), Change.oldName("/d/a", false), Change.newName("/d/b", false)),
                List.of(RenameChanges.ofRename("/d/a", "/d/b", false, "/d/B")));
    }

    @Test
    void aLinkIsANewNameOrAnotherFileUnderAnOldOne() {
        assertEquals(List.of(Change.added("/d/b", false)), List.of(RenameChanges.ofLink("/d/b", "")));
        assertEquals(
                List.of(Change.modified("/d/b", CompletionFilter.CONTENT)),
                List.of(RenameChanges.ofLink("/d/b", "/d/b")));
        assertEquals(
                List.of(Change.removed("/d/B", false), Change.added("/d/b", false)),
                List.of(RenameChanges.ofLink("/d/b", "/d/B")));
    }
}
