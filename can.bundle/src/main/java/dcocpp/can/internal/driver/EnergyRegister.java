package dcocpp.can.internal.driver;

/**
 * The energy of one gun in mWh, finer than the 100 Wh steps of the PLC's register and without a jump where the source changes. Between
 * two steps power is integrated, by at most one step; while the register is unusable, or the connector has a shunt, measured power alone
 * counts. The connector's scale and offset are not applied here: the controller does that, once.
 */
final class EnergyRegister {

    private static final double STEP_MILLI_WH = 100_000;
    private static final double ROUNDING_MILLI_WH = 1;
    /** No gun gives more. */
    private static final double MOST_W = 1_000_000;
    private static final double NANOS_PER_HOUR = 3_600_000_000_000.0;
    /** Beyond this the power before says nothing about the power since. */
    private static final long LONGEST_GAP = Limits.TELEMETRY;

    private double baseMilliWh;
    private boolean registerKnown;
    private boolean registerLost;
    /** How far the register is into its step nobody knows before it makes the next. */
    private boolean phaseUnknown;
    private long uncountedNanos;
    private boolean counting;
    private double registerBaseMilliWh;
    private double registerMilliWh;
    private double sinceStepMilliWh;
    private final Stamp sample = new Stamp();
    private double powerW;
    private double highestMilliWh;

    /** The PLC's register, usable. */
    void register(double kWh, long nowNanos) {
        double milliWh = kWh * 1_000_000;
        if (!registerKnown) {
            // The first one is taken as it stands, unless power has been counted before.
            phaseUnknown = counting;
            goOnFrom(counting ? milliWh() : milliWh, milliWh);
            counting = true;
            registerKnown = true;
        } else if (milliWh < registerMilliWh) {
            // Another meter, or one that was reset.
            phaseUnknown = true;
            goOnFrom(milliWh(), milliWh);
        } else if (registerLost) {
            comeBack(milliWh, nowNanos);
        } else if (milliWh > registerMilliWh) {
            step(milliWh);
        }
        registerMilliWh = milliWh;
        registerLost = false;
        uncountedNanos = 0;
    }

    private void goOnFrom(double base, double register) {
        baseMilliWh = base;
        registerBaseMilliWh = register;
        sinceStepMilliWh = 0;
    }

    private void step(double register) {
        if (phaseUnknown) {
            // What has been counted since is what this step had left.
            goOnFrom(milliWh() + Math.max(0, register - registerMilliWh - STEP_MILLI_WH), register);
            phaseUnknown = false;
        } else {
            sinceStepMilliWh = 0;
        }
    }

    /**
     * Where register and counted power differ by no more than a step, and what else measuring is wrong by, the register knows better, and
     * what was counted of the step that it is in is not counted again with it; so it does of the time in which power was not told
     * either. Where they differ by more, nothing jumps.
     */
    private void comeBack(double register, long nowNanos) {
        double ahead = milliWh() - baseMilliWh - (register - registerBaseMilliWh);
        long uncounted = uncountedNanos + (sample.within(LONGEST_GAP, nowNanos) ? 0 : nowNanos - sample.at());
        double mayBeMissing = STEP_MILLI_WH + ROUNDING_MILLI_WH + uncounted / NANOS_PER_HOUR * MOST_W * 1000;
        if (ahead >= -mayBeMissing && ahead <= 2 * STEP_MILLI_WH) {
            sinceStepMilliWh = Math.max(0, Math.min(STEP_MILLI_WH, ahead));
        } else {
            phaseUnknown = true;
            goOnFrom(milliWh(), register);
        }
    }

    /** The register cannot be used any more: measured power alone counts from here. */
    void registerLost() {
        registerLost = true;
    }

    /** Measured power; what flowed since the sample before is counted. */
    void power(double watts, long nowNanos) {
        if (sample.within(LONGEST_GAP, nowNanos)) {
            double energy = Math.max(0, powerW) * (nowNanos - sample.at()) / NANOS_PER_HOUR * 1000;
            double most = registerKnown && !registerLost ? STEP_MILLI_WH : Double.MAX_VALUE;
            sinceStepMilliWh = Math.min(most, sinceStepMilliWh + energy);
            counting = true;
        } else if (sample.isSet()) {
            uncountedNanos += nowNanos - sample.at();
        }
        powerW = Double.isNaN(watts) ? 0 : watts;
        sample.mark(nowNanos);
    }

    private double sum() {
        double counted = registerKnown ? registerMilliWh - registerBaseMilliWh : 0;
        return baseMilliWh + counted + sinceStepMilliWh;
    }

    /** Never falls. */
    double milliWh() {
        highestMilliWh = Math.max(highestMilliWh, sum());
        return highestMilliWh;
    }
}
