package dcocpp.controller.internal.session;

import dcocpp.api.hardware.MeterReading;
import dcocpp.controller.internal.journal.JournalStore.Meter;

/**
 * Lifetime energy of one connector in whole milliwatt-hours. Begins at the register of the connector's first meter and never runs
 * backwards: a register that restarts, as after a change of the meter, only becomes the new base. Belongs to the control thread.
 */
final class EnergyAccumulator {

    /** More than a gun of a megawatt gives in half a minute; a register of 100 Wh steps leaps much less. */
    private static final long LARGEST_STEP_MILLI_WH = 10_000_000;
    private static final int READINGS_TO_BELIEVE = 20;

    private final int connectorId;
    private final double scale;
    private long baseMilliWh;
    private long baseRegisterMilliWh;
    private long registerMilliWh;
    private boolean based;
    private int doubtfulReadings;

    /**
     * @param kept what was kept before the restart; null = the connector never had a meter
     * @param scale factor on the register
     * @param offsetMilliWh added once to the register of the first meter, mWh
     */
    EnergyAccumulator(int connectorId, Meter kept, double scale, long offsetMilliWh) {
        this.connectorId = connectorId;
        this.scale = scale;
        if (kept == null) {
            baseMilliWh = offsetMilliWh;
        } else {
            baseMilliWh = kept.lifetimeMilliWh();
            baseRegisterMilliWh = kept.registerMilliWh();
            registerMilliWh = kept.registerMilliWh();
            based = true;
        }
    }

    /**
     * Takes a reading; an unusable one changes nothing. A register that falls, or that leaps by more than any gun can give, is believed only
     * when it stays there: a single wrong frame is neither billed nor does it make a new base.
     */
    void read(MeterReading reading) {
        if (!reading.valid()) {
            return;
        }
        long register = reading.registerMilliWh();
        if (!based) {
            based = true;
            baseMilliWh = Math.max(0, baseMilliWh + Math.round(register * scale));
            baseRegisterMilliWh = register;
        } else if (register < registerMilliWh || register - registerMilliWh > LARGEST_STEP_MILLI_WH) {
            if (++doubtfulReadings < READINGS_TO_BELIEVE) {
                return;
            }
            // A new meter, or one that lost its register: what it counted before is not ours.
            baseMilliWh = lifetimeMilliWh();
            baseRegisterMilliWh = register;
        }
        doubtfulReadings = 0;
        registerMilliWh = register;
    }

    /** Lifetime energy, mWh. */
    long lifetimeMilliWh() {
        // Scaled from the base in one go: rounding each step would lose energy at every reading.
        return baseMilliWh + Math.round((registerMilliWh - baseRegisterMilliWh) * scale);
    }

    /** What must be kept over a restart. */
    Meter kept() {
        return new Meter(connectorId, lifetimeMilliWh(), registerMilliWh);
    }
}
