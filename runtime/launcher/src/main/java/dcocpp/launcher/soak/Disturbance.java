package dcocpp.launcher.soak;

import dcocpp.launcher.LaunchException;
import java.io.IOException;

/**
 * Something that is done to the charger and whose effect ends again.
 *
 * @param kind its name in the record
 * @param detail for people
 * @param holdSeconds how long it lasts, s
 * @param begin begins it
 * @param end ends it, after that time
 * @param over whether nothing of it is left; asked again and again once it has ended
 */
record Disturbance(String kind, String detail, double holdSeconds, Step begin, Step end, Check over) {

    /** Until this long after its end its effect must be over, s. */
    static final double LIMIT_SECONDS = 240;

    /** Something that is done once. */
    @FunctionalInterface
    interface Step {
        void run() throws LaunchException, IOException;
    }

    /** Something that is looked at. */
    @FunctionalInterface
    interface Check {
        boolean holds() throws LaunchException;
    }
}
