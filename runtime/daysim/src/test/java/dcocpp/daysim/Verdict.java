package dcocpp.daysim;

import java.util.ArrayList;
import java.util.List;

import dcocpp.hwsim.internal.physics.Violation;

/**
 * What the physics say of a day.
 *
 * @param seed the day
 * @param violations what must never happen
 * @param findings what else went wrong
 * @param deliveredWh what the cars have taken, Wh
 * @param idealWh what nobody could have exceeded, Wh
 * @param visits cars that came to a gun
 * @param charged how many of them took energy
 * @param turnedAway cars that found no free gun
 * @param operations how often a contactor has moved
 * @param busOperations how often a bus contactor has
 * @param refusedPlans plans that the guard refused
 * @param refusedSteps switching steps that the step guard refused
 * @param ticks ticks of the software
 */
record Verdict(long seed, List<Violation> violations, List<String> findings, double deliveredWh, double idealWh, int visits, int charged,
        int turnedAway, long operations, long busOperations, long refusedPlans, long refusedSteps, long ticks) {

    /** Nothing that must not be, was. */
    boolean good() {
        return violations.isEmpty() && findings.isEmpty();
    }

    /** The share of what could have been delivered, 0…1. */
    double share() {
        return idealWh == 0 ? 1 : deliveredWh / idealWh;
    }

    /** All that went wrong, in words. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Violation violation : violations) {
            faults.add(Witness.at(violation.atNanos() / 1_000_000) + violation.kind() + " at " + violation.where() + ": "
                    + violation.detail());
        }
        faults.addAll(findings);
        return faults;
    }

    @Override
    public String toString() {
        return String.format("day %d: %d cars, %d charged, %d turned away, %.0f of %.0f kWh (%.1f %%), %d operations (%d of MC),"
                + " %d plans and %d steps refused, %d ticks, %s", seed, visits, charged, turnedAway, deliveredWh / 1000,
                idealWh / 1000, share() * 100, operations, busOperations, refusedPlans, refusedSteps, ticks,
                good() ? "nothing wrong" : faults().size() + " things wrong");
    }
}
