package dcocpp.launcher.plan;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a planner on a thread of its own with a time limit. One that does not return loses that thread; the next call gets a new one. */
final class PlannerCall implements AutoCloseable {
    private final ChargePlanner planner;
    private final Duration limit;
    private ExecutorService thread = newThread();
    private int hung;

    PlannerCall(ChargePlanner planner, Duration limit) {
        this.planner = planner;
        this.limit = limit;
    }

    /** There is no plan; the message says why. */
    static final class PlannerFailure extends Exception {
        private static final long serialVersionUID = 1L;

        PlannerFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "dcocpp-launcher-plan");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The plan for this input. */
    Plan plan(PlanningInput input) throws PlannerFailure, InterruptedException {
        Future<Plan> answer = thread.submit(() -> planner.plan(input));
        try {
            Plan plan = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (plan == null) {
                throw new PlannerFailure("the planner gives no plan (null)", null);
            }
            return plan;
        } catch (ExecutionException e) {
            throw new PlannerFailure("the planner threw " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            hung++;
            thread.shutdownNow();
            thread = newThread();
            throw new PlannerFailure("the planner does not return within " + limit.toMillis() / 1e3 + " s", e);
        }
    }

    /** How many calls did not return. */
    int hung() {
        return hung;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
