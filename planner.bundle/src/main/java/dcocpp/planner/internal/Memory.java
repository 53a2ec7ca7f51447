package dcocpp.planner.internal;

import java.util.Map;
import java.util.TreeMap;

import dcocpp.api.planner.PlannerMemory;

/** What the last call left for this one, and what this one leaves for the next. What is not written again is forgotten. */
final class Memory {

    static final String SCHEMA = "dcocpp.planner/1";

    private final Map<String, Double> before;
    private final Map<String, Double> after = new TreeMap<>();
    private final long nowNanos;

    Memory(PlannerMemory memory, long nowNanos) {
        // Another planner's memory may use the same names for other things.
        before = SCHEMA.equals(memory.schema()) ? memory.values() : Map.of();
        this.nowNanos = nowNanos;
    }

    /** NaN = not remembered. */
    double value(String key) {
        return before.getOrDefault(key, Double.NaN);
    }

    void put(String key, double value) {
        after.put(key, value);
    }

    /** Keeps a timer running, or starts it now; returns how long it has run, ns. */
    long run(String timer) {
        double since = value(timer);
        // A timer from the future belongs to another run of the process.
        boolean running = since <= nowNanos;
        put(timer, running ? since : nowNanos);
        return running ? (long) (nowNanos - since) : 0;
    }

    /** Starts a timer now. */
    void restart(String timer) {
        put(timer, nowNanos);
    }

    /** Keeps a mark for this long after it was set; whether it is still kept. */
    boolean keep(String mark, long millis) {
        double since = value(mark);
        boolean kept = since <= nowNanos && nowNanos - since < millis * 1e6;
        if (kept) {
            put(mark, since);
        }
        return kept;
    }

    PlannerMemory toPlannerMemory() {
        return new PlannerMemory(SCHEMA, after);
    }
}
