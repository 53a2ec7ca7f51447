package dcocpp.launcher.demo;

import dcocpp.launcher.LaunchException;
import dcocpp.launcher.demo.EnergyWitness.Span;
import java.nio.file.Path;
import java.util.Optional;

/** A running charger with simulated hardware, as the demonstration drives it. Closing it stops it. */
interface DemoCharger extends AutoCloseable {

    /** How a charger comes to life. */
    interface Starter {
        /**
         * Starts a charger; returns when its API answers.
         *
         * @param config path of charger.json
         * @param data data folder
         * @param rate seconds of the charger's time per second
         */
        DemoCharger start(Path config, Path data, double rate) throws LaunchException;
    }

    /** What it is doing. */
    ChargerView view() throws LaunchException;

    /** The register of a gun's meter, out of the simulator's physics, mWh. */
    long meterMilliWh(int connectorId) throws LaunchException;

    /** A car comes to a gun, with this state of charge. */
    void plug(int connectorId, double socPercent) throws LaunchException;

    /** The car leaves. */
    void unplug(int connectorId) throws LaunchException;

    /** A card is held to the reader of a gun. */
    void swipe(int connectorId, String idTag) throws LaunchException;

    /** Lifetime energy at start and stop of the connector's last transaction, out of the journal; empty while it runs or there is none. */
    Optional<Span> journalMilliWh(int connectorId) throws LaunchException;

    @Override
    void close();
}
