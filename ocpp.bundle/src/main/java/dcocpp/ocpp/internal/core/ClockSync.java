package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.message.OcppTime;

/** Sets the wall clock by the back office's, and asks for its time when the machine's clock was set. Used on the owner thread only. */
final class ClockSync {
    private static final Logger LOG = LoggerFactory.getLogger(ClockSync.class);

    /** A clock that is off by less, beside what a reading may be wrong by, is right. Real time, as the next two. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    /** An answer that took longer tells the time too badly. */
    private static final Duration SLOW = Duration.ofSeconds(5);
    /** Whole seconds were cut off: on average half a second is missing. */
    private static final Duration CUT_OFF = Duration.ofMillis(500);
    private static final Duration WATCH = Duration.ofSeconds(10);
    /** How often a back office that does not tell its time is asked for it out of turn. */
    private static final int QUESTIONS = 6;

    private final TimeSource time;
    private final Consumer<Duration> onJump;
    private final Runnable onSynced;

    private ScheduledFuture<?> watch;
    /** The clock has been compared with the back office's since it was last set by anybody else. */
    private boolean compared;
    private int questions;
    private int machineSteps;
    /** Wall time at a moment of the process, to see what a step of the machine's clock has done to it. */
    private Instant markWall;
    private long markNanos;

    /**
     * @param onJump hears by how much the clock was set
     * @param onSynced called after that, also when it was right already
     */
    ClockSync(TimeSource time, Consumer<Duration> onJump, Runnable onSynced) {
        this.time = time;
        this.onJump = onJump;
        this.onSynced = onSynced;
        machineSteps = time.machineSteps();
        mark();
    }

    private void mark() {
        markWall = time.now();
        markNanos = time.nanoTime();
    }

    /**
     * The back office has told its time.
     *
     * @param took from the request to this answer, process time; the back office looked at its clock somewhere in between
     */
    void onTime(String currentTime, Duration took) {
        OcppTime.parse(currentTime).ifPresent(told -> onTime(told, Duration.ofNanos(Math.round(took.toNanos() / time.rate()))));
    }

    private void onTime(Instant told, Duration tookReal) {
        if (compared && tookReal.compareTo(SLOW) > 0) {
            LOG.debug("An answer that took {} is not used to set the clock", tookReal);
            return;
        }
        compared = true;
        Duration uncertain = tookReal.dividedBy(2).plus(told.getNano() == 0 ? CUT_OFF : Duration.ZERO);
        Instant theirs = told.plus(uncertain);
        Duration difference = Duration.between(time.now(), theirs);
        // The way through the network takes real time, also while the process clock runs faster.
        if (difference.abs().toMillis() > TOLERANCE.plus(uncertain).toMillis() * Math.max(1, time.rate())) {
            LOG.info("The clock is set by {}", difference);
            time.adjust(theirs);
            mark();
            onJump.accept(difference);
        }
        onSynced.run();
    }

    /**
     * Watches the machine's clock until {@link #stop}.
     *
     * @param question asks the back office for its time; false when that is not possible now
     */
    void watch(ScheduledExecutorService owner, BooleanSupplier question) {
        watch = owner.scheduleWithFixedDelay(() -> look(question), WATCH.toNanos(), WATCH.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look(BooleanSupplier question) {
        int steps = time.machineSteps();
        if (steps != machineSteps) {
            machineSteps = steps;
            compared = false;
            questions = QUESTIONS;
            Duration moved = Duration.between(markWall.plusNanos(time.nanoTime() - markNanos), time.now());
            LOG.info("The machine's clock was set, ours by {}: the back office is asked for its time", moved);
            if (moved.abs().compareTo(TOLERANCE) > 0) {
                onJump.accept(moved);
            }
        }
        mark();
        if (!compared && questions > 0 && question.getAsBoolean()) {
            questions--;
        }
    }

    /** Watches no more. */
    void stop() {
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
