package dcocpp.launcher.soak;

import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private final Consumer<SoakRecord.Event> told;
    private final List<Running> running = new ArrayList<>();
    private double nextSeconds;
    private int count;
    private int onceDone;

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
     * @param told hears of each when it is over, or is not over in time
     */
    Programme(double seconds, List<Supplier<Disturbance>> again, List<Supplier<Disturbance>> once, Consumer<SoakRecord.Event> told) {
        this.again = List.copyOf(again);
        this.once = List.copyOf(once);
        this.told = told;
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
        try {
            disturbance.begin().run();
            running.add(new Running(disturbance, now));
        } catch (IOException | LaunchException e) {
            failed(disturbance, now, e);
        }
    }

    private void carryOn(Running each, double now) throws LaunchException {
        Disturbance disturbance = each.disturbance;
        try {
            if (!each.ended) {
                if (now < each.beganSeconds + disturbance.holdSeconds()) {
                    return;
                }
                disturbance.end().run();
                each.ended = true;
            } else if (disturbance.over().holds()) {
                running.remove(each);
                told.accept(new SoakRecord.Event(each.beganSeconds, disturbance.kind(), disturbance.detail(), now - each.beganSeconds));
            } else if (now > each.beganSeconds + disturbance.holdSeconds() + Disturbance.LIMIT_SECONDS) {
                running.remove(each);
                told.accept(new SoakRecord.Event(each.beganSeconds, disturbance.kind(), disturbance.detail() + "; its effect is not over",
                        Double.NaN));
            }
        } catch (IOException | LaunchException e) {
            running.remove(each);
            failed(disturbance, each.beganSeconds, e);
        }
    }

    /** A charger that does not answer is more than a disturbance that failed. */
    private void failed(Disturbance disturbance, double beganSeconds, Exception e) throws LaunchException {
        told.accept(new SoakRecord.Event(beganSeconds, disturbance.kind(), disturbance.detail() + "; " + e.getMessage(), Double.NaN));
        if (e instanceof LaunchException failure && failure.exitCode() == ExitCode.NOT_RUNNING) {
            throw failure;
        }
    }

    /** None is under way. */
    boolean quiet() {
        return running.isEmpty();
    }
}
