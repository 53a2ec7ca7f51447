package dcocpp.hwsim.internal.physics;

import java.util.stream.DoubleStream;

/**
 * How long a car takes for the stages of ISO 15118 that wait for nobody, s, each 0 to 120. The authorization waits for a token, the power
 * delivery for the charger.
 *
 * @param slac from plug-in to a link: signal strength measured, network joined, charger found
 * @param sessionSetup protocol chosen, session begun
 * @param services services and payment chosen
 * @param parameters limits and state of charge told
 * @param cableCheck insulation measured
 * @param precharge voltages matched
 * @param stop from the end of the power delivery to the next authorization
 */
public record StageTimes(double slac, double sessionSetup, double services, double parameters, double cableCheck, double precharge,
        double stop) {

    /** Shorter than any car's: for tests and demonstrations that wait for the clock. */
    public static final StageTimes SHORT = new StageTimes(1, 0.5, 0.5, 0.5, 3, 1.5, 1);
    /** Those of many cars. */
    public static final StageTimes USUAL = new StageTimes(6, 1.5, 1.5, 2, 12, 4, 2);

    private static final double LONGEST_S = 120;
    private static final double NANOS = 1e9;

    public StageTimes {
        if (!DoubleStream.of(slac, sessionSetup, services, parameters, cableCheck, precharge, stop)
                .allMatch(seconds -> seconds >= 0 && seconds <= LONGEST_S)) {
            throw new IllegalArgumentException("a stage takes 0 to 120 s");
        }
    }

    /** 0 for a stage that waits for somebody. */
    long nanos(Hlc.Stage stage) {
        double seconds = switch (stage) {
            case SLAC -> slac;
            case SESSION_SETUP -> sessionSetup;
            case SERVICES -> services;
            case PARAMETERS -> parameters;
            case CABLE_CHECK -> cableCheck;
            case PRECHARGE -> precharge;
            case STOPPING -> stop;
            case IDLE, AUTHORIZATION, POWER_DELIVERY, CHARGING, COMPLETE -> 0;
        };
        return (long) (seconds * NANOS);
    }
}
