package dcocpp.launcher.demo;

import dcocpp.launcher.demo.EnergyWitness.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The comparison of the three figures. Journal and meter must agree to the milliwatt-hour. The CSMS gets whole watt-hours, rounded down
 * from the lifetime register at start and at stop, so that transactions add up without loss; its two values must be just these.
 */
final class EnergyBalance {

    private static final long MILLI = 1000;

    private final Span journal;
    private final Span meter;
    private final Span csms;

    EnergyBalance(EnergyWitness witness) {
        this.journal = witness.journalMilliWh();
        this.meter = witness.meterMilliWh();
        this.csms = witness.csmsWh();
    }

    /** Why the figures do not agree; empty when they do. */
    List<String> disagreements() {
        List<String> reasons = new ArrayList<>();
        if (meter.energy() <= 0) {
            reasons.add("the meter counted no energy (" + meter.energy() + " mWh)");
        }
        if (journal.energy() != meter.energy()) {
            reasons.add("the journal has " + journal.energy() + " mWh, the meter " + meter.energy() + " mWh: "
                    + Math.abs(journal.energy() - meter.energy()) + " mWh apart");
        }
        check(reasons, "start", journal.start(), csms.start());
        check(reasons, "stop", journal.stop(), csms.stop());
        return reasons;
    }

    private static void check(List<String> reasons, String moment, long registerMilliWh, long wireWh) {
        long expectedWh = Math.floorDiv(registerMilliWh, MILLI);
        if (wireWh != expectedWh) {
            reasons.add("the CSMS was told " + wireWh + " Wh at the " + moment + ", the register says " + registerMilliWh
                    + " mWh, which is " + expectedWh + " Wh");
        }
    }

    /** A table for people. */
    List<String> lines() {
        return List.of(
                String.format(Locale.ROOT, "%-10s%18s%18s%18s", "", "start", "stop", "energy"),
                milliWh("meter", meter),
                milliWh("journal", journal),
                String.format(Locale.ROOT, "%-10s%15d Wh%15d Wh%15d Wh", "CSMS", csms.start(), csms.stop(), csms.energy()));
    }

    private static String milliWh(String name, Span span) {
        return String.format(Locale.ROOT, "%-10s%15s Wh%15s Wh%15s Wh", name, wh(span.start()), wh(span.stop()), wh(span.energy()));
    }

    private static String wh(long milliWh) {
        return (milliWh < 0 ? "-" : "") + Math.abs(milliWh / MILLI) + String.format(Locale.ROOT, ".%03d", Math.abs(milliWh % MILLI));
    }
}
