package dcocpp.api.update;

import java.time.Instant;
import java.util.Objects;

/**
 * One installation.
 *
 * @param jobId unique
 * @param symbolicName the bundle's name; empty when the jar is none
 * @param version the bundle's version; empty when the jar is none
 * @param sha256 hash of the jar, hex
 * @param state how far it is
 * @param reason why it was refused, has failed or waits; else empty
 * @param changedAt when the state was reached, wall time
 */
public record InstallJob(String jobId, String symbolicName, String version, String sha256, State state, String reason,
        Instant changedAt) {

    public InstallJob {
        Objects.requireNonNull(jobId);
        Objects.requireNonNull(symbolicName);
        Objects.requireNonNull(version);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(changedAt);
    }

    /** How far an installation is. New states are added at the end. */
    public enum State {
        /** Not taken: unreadable, unsigned, same version again, or not possible in this state of the charger. */
        REFUSED,
        /** In the store, its requirements are met. */
        STAGED,
        /** Runs beside the old one; its results are checked and not used. */
        SHADOW,
        /** In use; the old one is still there. */
        SOAK,
        /** In use; the old one is gone. */
        COMMITTED,
        /** It did not prove itself, or did not start; the old one is in use. */
        FAILED,
        /** Not taken while a session runs or an output is on, the only reason against it: to be handed in again afterwards. */
        POSTPONED
    }

    /** Whether the jar was taken: something was, is or will be done with it. */
    public boolean taken() {
        return state != State.REFUSED && state != State.POSTPONED;
    }
}
