package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.JournalException;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.store.StoreException;

/**
 * All features as one: what the disk refuses to one of them keeps no other from doing its part. A feature that the disk does not let
 * start is started later, and hears of nothing before. A mistake of ours is thrown on, once all have had their turn. Used on the owner
 * thread only.
 */
final class FeatureSet {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureSet.class);

    private static final Duration RETRY = Duration.ofSeconds(5);
    /** How long the threads of all features together may take to end, real time. */
    private static final Duration END = Duration.ofSeconds(1);

    private final List<Feature> features;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    /** Those that have not started yet. */
    private final List<Feature> waiting;
    /** What the disk said to each the last time; said once. */
    private final Map<Feature, String> troubles = new HashMap<>();
    private ScheduledFuture<?> retry;

    FeatureSet(List<Feature> features, TimeSource time, ScheduledExecutorService owner) {
        this.features = List.copyOf(features);
        this.time = time;
        this.owner = owner;
        waiting = new ArrayList<>(features);
    }

    List<Feature> all() {
        return features;
    }

    /**
     * Starts all of them.
     *
     * @param late hears of each feature that the disk has let start only now
     * @param complete runs once, when all have started
     */
    void start(Consumer<Feature> late, Runnable complete) {
        start(feature -> { }, late, complete);
    }

    private void start(Consumer<Feature> started, Consumer<Feature> late, Runnable complete) {
        try {
            each(List.copyOf(waiting), feature -> {
                startOne(feature);
                started.accept(feature);
            });
        } finally {
            if (waiting.isEmpty()) {
                complete.run();
            } else {
                retry = owner.schedule(() -> start(late, late, complete), RETRY.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private void startOne(Feature feature) {
        boolean again = false;
        try {
            feature.start();
        } catch (StoreException | JournalException e) {
            again = true;
            throw e;
        } finally {
            if (!again) {
                waiting.remove(feature);
            }
        }
    }

    /** Tells those that have started. */
    void tell(Consumer<Feature> event) {
        each(features.stream().filter(feature -> !waiting.contains(feature)).toList(), event);
    }

    /** Ends all of them; those that have not started have nothing to end. */
    void stop() {
        if (retry != null) {
            retry.cancel(false);
        }
        each(features, Feature::stop);
    }

    /** After {@link #stop}: waits until the threads of all of them have ended, in a bounded time. */
    void awaitEnd() {
        long untilNanos = time.nanoTime() + Math.round(END.toNanos() * time.rate());
        each(features, feature -> feature.awaitEnd(untilNanos));
    }

    private void each(List<Feature> concerned, Consumer<Feature> event) {
        RuntimeException mistake = null;
        for (Feature feature : concerned) {
            try {
                event.accept(feature);
                troubles.remove(feature);
            } catch (StoreException | JournalException e) {
                if (!e.getMessage().equals(troubles.put(feature, e.getMessage()))) {
                    LOG.error("{} cannot do its part: {}", feature.getClass().getSimpleName(), e.getMessage());
                }
            } catch (RuntimeException e) {
                if (mistake == null) {
                    mistake = e;
                } else {
                    mistake.addSuppressed(e);
                }
            }
        }
        if (mistake != null) {
            throw mistake;
        }
    }
}
