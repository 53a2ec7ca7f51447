package dcocpp.config.internal.supply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A PID as it was last written.
 *
 * @param pid name and values
 * @param generation of which configuration
 */
record Supplied(Pid pid, long generation) {

    static Supplied stored(String name, Map<String, Object> properties) {
        Pid pid = new Pid(name);
        properties.forEach((key, value) -> {
            if (!Pid.GENERATION.equals(key)) {
                pid.derived(key, value);
            }
        });
        return new Supplied(pid, generation(properties));
    }

    static long generation(Map<String, Object> properties) {
        return properties.get(Pid.GENERATION) instanceof Number number ? number.longValue() : 0;
    }

    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>(pid.values());
        properties.put(Pid.GENERATION, generation);
        return properties;
    }

    /** Whether Config Admin has just this, types included. */
    boolean isIdenticalTo(Map<String, Object> stored) {
        return properties().keySet().equals(stored.keySet()) && generation == generation(stored) && sameValues(pid, stored);
    }

    /** Whether Config Admin has these values, of whatever generation. */
    static boolean sameValues(Pid pid, Map<String, Object> stored) {
        return stored != null
                && stored.keySet().stream().allMatch(key -> Pid.GENERATION.equals(key) || pid.values().containsKey(key))
                && pid.values().entrySet().stream().allMatch(each -> Values.identical(each.getValue(), stored.get(each.getKey())));
    }

    /** What somebody has changed: property to value. A property that a form has left out is no edit. */
    Map<String, Object> editsIn(Map<String, Object> stored) {
        Map<String, Object> edits = new LinkedHashMap<>();
        pid.values().forEach((key, value) -> {
            Object now = stored.get(key);
            if (now != null && !Objects.equals(now, value) && !Values.sameMeaning(value, now)) {
                edits.put(key, now);
            }
        });
        return edits;
    }
}
