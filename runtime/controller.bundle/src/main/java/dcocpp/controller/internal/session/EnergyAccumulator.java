package dcocpp.controller.internal.session;

import dcocpp.api.hardware.MeterReading;
import dcocpp.controller.internal.journal.JournalStore.Meter;

/**
 * Lifetime energy of one connector in whole milliwatt-hours. Begins at the register of the connector's first meter and never runs
 * backwards: a register that restarts, as after a change of the meter, only becomes the new base. Belongs to the control thread.
 */
final class EnergyAccumulator {

    private final int connectorId;
    private final double scale;
    private long lifetimeMilliWh;
    private long registerMilliWh;
    private boolean based;

    /**
     * @param kept what was kept before the restart; null = the connector never had a meter
     * @param scale factor on the register
     * @param offsetMilliWh added once to the register of the first meter, mWh
     */
    EnergyAccumulator(int connectorId, Meter kept, double scale, long offsetMilliWh) {
        this.connectorId = connectorId;
        this.scale = scale;
        if (kept == null) {
            lifetimeMilliWh = offsetMilliWh;
        } else {
            lifetimeMilliWh = kept.lifetimeMilliWh();
            registerMilliWh = kept.registerMilliWh();
            based = true;
        }
    }

    /** Takes a reading; an unusable one changes nothing. */
    void read(MeterReading reading) {
        if (!reading.valid()) {
            return;
        }
        long register = reading.registerMilliWh();
        if (!based) {
            based = true;
            lifetimeMilliWh = Math.max(0, lifetimeMilliWh + Math.round(register * scale));
        } else if (register > registerMilliWh) {
            lifetimeMilliWh += Math.round((register - registerMilliWh) * scale);
        }
        // A lower one is a new meter, or one that lost its register: what it counted before is not ours.
        registerMilliWh = register;
    }

    /** Lifetime energy, mWh. */
    long lifetimeMilliWh() {
        return lifetimeMilliWh;
    }

    /** What must be kept over a restart. */
    Meter kept() {
        return new Meter(connectorId, lifetimeMilliWh, registerMilliWh);
    }
}
