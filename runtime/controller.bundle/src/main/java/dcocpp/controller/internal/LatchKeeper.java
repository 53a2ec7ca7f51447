package dcocpp.controller.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dcocpp.api.hardware.Fault;
import dcocpp.controller.internal.session.ConnectorMachine;

/**
 * Keeps the faults that only an operator clears over a restart and over another topology: neither makes a gun safe again. Belongs to the
 * control thread.
 */
final class LatchKeeper {

    private final Consumer<Map<Integer, List<Fault>>> keep;
    private final Map<Integer, List<Fault>> latched;

    /**
     * @param kept latched faults by connector, newest first, as they were last given to {@code keep}
     * @param keep keeps them over a restart; called when one comes or is cleared
     */
    LatchKeeper(Map<Integer, List<Fault>> kept, Consumer<Map<Integer, List<Fault>>> keep) {
        this.keep = keep;
        this.latched = new HashMap<>(kept);
    }

    /** These connectors are new: what was latched at the ones before them is latched there. */
    void restore(Collection<ConnectorMachine> connectors) {
        connectors.forEach(connector -> connector.latch(latched.getOrDefault(connector.settings().id(), List.of())));
    }

    /** After each tick. A connector that the topology has no more keeps its faults until it is there again. */
    void see(Collection<ConnectorMachine> connectors) {
        boolean changed = false;
        for (ConnectorMachine connector : connectors) {
            List<Fault> now = connector.latchedFaults();
            List<Fault> before = now.isEmpty() ? latched.remove(connector.settings().id()) : latched.put(connector.settings().id(), now);
            changed |= !now.equals(before == null ? List.of() : before);
        }
        if (changed) {
            keep.accept(Map.copyOf(latched));
        }
    }
}
