package dcocpp.hwsim.internal.physics;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;

/** Takes the host's command to the contactors and modules, and tells the judge of every contact that has moved. */
final class Switchgear {

    private final Ring ring;
    private final Judge judge;
    private HardwareCommand command;
    private Map<Integer, GunCommand> guns = Map.of();
    private Map<String, ModuleCommand> modules = Map.of();
    private Set<String> closedBusContactors = Set.of();

    Switchgear(Ring ring, Judge judge) {
        this.ring = ring;
        this.judge = judge;
    }

    void command(HardwareCommand wanted) {
        if (wanted != command) {
            command = wanted;
            guns = wanted.guns().stream()
                    .collect(Collectors.toMap(GunCommand::connectorId, Function.identity(), (one, other) -> other));
            modules = wanted.modules().stream()
                    .collect(Collectors.toMap(ModuleCommand::moduleId, Function.identity(), (one, other) -> other));
            closedBusContactors = wanted.closedBusContactors();
        }
    }

    /** How old the command is; the greatest number there is when there has been none. */
    long ageNanos(long nowNanos) {
        return command == null ? Long.MAX_VALUE : nowNanos - command.issuedNanos();
    }

    GunCommand wanted(Gun gun) {
        GunCommand wanted = guns.get(gun.connectorId());
        return wanted == null ? GunCommand.off(gun.connectorId()) : wanted;
    }

    /** Bus contactors, modules and gun contactors by one step, in this order. */
    void step(long nowNanos, boolean allOff, double seconds) {
        for (int i = 0; i < ring.slots().size(); i++) {
            stepBusContactor(nowNanos, i, allOff);
        }
        for (Slot slot : ring.slots()) {
            for (PowerModule module : slot.modules()) {
                stepModule(nowNanos, slot, module, allOff, seconds);
            }
        }
        for (Slot slot : ring.slots()) {
            if (slot.gun() != null) {
                stepGunContactor(nowNanos, slot.gun(), slot);
            }
        }
    }

    private void stepBusContactor(long nowNanos, int index, boolean allOff) {
        Slot slot = ring.slots().get(index);
        Contactor contactor = slot.busContactor();
        if (contactor == null) {
            return;
        }
        if (allOff) {
            contactor.hold(nowNanos);
            return;
        }
        boolean wanted = closedBusContactors.contains(contactor.id());
        if (wanted == contactor.closed()) {
            contactor.step(nowNanos, wanted);
            return;
        }
        long flow = ring.flowMilliA(index);
        Slot next = ring.next(index);
        switch (contactor.step(nowNanos, wanted)) {
            case OPENED -> judge.opened(nowNanos, contactor, slot.settings().connectorId(), flow);
            case CLOSED -> judge.joined(nowNanos, contactor, slot.settings().connectorId(), slot.busV(), slot.busFed(), next.busV(),
                    next.busFed());
            default -> {
                // Still on its way.
            }
        }
    }

    private void stepModule(long nowNanos, Slot slot, PowerModule module, boolean allOff, double seconds) {
        ModuleCommand wanted = modules.get(module.id());
        boolean forced = forced(slot, allOff);
        boolean close = wanted != null && wanted.closeContactor() && !forced;
        Contactor contactor = module.contactor();
        if (!forced && slot.gun() != null && slot.gun().faults().linkLost()) {
            contactor.hold(nowNanos);
        } else if (close == contactor.closed()) {
            contactor.step(nowNanos, close);
        } else {
            boolean moduleFed = module.on();
            Contactor.Switched switched = contactor.step(nowNanos, close);
            if (switched == Contactor.Switched.OPENED && forced) {
                judge.forcedOpen(module.milliA());
            } else if (switched == Contactor.Switched.OPENED) {
                judge.opened(nowNanos, contactor, slot.settings().connectorId(), module.milliA());
            } else if (switched == Contactor.Switched.CLOSED && close) {
                judge.joined(nowNanos, contactor, slot.settings().connectorId(), module.voltageV(), moduleFed, slot.busV(),
                        slot.busFed());
            }
        }
        module.step(wanted, forced, seconds);
    }

    private static boolean forced(Slot slot, boolean allOff) {
        return allOff || slot.gun() != null && slot.gun().forcedOff();
    }

    private void stepGunContactor(long nowNanos, Gun gun, Slot slot) {
        double vehicleV = gun.vehicleV();
        long milliA = gun.milliA();
        judge.refusedToClose(nowNanos, gun);
        Contactor.Switched switched = gun.stepContactor(nowNanos);
        if (switched == Contactor.Switched.OPENED && (gun.forcedOff() || gun.closeWanted())) {
            judge.forcedOpen(milliA);
        } else if (switched == Contactor.Switched.OPENED) {
            judge.opened(nowNanos, gun.contactor(), gun.connectorId(), milliA);
        } else if (switched == Contactor.Switched.CLOSED && gun.closeWanted()) {
            judge.gunClosed(nowNanos, gun, slot.busV(), vehicleV);
        }
    }

    /** Nothing will switch, ramp or run out within this time under the present command. */
    boolean quiet(long nowNanos, long millis) {
        for (Slot slot : ring.slots()) {
            Contactor bus = slot.busContactor();
            if (slot.gun() != null && !slot.gun().quiet(nowNanos, wanted(slot.gun()), millis)
                    || bus != null && !bus.settled(nowNanos, closedBusContactors.contains(bus.id()))) {
                return false;
            }
            boolean forced = forced(slot, false);
            for (PowerModule module : slot.modules()) {
                ModuleCommand wanted = modules.get(module.id());
                if (!module.contactor().settled(nowNanos, wanted != null && wanted.closeContactor() && !forced)
                        || !module.quiet(wanted, forced)) {
                    return false;
                }
            }
        }
        return true;
    }
}
