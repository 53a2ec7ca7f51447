package dcocpp.api.planner;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a planner hands to its next call, also when that is another planner's. One that does not know the schema starts cold.
 *
 * @param schema who wrote it and how, such as {@code dcocpp.planner/1}; empty = nothing
 * @param values named numbers: filters, timers in process time
 */
public record PlannerMemory(String schema, Map<String, Double> values) {

    /** Nothing remembered. */
    public static final PlannerMemory NONE = new PlannerMemory("", Map.of());

    public PlannerMemory {
        Objects.requireNonNull(schema);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
