package dcocpp.launcher.traffic;

import dcocpp.launcher.LaunchException;

/**
 * The drivers at one gun, one after the other: each comes, asks for a transaction, waits, ends it and leaves. What the charger does of
 * itself (a fault, a reset) ends the visit like anything else. Not thread-safe.
 */
final class GunDriver {

    private static final double SECONDS_TO_WALK = 3;
    private static final double PATIENCE_SECONDS = 20;
    private static final int MOST_TRIES = 10;

    private final int connectorId;
    private final Visits visits;
    private final Hands hands;
    private Stage stage = Stage.EMPTY;
    private Visit visit;
    private double nextSeconds;
    private double leaveSeconds;
    private double pauseSeconds;
    private int tries;
    private int pausesDone;
    private boolean paused;
    private boolean closing;
    private long started;
    private long sentAway;

    private enum Stage {
        EMPTY, WAITING, CHARGING, LEAVING
    }

    /**
     * What there is to see at the gun.
     *
     * @param free the gun can be used: it is Available, without a car
     * @param plugged a car is plugged in
     * @param transaction a transaction runs
     */
    record Sight(boolean free, boolean plugged, boolean transaction) {
    }

    GunDriver(int connectorId, Visits visits, Hands hands) {
        this.connectorId = connectorId;
        this.visits = visits;
        this.hands = hands;
        this.nextSeconds = visits.firstArrival();
    }

    /** Looks at the gun and does what is due at this time, s. A refusal is thrown when it was tried; the next look tries again in time. */
    void look(Sight sight, double now) throws LaunchException {
        switch (stage) {
            case EMPTY -> empty(sight, now);
            case WAITING -> waiting(sight, now);
            case CHARGING -> charging(sight, now);
            case LEAVING -> leaving(sight, now);
            default -> throw new IllegalStateException(stage.toString());
        }
    }

    private void empty(Sight sight, double now) throws LaunchException {
        if (now < nextSeconds) {
            return;
        }
        nextSeconds = now + SECONDS_TO_WALK;
        if (sight.plugged()) {
            // somebody else's, or one that could not leave before
            hands.unplug(connectorId);
        } else if (sight.free() && !closing) {
            visit = visits.next(connectorId);
            hands.plug(connectorId, visit.car(), visit.socPercent(), visit.targetPercent());
            tries = 0;
            stage = Stage.WAITING;
        }
    }

    private void waiting(Sight sight, double now) throws LaunchException {
        if (sight.transaction()) {
            started++;
            stage = Stage.CHARGING;
            tries = 0;
            leaveSeconds = closing ? now : now + visit.staySeconds();
            nextSeconds = now;
            pausesDone = 0;
            pauseSeconds = now + visit.staySeconds() / (2 * visit.pauses() + 1);
        } else if (closing || tries == MOST_TRIES) {
            sentAway += closing ? 0 : 1;
            leave(now);
        } else if (now >= nextSeconds) {
            nextSeconds = now + PATIENCE_SECONDS;
            tries++;
            if (visit.start() == Visit.Start.CARD) {
                hands.swipe(connectorId, idTag());
            } else {
                hands.remoteStart(connectorId, idTag());
            }
        }
    }

    private void charging(Sight sight, double now) throws LaunchException {
        if (!sight.transaction()) {
            leave(now);
        } else if (now >= leaveSeconds) {
            if (now >= nextSeconds) {
                nextSeconds = now + PATIENCE_SECONDS;
                end();
            }
        } else if (pausesDone < visit.pauses() && now >= pauseSeconds) {
            pauseSeconds = now + visit.staySeconds() / (2 * visit.pauses() + 1);
            hands.pause(connectorId, !paused);
            paused = !paused;
            pausesDone += paused ? 0 : 1;
        }
    }

    private void end() throws LaunchException {
        switch (tries++ > 0 ? Visit.Stop.BUTTON : visit.stop()) {
            case CARD -> hands.swipe(connectorId, idTag());
            case BACK_OFFICE -> hands.remoteStop(connectorId);
            default -> hands.stop(connectorId);
        }
    }

    private void leave(double now) {
        stage = Stage.LEAVING;
        nextSeconds = now + SECONDS_TO_WALK;
        paused = false;
    }

    private void leaving(Sight sight, double now) throws LaunchException {
        if (now < nextSeconds) {
            return;
        }
        nextSeconds = now + SECONDS_TO_WALK;
        if (sight.plugged()) {
            hands.unplug(connectorId);
        } else {
            stage = Stage.EMPTY;
            nextSeconds = now + visit.gapSeconds();
        }
    }

    /** Nobody comes any more, and who is there leaves. */
    void close() {
        closing = true;
        leaveSeconds = 0;
        nextSeconds = 0;
    }

    /** The gun is empty and stays so. */
    boolean closed(Sight sight) {
        return closing && stage == Stage.EMPTY && !sight.plugged();
    }

    /** How many transactions have been begun. */
    long started() {
        return started;
    }

    /** How many drivers have left without one because none was begun for them. */
    long sentAway() {
        return sentAway;
    }

    private String idTag() {
        return String.format("04A1B2C3D4E5%02X", connectorId);
    }
}
