package dcocpp.hwsim.internal.physics;

/**
 * The insulation monitor of a gun: measures the resistance between the poles of its output, with whatever is plugged in, and earth. Limits
 * by IEC 61851-23, CC.4.1: below 100 Ω for each volt that the gun may have nothing may be charged, below 500 Ω the charge goes on with a
 * warning.
 */
final class InsulationMonitor {

    /** What the monitor thinks of what it measures. */
    enum Verdict { VALID, WARNING, FAULT }

    /** Of a sound cable with a sound car. */
    static final double SOUND_KOHM = 2000;

    private static final double FAULT_OHM_PER_V = 100;
    private static final double WARNING_OHM_PER_V = 500;
    private static final double OHM_PER_KOHM = 1000;
    /** Of a gun that says nothing of its voltage. */
    private static final double DEFAULT_VOLTAGE_V = 1000;
    /** A measurement takes a while; the standard allows 10 s. */
    private static final double RESPONSE_SECONDS = 1;
    /** Less than this is seen as a current at once. */
    private static final double BOLTED_KOHM = 10;
    private static final double SETTLED = 0.01;

    private final double voltageV;
    private double measuredKOhm = SOUND_KOHM;

    /** @param maxVoltageV the most that the gun may have, V; 0 = not known */
    InsulationMonitor(double maxVoltageV) {
        voltageV = maxVoltageV > 0 ? maxVoltageV : DEFAULT_VOLTAGE_V;
    }

    void step(double trueKOhm, double seconds) {
        measuredKOhm = trueKOhm < BOLTED_KOHM || settled(trueKOhm) ? trueKOhm
                : PowerModule.approached(measuredKOhm, trueKOhm, seconds, RESPONSE_SECONDS);
    }

    /** The measurement does not change any more. */
    boolean settled(double trueKOhm) {
        return Math.abs(measuredKOhm - trueKOhm) <= SETTLED * trueKOhm;
    }

    double measuredKOhm() {
        return measuredKOhm;
    }

    Verdict verdict() {
        double ohmPerV = measuredKOhm * OHM_PER_KOHM / voltageV;
        return ohmPerV < FAULT_OHM_PER_V ? Verdict.FAULT : ohmPerV < WARNING_OHM_PER_V ? Verdict.WARNING : Verdict.VALID;
    }
}
