package dcocpp.update.internal;

import java.time.Instant;
import java.util.Set;

import dcocpp.api.update.InstallJob;

/**
 * One installation, as it is kept.
 *
 * @param kind how it is done
 * @param location of the bundle; empty when it was refused
 * @param source who asked
 * @param expected class names of the services that the bundle in whose place it goes had registered; empty for all but IN_PLACE
 * @param seen what everybody sees of it
 */
record Job(Kind kind, String location, String source, Set<String> expected, InstallJob seen) {

    /** How a bundle is installed. */
    enum Kind {
        /** Not at all. */
        REFUSED,
        /** Beside the old one, which goes once the new one has proven itself. */
        PLANNER,
        /** A bundle that was not there. */
        NEW,
        /** In the place of the old one. */
        IN_PLACE
    }

    String id() {
        return seen.jobId();
    }

    String symbolicName() {
        return seen.symbolicName();
    }

    InstallJob.State state() {
        return seen.state();
    }

    /** Nothing happens to it any more. */
    boolean ended() {
        return switch (seen.state()) {
            case REFUSED, POSTPONED, COMMITTED, FAILED -> true;
            default -> false;
        };
    }

    Job with(InstallJob.State state, String reason, Instant at) {
        return new Job(kind, location, source, expected,
                new InstallJob(id(), symbolicName(), seen.version(), seen.sha256(), state, reason, at));
    }

    @Override
    public String toString() {
        return symbolicName() + " " + seen.version() + " (job " + id() + ")";
    }
}
