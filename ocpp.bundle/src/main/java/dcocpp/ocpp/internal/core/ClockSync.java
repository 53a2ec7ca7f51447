package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.message.OcppTime;

/** Sets the wall clock by the back office's. Used on the owner thread only. */
final class ClockSync {
    private static final Logger LOG = LoggerFactory.getLogger(ClockSync.class);

    /** Less than this may just as well be the way through the network. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final TimeSource time;
    private final Consumer<Duration> onJump;
    private final Runnable onSynced;

    /**
     * @param onJump hears by how much the clock was set
     * @param onSynced called after that, also when it was right already
     */
    ClockSync(TimeSource time, Consumer<Duration> onJump, Runnable onSynced) {
        this.time = time;
        this.onJump = onJump;
        this.onSynced = onSynced;
    }

    void onTime(String currentTime) {
        OcppTime.parse(currentTime).ifPresent(theirs -> {
            Duration difference = Duration.between(time.now(), theirs);
            // The way through the network takes real time, also while the process clock runs faster.
            if (difference.abs().toMillis() > TOLERANCE.toMillis() * Math.max(1, time.rate())) {
                LOG.info("The clock is set by {}", difference);
                time.adjust(theirs);
                onJump.accept(difference);
            }
            onSynced.run();
        });
    }
}
