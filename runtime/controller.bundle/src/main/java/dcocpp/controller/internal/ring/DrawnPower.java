package dcocpp.controller.internal.ring;

import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;

/**
 * Power that each gun draws: what it measures itself, or what the modules on its bus give and no other gun there measures, whichever is
 * more. Where neither is known the gun may go on drawing for a moment what it drew before.
 */
final class DrawnPower {

    /** By then a PLC that is not heard has switched off by itself, or the gun has been switched off here. */
    private static final long HELD_NANOS = 1_000_000_000L;

    private DrawnPower() {
    }

    /**
     * Fills in what is drawn.
     *
     * @param before the moment before; null = none
     * @param drawnW result by home slot, W; 0 where nothing has been known for a second
     * @param knownNanos result: when it was known last, process time; {@link Long#MIN_VALUE} = never
     */
    static void fill(RingState state, RingState before, double[] drawnW, long[] knownNanos) {
        long now = state.nowNanos();
        for (int slot = 0; slot < drawnW.length; slot++) {
            double ownW = ownW(state, slot);
            Given given = state.gunOpen(slot) ? Given.NOTHING : given(state, slot);
            drawnW[slot] = Math.max(Double.isNaN(ownW) ? 0 : ownW, given.powerW());
            if (!Double.isNaN(ownW) || given.known()) {
                knownNanos[slot] = now;
            } else {
                knownNanos[slot] = before == null ? Long.MIN_VALUE : before.drawnKnownNanos(slot);
                if (knownNanos[slot] != Long.MIN_VALUE && now - knownNanos[slot] < HELD_NANOS) {
                    drawnW[slot] = Math.max(drawnW[slot], before.drawnW(slot));
                }
            }
        }
    }

    /**
     * What modules give a gun.
     *
     * @param powerW as far as it is measured, W
     * @param known all of it is measured
     */
    private record Given(double powerW, boolean known) {
        private static final Given NOTHING = new Given(0, true);
    }

    private static Given given(RingState state, int slot) {
        double powerW = 0;
        boolean known = true;
        boolean[] bus = state.mayBeBus(slot);
        for (int i = 0; i < bus.length; i++) {
            if (!bus[i]) {
                continue;
            }
            for (ModuleSettings module : state.layout().slot(i).modules()) {
                double moduleW = state.open(module.contactor()) ? 0 : moduleW(state.module(module.id()));
                known &= !Double.isNaN(moduleW);
                powerW += Double.isNaN(moduleW) ? 0 : moduleW;
            }
            double otherW = i == slot || state.gunOpen(i) ? 0 : ownW(state, i);
            powerW -= Double.isNaN(otherW) ? 0 : otherW;
        }
        return new Given(powerW, known);
    }

    private static double moduleW(ModuleState module) {
        return module == null ? Double.NaN : Math.max(0, module.voltageV() * module.currentA());
    }

    private static double ownW(RingState state, int slot) {
        GunState gun = state.gunAt(slot);
        return gun == null ? Double.NaN : Math.max(0, gun.presentVoltageV() * gun.presentCurrentA());
    }
}
