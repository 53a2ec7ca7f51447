package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.api.topology.ModuleSettings;

/** Keeps the set points of one command within what modules, guns and site may give. It only ever lowers them. */
final class SetPointGuard {

    /** Rounding, and what a set point may differ from the gun's. */
    private static final double SLACK = 1.01;

    private final RingState state;
    private final StepGuard.Rules rules;
    private final Map<String, Double> beforeA = new HashMap<>();
    private final Map<String, Double> capacityW = new HashMap<>();
    private final Map<String, Double> currentA = new HashMap<>();

    SetPointGuard(RingState state, HardwareCommand before, StepGuard.Rules rules) {
        this.state = state;
        this.rules = rules;
        if (before != null) {
            before.modules().forEach(module -> beforeA.put(module.moduleId(), module.on() ? module.currentA() : 0));
        }
        for (SlotInput slot : rules.input().slots()) {
            for (ModuleInput module : slot.modules()) {
                capacityW.put(module.moduleId(), module.capacityW());
            }
        }
    }

    List<ModuleCommand> limited(List<ModuleCommand> modules) {
        modules.forEach(module -> currentA.put(module.moduleId(), module.on() ? ownLimit(module) : 0));
        Map<GunInput, List<String>> fed = new HashMap<>();
        for (GunInput gun : rules.input().guns()) {
            double setpointA = rules.setpointsA().getOrDefault(gun.connectorId(), 0.0);
            if (!state.layout().hasGun(gun.connectorId()) || setpointA <= 0 && state.gunOpen(state.layout().home(gun.connectorId()))) {
                // It takes nothing: its slot may be lent, and what runs there is another's.
                continue;
            }
            List<String> ids = feeding(gun);
            fed.put(gun, ids);
            double limitA = Math.min(gun.maxCurrentA(), gun.maxPowerW() / voltage(gun)) * SLACK;
            scale(ids, Math.min(limitA, setpointA * SLACK));
        }
        site(fed);
        List<ModuleCommand> limited = new ArrayList<>();
        for (ModuleCommand module : modules) {
            double mostA = currentA.get(module.moduleId());
            limited.add(mostA < module.currentA()
                    ? new ModuleCommand(module.moduleId(), module.closeContactor(), module.on(), module.voltageV(), mostA) : module);
        }
        return limited;
    }

    private double ownLimit(ModuleCommand module) {
        double capacity = capacityW.getOrDefault(module.moduleId(), 0.0) * SLACK;
        return module.voltageV() > 0 ? Math.min(module.currentA(), capacity / module.voltageV()) : 0;
    }

    private double voltage(GunInput gun) {
        double busV = state.busV(state.layout().home(gun.connectorId()));
        return busV >= RingState.DEAD_V ? busV : gun.voltageV();
    }

    /** All modules that may be on the gun's bus: what is told to any of them may end in this gun. */
    private List<String> feeding(GunInput gun) {
        List<String> ids = new ArrayList<>();
        boolean[] bus = state.mayBeBus(state.layout().home(gun.connectorId()));
        for (int i = 0; i < bus.length; i++) {
            for (ModuleSettings module : bus[i] ? state.layout().slot(i).modules() : List.<ModuleSettings>of()) {
                ids.add(module.id());
            }
        }
        return ids;
    }

    private void scale(List<String> ids, double mostA) {
        double sum = ids.stream().mapToDouble(id -> currentA.getOrDefault(id, 0.0)).sum();
        if (sum > mostA) {
            ids.forEach(id -> currentA.computeIfPresent(id, (key, value) -> value * mostA / sum));
        }
    }

    /** What is drawn counts until it is seen to fall: until then nobody gets more than before. */
    private void site(Map<GunInput, List<String>> fed) {
        double gridW = rules.input().gridLimitW();
        double drawnW = 0;
        double toldW = 0;
        for (Map.Entry<GunInput, List<String>> entry : fed.entrySet()) {
            double told = sum(entry.getValue()) * voltage(entry.getKey());
            toldW += told;
            drawnW += Math.max(told, state.drawnW(state.layout().home(entry.getKey().connectorId())));
        }
        if (drawnW > gridW) {
            currentA.replaceAll((id, value) -> Math.min(value, beforeA.getOrDefault(id, 0.0)));
            toldW = fed.entrySet().stream().mapToDouble(entry -> sum(entry.getValue()) * voltage(entry.getKey())).sum();
        }
        if (toldW > gridW) {
            double factor = gridW / toldW;
            currentA.replaceAll((id, value) -> value * factor);
        }
    }

    private double sum(List<String> ids) {
        return ids.stream().mapToDouble(id -> currentA.getOrDefault(id, 0.0)).sum();
    }
}
