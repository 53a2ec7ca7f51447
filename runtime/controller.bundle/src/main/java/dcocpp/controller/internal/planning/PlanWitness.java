package dcocpp.controller.internal.planning;

import java.nio.file.Path;
import java.util.function.Consumer;

import dcocpp.api.planner.PlanningInput;
import dcocpp.api.time.TimeSource;

/** Watches the planning and has no part in it: records inputs when that is switched on, and tells changes to the log and the journal. */
public final class PlanWitness {

    private final InputRecorder recorder;
    private final DispatchLog log;

    /**
     * @param folder where recordings go
     * @param shared told who gets what when that changes
     */
    public PlanWitness(TimeSource time, Path folder, Consumer<String> shared) {
        recorder = new InputRecorder(time, folder);
        log = new DispatchLog(time, shared);
    }

    /**
     * One tick, on the control thread; never waits.
     *
     * @param asked the input of this tick
     * @param planners knows the last plan
     * @param recordMaxBytes most disk space of a recording, bytes; 0 = nothing is recorded
     */
    public void tick(PlanningInput asked, PlannerSlot planners, long recordMaxBytes) {
        recorder.offer(asked, recordMaxBytes);
        log.tick(planners.latestInput(), planners.latest());
    }

    /** Ends what it has started; the control thread must have ended before. */
    public void close() throws InterruptedException {
        recorder.close();
    }
}
