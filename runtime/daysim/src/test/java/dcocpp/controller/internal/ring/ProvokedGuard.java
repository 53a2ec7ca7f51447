package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.topology.ModuleSettings;

/**
 * The guard of the switching steps behind a sequencer that goes wrong for a few seconds every few minutes. It sees what that wants to do,
 * or it is blind for the one rule that this breaks.
 */
public final class ProvokedGuard extends StepGuard {

    private static final long EVERY_NANOS = 300_000_000_000L;
    private static final long WRONG_NANOS = 5_000_000_000L;
    private static final double FLOWING_A = 10;
    private static final double LIVE_V = 200;
    private static final double ALIKE_V = 10;
    private static final double OWN_V = 150;
    private static final double MUCH_W = 1e6;

    /** The rules of which one is broken. */
    public enum Rule {
        /** Two guns on one bus: bus contactors close between two islands that happen to have the same voltage. */
        H1,
        /** Switching under load: contactors of modules that give current open. */
        H2,
        /** Switching across a voltage: idle modules are put on a live bus with a voltage of their own. */
        H3,
        /** More than the grid allows: every module gives what it can, every car is offered everything. */
        H4,
        /** More than the cable carries: the same, for one gun. */
        H5
    }

    private final Rule provoked;
    private final boolean blind;
    private long attempts;

    /**
     * A guard of one day.
     *
     * @param provoked the rule that the sequencer breaks
     * @param blind this rule is not checked
     */
    public ProvokedGuard(Rule provoked, boolean blind) {
        this.provoked = provoked;
        this.blind = blind;
    }

    @Override
    public HardwareCommand checked(RingState state, HardwareCommand before, HardwareCommand next, Rules rules) {
        boolean wrong = state.nowNanos() % EVERY_NANOS < WRONG_NANOS;
        HardwareCommand spoiled = wrong ? spoiled(state, next) : next;
        attempts += spoiled.equals(next) ? 0 : 1;
        return super.checked(state, before, spoiled, blind ? blinded(rules) : rules);
    }

    /** In how many ticks it has tried. */
    public long attempts() {
        return attempts;
    }

    private HardwareCommand spoiled(RingState state, HardwareCommand next) {
        return switch (provoked) {
            case H1 -> with(next, next.guns(), next.modules(), joining(state, next.closedBusContactors()));
            case H2 -> with(next, next.guns(), switched(state, next, true), next.closedBusContactors());
            case H3 -> with(next, next.guns(), switched(state, next, false), next.closedBusContactors());
            case H4, H5 -> with(next, generous(next), full(next), next.closedBusContactors());
        };
    }

    private static HardwareCommand with(HardwareCommand next, List<GunCommand> guns, List<ModuleCommand> modules, Set<String> closed) {
        return new HardwareCommand(next.number(), next.issuedNanos(), guns, modules, closed);
    }

    private static Set<String> joining(RingState state, Set<String> closed) {
        Set<String> joined = new HashSet<>(closed);
        for (int i = 0; i < state.layout().size(); i++) {
            double differenceV = Math.abs(state.busV(i) - state.busV(i + 1));
            if (state.busV(i) > LIVE_V && differenceV < ALIKE_V) {
                joined.add(state.layout().contactor(i));
            }
        }
        return joined;
    }

    /** Modules that give current are cut off, or idle ones are put on a live bus. */
    private static List<ModuleCommand> switched(RingState state, HardwareCommand next, boolean open) {
        Map<String, Integer> slots = new HashMap<>();
        for (int i = 0; i < state.layout().size(); i++) {
            for (ModuleSettings module : state.layout().slot(i).modules()) {
                slots.put(module.id(), i);
            }
        }
        List<ModuleCommand> modules = new ArrayList<>();
        for (ModuleCommand module : next.modules()) {
            ModuleState known = state.module(module.moduleId());
            boolean flows = known != null && known.currentA() > FLOWING_A;
            boolean apart = !module.closeContactor() && state.busV(slots.get(module.moduleId())) > LIVE_V;
            if (open && flows) {
                modules.add(new ModuleCommand(module.moduleId(), false, module.on(), module.voltageV(), module.currentA()));
            } else if (!open && apart) {
                modules.add(new ModuleCommand(module.moduleId(), true, true, OWN_V, 0));
            } else {
                modules.add(module);
            }
        }
        return modules;
    }

    private static List<ModuleCommand> full(HardwareCommand next) {
        return next.modules().stream().map(module -> module.on() && module.currentA() > 0
                ? new ModuleCommand(module.moduleId(), module.closeContactor(), true, module.voltageV(), MUCH_W / module.voltageV())
                : module).toList();
    }

    private static List<GunCommand> generous(HardwareCommand next) {
        return next.guns().stream().map(gun -> new GunCommand(gun.connectorId(), gun.authorization(), gun.closeContactor(), gun.lock(),
                gun.forceOff(), gun.clearFaults(), gun.offerVoltageV(), MUCH_W, MUCH_W, gun.regulating(), gun.reportedFaults())).toList();
    }

    private Rules blinded(Rules rules) {
        PlanningInput input = rules.input();
        double gridW = provoked == Rule.H4 ? Double.POSITIVE_INFINITY : input.gridLimitW();
        List<GunInput> guns = provoked != Rule.H5 && provoked != Rule.H4 ? input.guns() : input.guns().stream()
                .map(gun -> new GunInput(gun.connectorId(), gun.active(), gun.requestW(), MUCH_W, provoked == Rule.H5 ? MUCH_W
                        : gun.maxCurrentA(), gun.voltageV(), gun.weight())).toList();
        Map<Integer, Double> setpointsA = provoked != Rule.H5 && provoked != Rule.H4 ? rules.setpointsA() : everything(rules);
        return new Rules(rules.limits(), new PlanningInput(input.nowNanos(), input.settings(), gridW, input.slots(), guns,
                input.contactors(), input.current()), setpointsA, rules.openAnyway());
    }

    private static Map<Integer, Double> everything(Rules rules) {
        Map<Integer, Double> all = new HashMap<>();
        rules.input().guns().forEach(gun -> all.put(gun.connectorId(), MUCH_W));
        return all;
    }

    @Override
    protected Optional<String> canOpen(RingState state, String contactor, RingLimits limits) {
        return blind && provoked == Rule.H2 ? Optional.empty() : super.canOpen(state, contactor, limits);
    }

    @Override
    protected Optional<String> canMatch(double oneV, boolean oneDriven, double otherV, boolean otherDriven, boolean measured,
            RingLimits limits) {
        return blind && provoked == Rule.H3 ? Optional.empty()
                : super.canMatch(oneV, oneDriven, otherV, otherDriven, measured, limits);
    }

    @Override
    protected Optional<String> canShare(int guns) {
        return blind && provoked == Rule.H1 ? Optional.empty() : super.canShare(guns);
    }
}
