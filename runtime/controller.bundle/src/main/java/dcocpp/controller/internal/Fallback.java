package dcocpp.controller.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.controller.internal.session.FailingTime;

/**
 * What the hardware is told while a bug keeps the ring from being controlled. For the time of one ramp everything stays as it is and gives
 * no current; then guns and modules are off, and when they have had their time the bus contactors open. It is over when the ring has been
 * controlled for as long again. Belongs to the control thread.
 */
final class Fallback {

    private static final long RAMP_NANOS = 1_000_000_000L;

    private final FailingTime failing = new FailingTime(RAMP_NANOS);
    /** The latest command of the ring; null = none yet. */
    private HardwareCommand last;
    private String detail = "";

    /** The ring is controlled in this tick. */
    void works(HardwareCommand command, long now) {
        last = command;
        failing.well(now);
    }

    /** What every connector has to show: a failure that is shorter than a ramp costs nobody more than his power. */
    Optional<Fault> fault() {
        return failing.lasts(1) ? Optional.of(new Fault(FaultCause.INTERNAL, detail)) : Optional.empty();
    }

    /**
     * The ring is not controlled in this tick.
     *
     * @param emergency connectors that are off at once, whatever flows
     * @param touchable connectors at whose pins nothing can be: their lock may open
     */
    HardwareCommand command(long number, long now, Throwable why, IntPredicate emergency, IntPredicate touchable) {
        failing.failed(now);
        detail = "the control fails: " + why.getClass().getSimpleName();
        if (last == null) {
            return new HardwareCommand(number, now, List.of(), List.of(), Set.of());
        }
        boolean on = !failing.lasts(1);
        return new HardwareCommand(number, now,
                last.guns().stream().map(gun -> on && !emergency.test(gun.connectorId()) ? idle(gun)
                        : off(gun, touchable.test(gun.connectorId()))).toList(),
                last.modules().stream().map(module -> on
                        ? new ModuleCommand(module.moduleId(), module.closeContactor(), module.on(), module.voltageV(), 0)
                        : new ModuleCommand(module.moduleId(), false, false, 0, 0)).toList(),
                failing.lasts(2) ? Set.of() : last.closedBusContactors());
    }

    private static GunCommand idle(GunCommand gun) {
        return new GunCommand(gun.connectorId(), gun.authorization(), gun.closeContactor(), gun.lock(), gun.forceOff(),
                gun.clearFaults(), gun.offerVoltageV(), 0, 0, gun.regulating(), gun.reportedFaults());
    }

    private static GunCommand off(GunCommand gun, boolean touchable) {
        Set<FaultCause> reported = EnumSet.of(FaultCause.INTERNAL);
        reported.addAll(gun.reportedFaults());
        GunCommand.Authorization authorization = gun.authorization() == GunCommand.Authorization.GRANTED
                ? GunCommand.Authorization.DENIED : gun.authorization();
        return new GunCommand(gun.connectorId(), authorization, false, gun.lock() && !touchable, true, gun.clearFaults(),
                gun.offerVoltageV(), 0, 0, false, reported);
    }
}
