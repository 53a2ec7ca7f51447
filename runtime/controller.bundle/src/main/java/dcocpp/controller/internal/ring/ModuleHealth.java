package dcocpp.controller.internal.ring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;

/** Which power modules say that they cannot be used, and whether any is left. Belongs to the control thread. */
final class ModuleHealth {

    /** A module that is told to switch may be busy for a moment. */
    private static final long LASTING_NANOS = Duration.ofSeconds(1).toNanos();
    /** A module that is unhealthy at this temperature is so because of it, °C. */
    private static final double HOT_C = 80;

    private final Map<String, Long> unfitSince = new HashMap<>();
    private RingFeedback feedback;

    /** One tick. A module of which nothing is heard is not judged: its link is. */
    void see(RingFeedback newFeedback) {
        feedback = newFeedback;
        unfitSince.keySet().removeIf(id -> !unfit(id));
        newFeedback.modules().keySet().stream().filter(this::unfit).forEach(id -> unfitSince.putIfAbsent(id, newFeedback.nowNanos()));
    }

    private boolean unfit(String moduleId) {
        ModuleState module = feedback.modules().get(moduleId);
        return module != null && !module.healthy();
    }

    private boolean lasts(String moduleId) {
        Long since = unfitSince.get(moduleId);
        return since != null && feedback.nowNanos() - since >= LASTING_NANOS;
    }

    /**
     * What a gun shows. While it is not safe its modules are not either, and that is told already.
     *
     * @param own its slot, and those without gun behind it
     * @param reachable the slots whose modules can feed it
     */
    List<Fault> faults(int connectorId, List<SlotSettings> own, List<SlotSettings> reachable) {
        List<Fault> faults = new ArrayList<>();
        GunState gun = feedback == null ? null : feedback.guns().get(connectorId);
        if (gun == null || !gun.safe() || unfitSince.isEmpty()) {
            return faults;
        }
        modules(own).filter(module -> lasts(module.id())).map(module -> feedback.modules().get(module.id())).forEach(module ->
                faults.add(new Fault(module.temperatureC() >= HOT_C ? FaultCause.MODULE_TEMPERATURE : FaultCause.MODULE_DEGRADED,
                        module.moduleId() + (module.detail().isEmpty() ? " cannot be used" : ": " + module.detail()))));
        if (modules(reachable).findAny().isPresent() && modules(reachable).allMatch(module -> lasts(module.id()))) {
            faults.add(new Fault(FaultCause.NO_MODULES, "no power module can be used"));
        }
        return faults;
    }

    private static Stream<ModuleSettings> modules(List<SlotSettings> slots) {
        return slots.stream().flatMap(slot -> slot.modules().stream());
    }
}
