package dcocpp.ocpp.internal.smartcharging;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;

/**
 * What all profiles together allow (OCPP 1.6, 3.13): of each purpose the highest stack level that has a limit at the moment, a TxProfile
 * instead of a TxDefaultProfile, and never more than the ChargePointMaxProfile. Pure.
 *
 * @param profiles those in force; of the TxProfiles only those of running transactions
 * @param supply makes watts of amperes
 */
record Composite(Collection<ChargingProfile> profiles, Supply supply) {

    /** What the charger as a whole may draw. */
    Timeline site() {
        return stack(profile -> profile.purpose() == Purpose.ChargePointMaxProfile, null);
    }

    /** Whether this gun has profiles of its own, beside those of the site. */
    boolean limitsGun(int connectorId) {
        return profiles.stream().anyMatch(profile -> own(profile, connectorId) || defaults(profile, connectorId));
    }

    /**
     * What a gun may take: the less of its own limit and the site's, or nothing where that is less than the vehicle can use well.
     *
     * @param begin when the transaction began; null = it begins at the very moment that is asked for
     */
    Timeline gun(int connectorId, Instant begin) {
        Timeline own = stack(profile -> own(profile, connectorId), begin);
        Timeline usual = stack(profile -> defaults(profile, connectorId), begin);
        return Timeline.firstOf(List.of(own, usual)).atMost(site()).pausedBelowLeast();
    }

    private static boolean own(ChargingProfile profile, int connectorId) {
        return profile.purpose() == Purpose.TxProfile && profile.connectorId() == connectorId;
    }

    /** One for all connectors gives way to one of the same level for this connector, also where that one has a gap. */
    private boolean defaults(ChargingProfile profile, int connectorId) {
        return profile.purpose() == Purpose.TxDefaultProfile && (profile.connectorId() == connectorId
                || profile.connectorId() == 0 && profiles.stream().noneMatch(other -> other.purpose() == Purpose.TxDefaultProfile
                        && other.connectorId() == connectorId && other.stackLevel() == profile.stackLevel()));
    }

    private Timeline stack(Predicate<ChargingProfile> which, Instant begin) {
        return Timeline.firstOf(profiles.stream().filter(which).sorted(Comparator.comparingInt(ChargingProfile::stackLevel).reversed())
                .<Timeline>map(profile -> new ProfileTimeline(profile, begin, supply)).toList());
    }
}
