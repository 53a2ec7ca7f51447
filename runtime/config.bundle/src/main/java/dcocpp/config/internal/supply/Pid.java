package dcocpp.config.internal.supply;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one PID shall carry.
 *
 * @param pid {@code dcocpp.planner}, or factory and name: {@code dcocpp.connector~1}
 * @param values property to value, without the generation
 * @param places property to its JSON pointer; a property without one follows from other values and cannot be edited
 */
public record Pid(String pid, Map<String, Object> values, Map<String, String> places) {

    public static final String GENERATION = "config.generation";

    Pid(String pid) {
        this(pid, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    Pid edited(String property, Object value, String place) {
        values.put(property, value);
        places.put(property, place);
        return this;
    }

    Pid derived(String property, Object value) {
        values.put(property, value);
        return this;
    }
}
