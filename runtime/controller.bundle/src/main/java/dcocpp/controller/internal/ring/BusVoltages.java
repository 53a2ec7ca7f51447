package dcocpp.controller.internal.ring;

import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;

/**
 * Voltage of each bus. No bus has a sensor of its own: what tells its voltage is a module or a gun that is on it by feedback. A bus that
 * by feedback is tied to no source can only fall: it has at most its last measured voltage, and none after three seconds.
 */
final class BusVoltages {

    /** IEC 61851-23 wants a bus below 60 V within a second after it was disconnected. */
    private static final long DISCHARGED_NANOS = 3_000_000_000L;

    private BusVoltages() {
    }

    /**
     * Fills in what is known.
     *
     * @param lastV last known voltage by slot, NaN = none; kept from one moment to the next
     * @param darkSince since when a slot's bus has no source, process time, {@link Long#MAX_VALUE} = it has one; kept as well
     * @param busV result, V; NaN = not known
     * @param measured result: it is a measured value
     */
    static void fill(RingState state, double[] lastV, long[] darkSince, double[] busV, boolean[] measured) {
        boolean blind = !state.feedback().capabilities().regulated();
        for (int i = 0; i < busV.length; i++) {
            double nowV = ofBus(state, i);
            measured[i] = !Double.isNaN(nowV);
            darkSince[i] = hasSource(state, i) ? Long.MAX_VALUE : Math.min(darkSince[i], state.nowNanos());
            if (measured[i]) {
                lastV[i] = nowV;
            } else if (darkSince[i] == Long.MAX_VALUE) {
                lastV[i] = Double.NaN;
            } else if (state.nowNanos() - darkSince[i] >= DISCHARGED_NANOS) {
                lastV[i] = 0;
            }
            // Where modules cannot be regulated the PLC leads the start and watches the voltages. What it brought a bus to stays there for
            // a while: a bus that has just lost its last source is not known to be dead.
            busV[i] = blind && darkSince[i] == Long.MAX_VALUE && Double.isNaN(lastV[i]) ? 0 : lastV[i];
        }
        spread(state, busV);
    }

    /** What is joined without a source has the highest of its voltages. */
    private static void spread(RingState state, double[] busV) {
        double[] own = busV.clone();
        for (int i = 0; i < busV.length; i++) {
            boolean[] bus = state.mayBeBus(i);
            for (int j = 0; j < bus.length && !state.measured(i); j++) {
                busV[i] = bus[j] ? Math.max(busV[i], own[j]) : busV[i];
            }
        }
    }

    private static double ofBus(RingState state, int slot) {
        double busV = Double.NaN;
        boolean[] bus = state.bus(slot, state::edgeClosed);
        for (int i = 0; i < bus.length; i++) {
            if (bus[i]) {
                for (ModuleSettings module : state.layout().slot(i).modules()) {
                    ModuleState known = state.module(module.id());
                    if (known != null && state.closed(module.contactor())) {
                        busV = higher(busV, known.voltageV());
                    }
                }
                GunState gun = state.gunAt(i);
                if (gun != null && state.closed(state.layout().slot(i).gunContactor())) {
                    busV = higher(busV, gun.presentVoltageV());
                }
            }
        }
        return busV;
    }

    private static double higher(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }

    /** Something that could hold the voltage may be on this bus. */
    private static boolean hasSource(RingState state, int slot) {
        boolean[] bus = state.mayBeBus(slot);
        for (int i = 0; i < bus.length; i++) {
            if (bus[i] && (!state.gunOpen(i) || !state.modulesOpen(i))) {
                return true;
            }
        }
        return false;
    }
}
