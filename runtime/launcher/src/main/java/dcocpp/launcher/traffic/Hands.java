package dcocpp.launcher.traffic;

import dcocpp.launcher.LaunchException;

/**
 * What drivers and operators do at a charger. Each call is tried once: it fails with {@link LaunchException} when the charger refuses or does
 * not answer, and whoever calls looks at the charger and tries again.
 */
public interface Hands {

    /** A car comes to a gun; it ends its charge by itself at its target, %. */
    void plug(int connectorId, String car, double socPercent, double targetPercent) throws LaunchException;

    /** The car leaves. */
    void unplug(int connectorId) throws LaunchException;

    /** The car takes nothing for a while, or goes on. */
    void pause(int connectorId, boolean on) throws LaunchException;

    /** A card is held to the reader of the gun. */
    void swipe(int connectorId, String idTag) throws LaunchException;

    /** The back office starts a transaction for this tag; nobody waits for its answer. */
    void remoteStart(int connectorId, String idTag) throws LaunchException;

    /** The back office ends the running transaction of the gun, when it knows of one; nobody waits for its answer. */
    void remoteStop(int connectorId) throws LaunchException;

    /** The button on the console that ends the running transaction. */
    void stop(int connectorId) throws LaunchException;
}
