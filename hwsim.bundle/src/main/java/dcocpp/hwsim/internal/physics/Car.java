package dcocpp.hwsim.internal.physics;

/**
 * A car at a gun: its battery and what it asks for. All energies are integers in nanojoule; what goes in is what the meter counts, less
 * the heat in the inner resistance.
 */
final class Car {

    private static final long NANO_J_PER_WH = 3_600_000_000_000L;
    /** The car asks for a little more than its terminals show, so that a module in current limit stays in it. */
    private static final double TARGET_HEADROOM_V = 10;

    private final CarModel model;
    private final Identity identity;
    private final double targetSocPercent;
    private final StageTimes stages;
    private long storedNanoJ;
    private final EnergyCounter taken = new EnergyCounter(0);
    private final EnergyCounter heat = new EnergyCounter(0);
    private boolean paused;
    private boolean ended;
    private boolean contactorClosed;

    Car(PlugIn plugIn) {
        this.model = plugIn.model();
        this.identity = plugIn.identity();
        this.targetSocPercent = plugIn.targetSocPercent();
        this.stages = plugIn.stages();
        this.storedNanoJ = Math.round(plugIn.socPercent() / 100 * (model.batteryWh() * (double) NANO_J_PER_WH));
    }

    CarModel model() {
        return model;
    }

    StageTimes stages() {
        return stages;
    }

    Identity identity() {
        return identity;
    }

    double socPercent() {
        return storedNanoJ * 100.0 / ((double) model.batteryWh() * NANO_J_PER_WH);
    }

    double targetSocPercent() {
        return targetSocPercent;
    }

    /** It wants no more: its target is reached, or its driver has ended the charge. */
    boolean full() {
        return ended || socPercent() >= targetSocPercent;
    }

    /** Its driver ends the charge, in the car. */
    void end() {
        ended = true;
    }

    /** At this current it would be full before so long. */
    boolean fullWithin(long milliA, long millis) {
        double wh = milliA / 1000.0 * openCircuitMilliV() / 1000.0 * millis / 3_600_000.0;
        return !full() && socPercent() + wh * 100 / model.batteryWh() >= targetSocPercent;
    }

    boolean paused() {
        return paused;
    }

    void pause(boolean wanted) {
        paused = wanted;
    }

    /** The car's own contactor between inlet and battery. */
    boolean contactorClosed() {
        return contactorClosed;
    }

    void closeContactor(boolean wanted) {
        contactorClosed = wanted;
    }

    /** Voltage of the battery without load, mV. */
    long openCircuitMilliV() {
        return Math.round(model.voltageV().at(socPercent()) * 1000);
    }

    /** Voltage at the inlet while this current flows, mV. */
    long terminalMilliV(long milliA) {
        return openCircuitMilliV() + milliA * model.resistanceMilliOhm() / 1000;
    }

    /** What the battery would take now, whatever the charger offers, A. */
    double acceptedCurrentA() {
        double voltageV = openCircuitMilliV() / 1000.0;
        return Math.min(model.maxCurrentA(), acceptedPowerW() / voltageV);
    }

    /** What the battery would take now, whatever the charger offers, W. */
    double acceptedPowerW() {
        return full() ? 0 : model.powerKW().at(socPercent()) * 1000;
    }

    /** The voltage the car asks for, V: that of its battery for precharge, with some headroom once it is connected. */
    double targetVoltageV(long milliA, boolean connected) {
        return terminalMilliV(milliA) / 1000.0 + (connected ? TARGET_HEADROOM_V : 0);
    }

    /**
     * The current the car asks for under an offer, mA. Zero while it pauses or is full, and when the offered voltage is below that of its
     * battery.
     */
    long requestedMilliA(double offerVoltageV, double offerCurrentA, double offerPowerW) {
        double emptyV = openCircuitMilliV() / 1000.0;
        if (paused || full() || offerVoltageV < emptyV) {
            return 0;
        }
        double powerW = Math.min(acceptedPowerW(), offerPowerW);
        double currentA = Math.min(Math.min(model.maxCurrentA(), offerCurrentA), currentAtA(powerW, emptyV));
        return (long) (currentA * 1000);
    }

    /** The current at which the inlet takes this power: (U + R·I)·I = P. */
    private double currentAtA(double powerW, double emptyV) {
        double ohm = model.resistanceMilliOhm() / 1000.0;
        return (Math.sqrt(emptyV * emptyV + 4 * ohm * powerW) - emptyV) / (2 * ohm);
    }

    /** The highest current that a source of this voltage drives into the battery, mA. */
    long drivenMilliA(long sourceMilliV) {
        return Math.max(0, (sourceMilliV - openCircuitMilliV()) * 1000 / model.resistanceMilliOhm());
    }

    /** Takes energy at the inlet. Returns what was taken, nJ. */
    long charge(long milliA, long stepMs) {
        long emptyMilliV = openCircuitMilliV();
        long inletNanoJ = terminalMilliV(milliA) * milliA * stepMs;
        long batteryNanoJ = emptyMilliV * milliA * stepMs;
        storedNanoJ += batteryNanoJ;
        taken.add(inletNanoJ);
        heat.add(inletNanoJ - batteryNanoJ);
        return inletNanoJ;
    }

    long storedNanoJ() {
        return storedNanoJ;
    }

    EnergyCounter taken() {
        return taken;
    }

    EnergyCounter heat() {
        return heat;
    }
}
