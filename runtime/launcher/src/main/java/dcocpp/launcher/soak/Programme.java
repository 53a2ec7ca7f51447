package dcocpp.launcher.soak;

import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is done to the charger, and when: one disturbance after the other at equal distances, whether the one before is over or not. Not
 * thread-safe.
 */
final class Programme {

    private static final double FIRST_SECONDS = 30;
    private static final double LEAST_DISTANCE_SECONDS = 22;
    private static final double GREATEST_DISTANCE_SECONDS = 300;
    private static final int WANTED = 40;

    private final double distanceSeconds;
    private final double untilSeconds;
    private final List<Supplier<Disturbance>> once;
    private final List<Supplier<Disturbance>> again;
    private final Listener listener;
    private final List<Running> running = new ArrayList<>();
    private double nextSeconds;
    private int count;
    private int onceDone;

    /** Who keeps what has happened. */
    @FunctionalInterface
    interface Listener {

        /** A disturbance is over, or is not over in time. */
        void over(SoakRecord.Event event) throws LaunchException;
    }

    /** A disturbance that is not over. */
    private static final class Running {
        private final Disturbance disturbance;
        private final double beganSeconds;
        private boolean ended;

        private Running(Disturbance disturbance, double beganSeconds) {
            this.disturbance = disturbance;
            this.beganSeconds = beganSeconds;
        }
    }

    /**
     * Of a run.
     *
     * @param seconds how long the traffic lasts, s
     * @param again what comes again and again, in this order
     * @param once what comes once each, spread over the run
     * @param listener hears of each when it is over, or is not over in time
     */
    Programme(double seconds, List<Supplier<Disturbance>> again, List<Supplier<Disturbance>> once, Listener listener) {
        this.again = List.copyOf(again);
        this.once = List.copyOf(once);
        this.listener = listener;
        distanceSeconds = Math.max(LEAST_DISTANCE_SECONDS, Math.min(GREATEST_DISTANCE_SECONDS, seconds / WANTED));
        untilSeconds = seconds - LEAST_DISTANCE_SECONDS;
        nextSeconds = Math.min(FIRST_SECONDS, seconds / 4);
    }

    /** Does what is due at this time, s. */
    void look(double now) throws LaunchException {
        for (Running each : List.copyOf(running)) {
            carryOn(each, now);
        }
        if (now >= nextSeconds && now < untilSeconds) {
            nextSeconds = now + distanceSeconds;
            begin(next(now), now);
        }
    }

    /** Those that come once stand between equal parts of the run. */
    private Disturbance next(double now) {
        boolean due = onceDone < once.size() && now >= untilSeconds * (onceDone + 1) / (once.size() + 1);
        return due ? once.get(onceDone++).get() : again.get(count++ % again.size()).get();
    }

    private void begin(Disturbance disturbance, double now) throws LaunchException {
        Running begun = new Running(disturbance, now);
        running.add(begun);
        try {
            disturbance.begin().run();
        } catch (IOException | LaunchException e) {
            failed(begun, e);
        }
    }

    private void carryOn(Running each, double now) throws LaunchException {
        Disturbance disturbance = each.disturbance;
        boolean over = false;
        try {
            if (each.ended) {
                over = disturbance.over().holds();
            } else if (now >= each.beganSeconds + disturbance.holdSeconds()) {
                disturbance.end().run();
                each.ended = true;
            }
        } catch (IOException | LaunchException e) {
            failed(each, e);
            return;
        }
        if (over) {
            over(each, "", now - each.beganSeconds);
        } else if (now > each.beganSeconds + disturbance.holdSeconds() + Disturbance.LIMIT_SECONDS) {
            over(each, "; its effect is not over", Double.NaN);
        }
    }

    /** What did not answer may have done it all the same, and is asked again: what was begun must be ended. */
    private void failed(Running each, Exception e) throws LaunchException {
        if (e instanceof LaunchException failure && failure.exitCode() == ExitCode.NOT_RUNNING) {
            throw failure;
        }
        over(each, "; " + e.getMessage(), Double.NaN);
    }

    private void over(Running each, String more, double tookSeconds) throws LaunchException {
        running.remove(each);
        listener.over(new SoakRecord.Event(each.beganSeconds, each.disturbance.kind(), each.disturbance.detail() + more, tookSeconds));
    }

    /** None is under way. */
    boolean quiet() {
        return running.isEmpty();
    }
}
