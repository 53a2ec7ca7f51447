package dcocpp.launcher.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How one demonstration goes.
 *
 * @param config charger.json to start from; its CSMS is replaced
 * @param workspace where the temporary folder is made
 * @param rate seconds of the charger's time per second
 * @param limit real time after which it has failed
 * @param connectorId where the car plugs in
 * @param idTag the card
 * @param startPercent state of charge with which the car comes
 * @param stopAtPercent state of charge at which the card is swiped again
 * @param terminal whether the output may rewrite its last line
 */
record DemoSettings(Path config, Path workspace, double rate, Duration limit, int connectorId, String idTag, double startPercent,
        double stopAtPercent, boolean terminal) {

    private static final double RATE = 60;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double START_PERCENT = 50;
    private static final double STOP_AT_PERCENT = 80;

    /** The usual one with this configuration. */
    static DemoSettings of(Path config, boolean terminal) {
        Path workspace = Path.of(System.getProperty("java.io.tmpdir"));
        return new DemoSettings(config, workspace, RATE, LIMIT, 1, "04A1B2C3D4E5F6", START_PERCENT, STOP_AT_PERCENT, terminal);
    }

    DemoSettings withRate(double processSecondsPerSecond) {
        return new DemoSettings(config, workspace, processSecondsPerSecond, limit, connectorId, idTag, startPercent, stopAtPercent,
                terminal);
    }

    DemoSettings withLimit(Duration realTime) {
        return new DemoSettings(config, workspace, rate, realTime, connectorId, idTag, startPercent, stopAtPercent, terminal);
    }

    DemoSettings withWorkspace(Path folder) {
        return new DemoSettings(config, folder, rate, limit, connectorId, idTag, startPercent, stopAtPercent, terminal);
    }
}
