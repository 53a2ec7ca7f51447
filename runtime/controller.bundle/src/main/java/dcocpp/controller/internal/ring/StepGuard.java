package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;

/**
 * The last look at a command before it goes to the hardware: each contactor that would move is checked against feedback, and the set
 * points against the limits. What must not be done is not done: the contactor stays as it is, the current stays lower. Knows no plan and
 * no sequence. Belongs to the control thread.
 */
public class StepGuard {

    private static final Logger LOG = LoggerFactory.getLogger(StepGuard.class);

    private final Map<String, String> told = new HashMap<>();
    private long refusals;

    /**
     * What the check needs to know beside feedback.
     *
     * @param limits limits of switching
     * @param input limits of guns, modules and site
     * @param setpointsA current that each gun's modules shall give together, A, by connector id
     * @param openAnyway gun contactors that may open whatever flows: emergencies, and currents that do not come down
     */
    public record Rules(RingLimits limits, PlanningInput input, Map<Integer, Double> setpointsA, Set<String> openAnyway) {
    }

    /** How many steps were refused so far; one that is refused again in the next tick counts once. */
    public long refusals() {
        return refusals;
    }

    /**
     * The command as it may be given.
     *
     * @param before the command that was given last; null = none
     * @param next the command that is wanted
     */
    public HardwareCommand checked(RingState state, HardwareCommand before, HardwareCommand next, Rules rules) {
        Check check = new Check(state, before, next, rules);
        Set<String> closed = check.busContactors();
        List<ModuleCommand> modules = check.modules();
        List<GunCommand> guns = check.guns();
        return new HardwareCommand(next.number(), next.issuedNanos(), guns, new SetPointGuard(state, before, rules).limited(modules),
                closed);
    }

    /** A contactor may open: by measurement, or by what is measured around it, next to nothing has flowed through it for 200 ms. */
    protected Optional<String> canOpen(RingState state, String contactor, RingLimits limits) {
        double currentA = state.boundA(contactor);
        return currentA < limits.openCurrentA() && state.quiet(contactor) ? Optional.empty()
                : Optional.of(Double.isInfinite(currentA) ? "the current through it is not known" : "up to " + Math.round(currentA)
                        + " A have flowed through it");
    }

    /** Two pieces of bus may be joined: their voltages match, or both are dead and no module drives the lower one. */
    protected Optional<String> canMatch(double oneV, boolean oneDriven, double otherV, boolean otherDriven, boolean measured,
            RingLimits limits) {
        if (Double.isNaN(oneV) || Double.isNaN(otherV)) {
            return Optional.of("the voltage across it is not known");
        }
        boolean lowerDriven = oneV <= otherV ? oneDriven : otherDriven;
        boolean bothDead = Math.max(oneV, otherV) < RingState.DEAD_V && !lowerDriven;
        return bothDead || measured && Math.abs(oneV - otherV) <= limits.toleranceV() ? Optional.empty()
                : Optional.of("its sides have " + Math.round(oneV) + " V and " + Math.round(otherV) + " V");
    }

    /** No two guns on one bus. */
    protected Optional<String> canShare(int guns) {
        return guns <= 1 ? Optional.empty() : Optional.of(guns + " guns would be on one bus");
    }

    private final class Check {

        private final RingState state;
        private final RingLayout layout;
        private final HardwareCommand next;
        private final Rules rules;
        private final boolean regulated;
        private final Set<String> closedBefore;
        /** Contactors of guns and modules that were told to be closed: without feedback they count as closed, and open only without load. */
        private final Set<String> toldClosed = new HashSet<>();
        private final Map<String, ModuleCommand> modules;
        private final Set<Integer> gunsToClose = new HashSet<>();
        private Set<String> closed;

        Check(RingState state, HardwareCommand before, HardwareCommand next, Rules rules) {
            this.state = state;
            this.layout = state.layout();
            this.next = next;
            this.rules = rules;
            this.regulated = state.feedback().capabilities().regulated();
            this.closedBefore = before == null ? Set.of() : before.closedBusContactors();
            if (before != null) {
                noteClosed(before);
            }
            this.closed = new TreeSet<>(next.closedBusContactors());
            this.modules = next.modules().stream().collect(Collectors.toMap(ModuleCommand::moduleId, Function.identity(),
                    (one, other) -> other));
            next.guns().stream().filter(gun -> gun.closeContactor() && !gun.forceOff())
                    .forEach(gun -> gunsToClose.add(gun.connectorId()));
        }

        private void noteClosed(HardwareCommand before) {
            Set<String> told = before.modules().stream().filter(ModuleCommand::closeContactor).map(ModuleCommand::moduleId)
                    .collect(Collectors.toSet());
            for (int i = 0; i < layout.size(); i++) {
                layout.slot(i).modules().stream().filter(module -> told.contains(module.id()))
                        .forEach(module -> toldClosed.add(module.contactor()));
            }
            before.guns().stream().filter(gun -> gun.closeContactor() && !gun.forceOff())
                    .forEach(gun -> toldClosed.add(layout.slot(layout.home(gun.connectorId())).gunContactor()));
        }

        Set<String> busContactors() {
            for (int i = 0; i < layout.size(); i++) {
                if (!layout.exists(i)) {
                    continue;
                }
                String contactor = layout.contactor(i);
                boolean wanted = closed.contains(contactor);
                Position position = state.position(contactor);
                if (wanted && position != Position.CLOSED && refused(contactor, "close", canJoin(i))) {
                    closed.remove(contactor);
                } else if (!wanted && (position == Position.CLOSED || position == Position.UNKNOWN && closedBefore.contains(contactor))
                        && refused(contactor, "open", canPart(i))) {
                    closed.add(contactor);
                }
            }
            return closed;
        }

        private Optional<String> canJoin(int edge) {
            boolean[] one = state.bus(edge, this::joined);
            if (!one[layout.at(edge + 1)]) {
                return Optional.of("it is not part of the ring");
            }
            boolean[] here = state.mayBeBus(edge);
            if (here[layout.at(edge + 1)]) {
                return canShare(guns(one));
            }
            boolean[] there = state.mayBeBus(edge + 1);
            return canShare(guns(one)).or(() -> canMatch(state.busV(edge), driven(here, ""), state.busV(edge + 1), driven(there, ""),
                    state.measured(edge) && state.measured(edge + 1), rules.limits()));
        }

        /** Whether anything joins, or will join, the slots of this edge. */
        private boolean joined(int edge) {
            return !state.edgeOpen(edge) || layout.exists(edge)
                    && (closed.contains(layout.contactor(edge)) || closedBefore.contains(layout.contactor(edge)));
        }

        private int guns(boolean[] bus) {
            int count = 0;
            for (int i = 0; i < bus.length; i++) {
                boolean on = !state.gunOpen(i) || gunsToClose.contains(layout.slot(i).connectorId());
                count += bus[i] && on ? 1 : 0;
            }
            return count;
        }

        /** A module runs, or will run, on this bus. */
        private boolean driven(boolean[] bus, String except) {
            for (int i = 0; i < bus.length; i++) {
                for (ModuleSettings module : bus[i] ? layout.slot(i).modules() : List.<ModuleSettings>of()) {
                    if (!module.id().equals(except) && !state.open(module.contactor()) && runs(module.id())) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean runs(String moduleId) {
            ModuleState module = state.module(moduleId);
            ModuleCommand command = modules.get(moduleId);
            return module == null || module.on() || command != null && command.on();
        }

        private Optional<String> canPart(int edge) {
            return canOpen(state, layout.contactor(edge), rules.limits()).or(() -> setPointBeyond(edge));
        }

        /** On the side without a gun nobody may be told to give current: it would begin to flow while the contactor opens. */
        private Optional<String> setPointBeyond(int edge) {
            boolean[] one = state.bus(edge, other -> other != edge && !state.edgeOpen(other));
            boolean[] other = state.bus(edge + 1, another -> another != edge && !state.edgeOpen(another));
            if (guns(one) + guns(other) == 0) {
                return Optional.empty();
            }
            boolean[] side = guns(one) == 0 ? one : other;
            for (int i = 0; i < side.length; i++) {
                for (ModuleSettings module : side[i] && guns(side) == 0 ? layout.slot(i).modules() : List.<ModuleSettings>of()) {
                    ModuleCommand command = modules.get(module.id());
                    if (!state.open(module.contactor()) && command != null && command.on() && command.currentA() > 0) {
                        return Optional.of(module.id() + " is told to give " + command.currentA() + " A through it");
                    }
                }
            }
            return Optional.empty();
        }

        List<ModuleCommand> modules() {
            List<ModuleCommand> checked = new ArrayList<>();
            for (int i = 0; i < layout.size(); i++) {
                for (ModuleSettings module : layout.slot(i).modules()) {
                    ModuleCommand command = modules.getOrDefault(module.id(), new ModuleCommand(module.id(), false, false, 0, 0));
                    checked.add(checked(i, module, command));
                }
            }
            return checked;
        }

        private ModuleCommand checked(int slot, ModuleSettings module, ModuleCommand command) {
            Position position = state.position(module.contactor());
            boolean close = command.closeContactor();
            boolean closed = position == Position.CLOSED || position == Position.UNKNOWN && toldClosed.contains(module.contactor());
            if (close && !closed && refused(module.contactor(), "close", canCloseModule(slot, module))) {
                close = false;
            } else if (!close && closed && refused(module.contactor(), "open", canOpen(state, module.contactor(), rules.limits()))) {
                close = true;
            }
            return close == command.closeContactor() ? command
                    : new ModuleCommand(module.id(), close, command.on(), command.voltageV(), 0);
        }

        private Optional<String> canCloseModule(int slot, ModuleSettings module) {
            ModuleState known = state.module(module.id());
            // Where modules are not regulated the PLC leads, and nothing of this is measured.
            if (!regulated) {
                return Optional.empty();
            }
            double moduleV = known == null ? Double.NaN : known.voltageV();
            return canMatch(moduleV, runs(module.id()), state.busV(slot), driven(state.mayBeBus(slot), module.id()),
                    state.measured(slot), rules.limits());
        }

        List<GunCommand> guns() {
            List<GunCommand> checked = new ArrayList<>();
            for (GunCommand gun : next.guns()) {
                int home = layout.home(gun.connectorId());
                SlotSettings slot = layout.slot(home);
                Position position = state.position(slot.gunContactor());
                boolean close = gun.closeContactor();
                boolean closed = position == Position.CLOSED || position == Position.UNKNOWN && toldClosed.contains(slot.gunContactor());
                if (close && !gun.forceOff() && !closed && refused(slot.gunContactor(), "close", canCloseGun(gun, home))) {
                    close = false;
                } else if (!close && !gun.forceOff() && closed && !rules.openAnyway().contains(slot.gunContactor())
                        && refused(slot.gunContactor(), "open", canOpen(state, slot.gunContactor(), rules.limits()))) {
                    close = true;
                }
                checked.add(close == gun.closeContactor() ? gun : closing(gun, close));
            }
            return checked;
        }

        private Optional<String> canCloseGun(GunCommand gun, int home) {
            Optional<String> shared = canShare(guns(state.bus(home, this::joined)));
            if (shared.isPresent() || !regulated) {
                return shared;
            }
            var vehicle = state.gunAt(home);
            double vehicleV = vehicle == null ? Double.NaN : vehicle.presentVoltageV();
            // A gun has no dead side: both must match.
            return canMatch(vehicleV, true, state.busV(home), true, state.measured(home), rules.limits());
        }

        private boolean refused(String contactor, String what, Optional<String> why) {
            String key = contactor + " " + what;
            if (why.isEmpty()) {
                told.remove(key);
                return false;
            }
            if (!told.containsKey(key)) {
                told.put(key, why.get());
                refusals++;
                LOG.warn("{} must not {}: {}", contactor, what, why.get());
            }
            return true;
        }
    }

    private static GunCommand closing(GunCommand gun, boolean close) {
        return new GunCommand(gun.connectorId(), gun.authorization(), close, gun.lock(), gun.forceOff(), gun.clearFaults(),
                gun.offerVoltageV(), gun.offerCurrentA(), gun.offerPowerW(), gun.regulating(), gun.reportedFaults());
    }
}
