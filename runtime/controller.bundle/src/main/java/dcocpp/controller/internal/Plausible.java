package dcocpp.controller.internal;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;

/** Keeps nonsense of a hardware bundle out of the calculations of the other guns: NaN is "not measured", anything else must be a number. */
final class Plausible {

    /** Beyond any voltage or current of a charger. */
    private static final double LIMIT = 10_000;

    private Plausible() {
    }

    static boolean gun(GunState gun) {
        return within(gun.targetVoltageV()) && within(gun.targetCurrentA()) && within(gun.presentVoltageV())
                && within(gun.presentCurrentA()) && within(gun.meter().voltageV()) && within(gun.meter().currentA())
                && !(Math.abs(gun.meter().powerW()) > LIMIT * LIMIT)
                && !Double.isInfinite(gun.evMaxPowerW()) && !Double.isInfinite(gun.evMaxCurrentA())
                && !Double.isInfinite(gun.connectorTemperatureC());
    }

    static boolean module(ModuleState module) {
        return within(module.voltageV()) && within(module.currentA()) && !Double.isInfinite(module.temperatureC());
    }

    private static boolean within(double value) {
        return Double.isNaN(value) || Math.abs(value) <= LIMIT;
    }

    /** The contactor as one of which nothing is known. */
    static ContactorState unknown(ContactorState contactor) {
        return new ContactorState(contactor.contactorId(), ContactorState.Position.UNKNOWN, contactor.welded(), contactor.stuckOpen(),
                contactor.sinceNanos(), contactor.operations());
    }
}
