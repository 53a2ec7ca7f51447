package dcocpp.api.session;

import java.util.Objects;
import java.util.Optional;

/**
 * One planner bundle that is present.
 *
 * @param bundleId id of its bundle
 * @param symbolicName name of its bundle
 * @param version version of its bundle
 * @param location location of its bundle
 * @param role what it is used for
 * @param plans how many of its plans were accepted since it came
 * @param sinceNanos since when it has this role, process time
 * @param reason why it was rejected, for people; else empty
 * @param comparison how its plans differed from those of the active planner while they were not applied; it stays as it was when the
 *     planner took over; empty for a planner that never was a candidate
 */
public record PlannerSnapshot(long bundleId, String symbolicName, String version, String location, Role role, long plans,
        long sinceNanos, String reason, Optional<PlannerComparison> comparison) {

    public PlannerSnapshot {
        Objects.requireNonNull(symbolicName);
        Objects.requireNonNull(version);
        Objects.requireNonNull(location);
        Objects.requireNonNull(role);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(comparison);
    }

    /** Of a planner that never was a candidate. */
    public PlannerSnapshot(long bundleId, String symbolicName, String version, String location, Role role, long plans,
            long sinceNanos, String reason) {
        this(bundleId, symbolicName, version, location, role, plans, sinceNanos, reason, Optional.empty());
    }

    /** What a planner is used for. New roles are added at the end. */
    public enum Role {
        /** Its plans are applied. */
        ACTIVE,
        /** Newer than the active one; its plans are checked and not applied until it has proven itself. */
        CANDIDATE,
        /** Proven, but not the chosen one; it takes over when the active one fails or goes away. */
        STANDBY,
        /** It threw, took too long or broke a safety rule; it is not asked again. */
        REJECTED
    }
}
