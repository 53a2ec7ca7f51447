package dcocpp.controller.internal.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.journal.JournalStamp;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.journal.Happening.Kind;

/**
 * Takes happenings of the control thread and hands them to the journal's thread, at most once in a second and never many at once. What
 * happens a third time within a minute is counted from then on and written once a minute, with its count. What the disk does not take
 * is lost and counted: it must not keep a transaction waiting. Belongs to the control thread.
 */
public final class HappeningBook {

    /** In one write. */
    static final int MOST_AT_ONCE = 32;
    private static final int TOLD_SINGLY = 2;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final TimeSource time;
    private final JournalDesk desk;
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private final List<Happening> queue = new ArrayList<>();
    private int lost;
    private long writtenNanos;

    /** How one thing went on within the last minute. */
    private static final class Course {
        private long sinceNanos;
        private int told;
        /** Counted and not yet written; null = nothing. */
        private Happening held;
    }

    public HappeningBook(TimeSource time, JournalDesk desk) {
        this.time = time;
        this.desk = desk;
        this.writtenNanos = time.nanoTime() - PAUSE_NANOS;
    }

    /**
     * Something happens now.
     *
     * @param key what counts as the same thing when it happens again
     * @param connectorId the connector; 0 = all of them, or none in particular
     * @param what in a word or two
     * @param detail what else there is to say; may be empty
     */
    public void note(String key, Kind kind, int connectorId, String what, String detail) {
        long now = time.nanoTime();
        Instant at = time.now();
        Happening happening = new Happening(new JournalStamp(0, time.bootId(), now, at), kind, connectorId, at, 1, what, detail);
        Course course = courses.computeIfAbsent(key, name -> new Course());
        if (course.told == 0) {
            course.sinceNanos = now;
        }
        if (course.told < TOLD_SINGLY) {
            course.told++;
            enqueue(happening);
        } else {
            course.held = course.held == null ? happening : course.held.again(happening);
        }
    }

    private void enqueue(Happening happening) {
        if (queue.size() < MOST_AT_ONCE) {
            queue.add(happening);
        } else {
            lost += happening.times();
        }
    }

    /** One tick: hands over what is due. */
    public void tick() {
        long now = time.nanoTime();
        if (now - writtenNanos < PAUSE_NANOS * time.rate()) {
            return;
        }
        release(now, false);
        write(now);
    }

    /** Tells what was counted in a minute that is over; what goes on is counted for another one. */
    private void release(long now, boolean all) {
        for (Iterator<Course> each = courses.values().iterator(); each.hasNext();) {
            Course course = each.next();
            if (all || now - course.sinceNanos >= WINDOW_NANOS) {
                if (course.held == null) {
                    each.remove();
                } else {
                    enqueue(course.held);
                    course.held = null;
                    course.sinceNanos = now;
                }
            }
        }
    }

    private void write(long now) {
        if (queue.isEmpty()) {
            return;
        }
        writtenNanos = now;
        int missing = lost;
        if (missing > 0) {
            queue.add(new Happening(new JournalStamp(0, time.bootId(), now, time.now()), Kind.JOURNAL, 0, time.now(), 1, "lost",
                    missing + " happenings were not recorded"));
            lost = 0;
        }
        int count = queue.stream().mapToInt(Happening::times).sum() + missing - (missing > 0 ? 1 : 0);
        desk.offer(queue, () -> lost += count);
        queue.clear();
    }

    /** The end: hands everything over. */
    public void close() {
        long now = time.nanoTime();
        release(now, true);
        write(now);
    }
}
