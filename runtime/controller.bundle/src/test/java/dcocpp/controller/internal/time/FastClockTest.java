package dcocpp.controller.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FastClockTest {

    private static final long MS = 1_000_000;

    private long machine = 77 * MS;
    private final FastClock clock = new FastClock(() -> machine, 60);

    @Test
    void runsAtItsRateWhileItsTasksKeepUp() {
        Task task = watched(2);
        for (int i = 0; i < 100; i++) {
            machine += MS;
            task.due = machine + MS;
            clock.elapsedNanos();
        }
        assertEquals(6000 * MS, clock.elapsedNanos());
    }

    @Test
    void waitsForALateTaskAndGoesOnWithoutMakingUpForIt() {
        Task task = watched(2);
        task.due = machine + 2 * MS;
        machine += 500 * MS;
        // due after 2 ms, two periods of grace
        assertEquals(60 * 6 * MS, clock.elapsedNanos());
        machine += 500 * MS;
        assertEquals(60 * 6 * MS, clock.elapsedNanos());
        task.due = machine + 2 * MS;
        machine += MS;
        assertEquals(60 * 7 * MS, clock.elapsedNanos());
    }

    @Test
    void aTaskThatHangsDoesNotHoldItForever() {
        Task task = watched(2);
        task.due = machine;
        machine += 2003 * MS;
        assertEquals(60 * 4 * MS, clock.elapsedNanos());
        machine += 10 * MS;
        assertEquals(60 * 14 * MS, clock.elapsedNanos());
    }

    @Test
    void aTaskThatEndedIsForgotten() {
        Task task = watched(2);
        task.due = machine;
        task.ended = true;
        machine += 50 * MS;
        assertEquals(60 * 50 * MS, clock.elapsedNanos());
    }

    private Task watched(long periodMs) {
        Task task = new Task(periodMs * MS);
        clock.watch(task);
        return task;
    }

    private static final class Task implements FastClock.Periodic {
        private final long period;
        private long due;
        private boolean ended;

        Task(long period) {
            this.period = period;
        }

        @Override
        public long dueNanos() {
            return due;
        }

        @Override
        public long periodNanos() {
            return period;
        }

        @Override
        public boolean ended() {
            return ended;
        }
    }
}
