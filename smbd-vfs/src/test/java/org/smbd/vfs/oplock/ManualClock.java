package org.smbd.vfs.oplock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands until the test lets all time-outs come. */
final class ManualClock implements BreakClock {
    private final List<Runnable> due = new ArrayList<>();

    @Override
    public void after(Duration delay, Runnable task) {
        due.add(task);
    }

    @Override
    public void resume(Runnable task) {
        task.run();
    }

    void elapse() {
        List<Runnable> now = List.copyOf(due);
        due.clear();
        now.forEach(Runnable::run);
    }
}
