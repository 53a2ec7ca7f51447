package dcocpp.controller.internal.planning;

import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.planner.PlanningInput;
import dcocpp.api.time.TimeSource;
import dcocpp.planjson.PlanningJson;

/**
 * Records planner inputs, one per line, for {@code charger plan}. Writing and everything that can fail or take long happens on a thread of
 * its own behind a short queue; what does not fit into it is dropped and counted. {@link #offer} belongs to the control thread and never
 * waits; the thread comes with the first input that is to be recorded.
 */
public final class InputRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(InputRecorder.class);
    /** Two seconds of inputs. */
    private static final int MOST_WAITING = 20;

    private final TimeSource time;
    private final Path folder;
    private final RecordingFiles files;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong recorded = new AtomicLong();
    private long dropped;
    private boolean dropping;
    private boolean on;
    private ScheduledExecutorService agent;

    /** @param folder where the recording goes */
    public InputRecorder(TimeSource time, Path folder) {
        this(time, folder, new RecordingFiles(folder, time));
    }

    InputRecorder(TimeSource time, Path folder, RecordingFiles files) {
        this.time = time;
        this.folder = folder;
        this.files = files;
    }

    /**
     * Takes the input of one cycle.
     *
     * @param maxBytes most disk space of the recording; 0 = nothing is recorded
     */
    public void offer(PlanningInput input, long maxBytes) {
        if (on != maxBytes > 0) {
            on = maxBytes > 0;
            turned();
        }
        if (!on) {
            return;
        }
        int queue = waiting.get();
        if (queue >= MOST_WAITING) {
            dropped++;
            if (!dropping) {
                dropping = true;
                LOG.warn("Recording of planner inputs falls behind; some are left out");
            }
            return;
        }
        // A disk that is a little too slow keeps the queue full: it has not caught up before the queue is empty.
        dropping &= queue > 0;
        waiting.incrementAndGet();
        agent.execute(() -> {
            try {
                if (files.write(() -> PlanningJson.write(input), maxBytes)) {
                    recorded.incrementAndGet();
                }
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    private void turned() {
        if (on) {
            if (agent == null) {
                agent = time.newAgent("dcocpp-controller-record");
            }
            LOG.info("Planner inputs are recorded in {}", folder);
        } else {
            agent.execute(files::close);
            LOG.info("Planner inputs are no longer recorded; {} were, {} were left out", recorded.get(), dropped);
        }
    }

    /** How many inputs are in the recording. From any thread. */
    long recorded() {
        return recorded.get();
    }

    /** How many did not fit into the queue. */
    long dropped() {
        return dropped;
    }

    /** Ends the thread when it has written what waits, after two seconds at the latest. The control thread must have ended before. */
    public void close() throws InterruptedException {
        if (agent == null) {
            return;
        }
        agent.execute(() -> {
            files.close();
            agent.shutdown();
        });
        if (!agent.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("The recording of planner inputs does not end; its thread is left behind");
            agent.shutdownNow();
        }
    }
}
