package dcocpp.config.internal.supply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings Config Admin from what it holds to what it shall hold, with as few writes as possible.
 *
 * <p>A generation is the number of an accepted content. A PID carries the one in which it was last written, and a PID whose
 * values have not changed is not written: nothing restarts without need. The topology (connectors, slots, and the hardware in
 * {@code dcocpp.chargepoint}) counts as one value: when any of it changes, all of it is written, so that its consumer knows it is
 * complete when all have one generation and are as many as {@code dcocpp.chargepoint}, the last one written, says.
 */
final class PidWriter {

    private static final List<String> TOPOLOGY_KEYS = List.of("hardware", "usePLC", "canInterface", "connectorCount", "slotCount");

    private final PidStore store;

    PidWriter(PidStore store) {
        this.store = store;
    }

    /**
     * What was done.
     *
     * @param supplied everything that Config Admin holds now
     * @param generation the newest one
     * @param changes what has been written, in words; empty: nothing
     */
    record Outcome(Map<String, Supplied> supplied, long generation, List<String> changes) {}

    /**
     * Writes what differs.
     *
     * @param pids what shall be
     * @param before what was supplied last; Config Admin may hold something else by now
     * @param lastGeneration the newest generation so far
     */
    Outcome write(List<Pid> pids, Map<String, Supplied> before, long lastGeneration) throws IOException {
        Map<String, Map<String, Object>> stored = store.read();
        boolean topology = topologyDiffers(pids, before);
        long next = lastGeneration + 1;
        Map<String, Supplied> supplied = new LinkedHashMap<>();
        List<String> changes = new ArrayList<>();
        for (Pid pid : pids) {
            Supplied last = before.get(pid.pid());
            boolean differs = last == null || !Supplied.sameValues(pid, last.pid().values());
            if (differs) {
                changes.add(change(pid, last));
            }
            boolean renewed = isTopology(pid.pid()) ? topology : differs;
            supplied.put(pid.pid(), new Supplied(pid, renewed ? next : last.generation()));
        }
        for (String name : stored.keySet()) {
            if (!supplied.containsKey(name)) {
                store.delete(name);
                changes.add(name + " removed");
            }
        }
        for (Supplied each : supplied.values()) {
            Map<String, Object> there = stored.get(each.pid().pid());
            if (there == null || !each.isIdenticalTo(there)) {
                store.write(each.pid().pid(), each.properties());
            }
        }
        return new Outcome(supplied, topology || !changes.isEmpty() ? next : lastGeneration, changes);
    }

    private static boolean topologyDiffers(List<Pid> pids, Map<String, Supplied> before) {
        Set<Long> generations = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.removeIf(name -> !isTopology(name));
        for (Pid pid : pids) {
            if (isTopology(pid.pid())) {
                Supplied last = before.get(pid.pid());
                if (last == null || !sameTopology(pid, last.pid().values())) {
                    return true;
                }
                names.remove(pid.pid());
                generations.add(last.generation());
            }
        }
        return !names.isEmpty() || generations.size() > 1;
    }

    private static boolean sameTopology(Pid pid, Map<String, Object> before) {
        return PidTranslator.CHARGE_POINT.equals(pid.pid())
                ? TOPOLOGY_KEYS.stream().allMatch(key -> Values.identical(pid.values().get(key), before.get(key)))
                : Supplied.sameValues(pid, before);
    }

    private static boolean isTopology(String pid) {
        return pid.indexOf('~') > 0 || PidTranslator.CHARGE_POINT.equals(pid);
    }

    private static String change(Pid pid, Supplied last) {
        if (last == null) {
            return pid.pid() + " added";
        }
        Map<String, Object> before = last.pid().values();
        List<String> values = new ArrayList<>();
        pid.values().forEach((key, value) -> {
            if (!Values.identical(value, before.get(key))) {
                values.add(key + " " + Values.shown(key, before.get(key)) + " -> " + Values.shown(key, value));
            }
        });
        return pid.pid() + " " + values;
    }
}
