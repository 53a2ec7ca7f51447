package dcocpp.simrun.run;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.script.Bounds;
import dcocpp.simrun.script.Expectation;
import dcocpp.simrun.script.Script;

/** An expectation while the scenario goes by: looks at the right moments, and knows in the end whether it came. */
final class Check {

    private static final long NANOS_PER_MS = 1_000_000;

    private final Expectation expectation;
    private final Questions questions;
    private final long fromMs;
    private final long toMs;
    private final Set<ConnectorStatus> statuses = new LinkedHashSet<>();
    private double leastKW = Double.POSITIVE_INFINITY;
    private double mostKW = Double.NEGATIVE_INFINITY;
    private boolean looked;
    private boolean right = true;
    private String seen = "nothing: the charger had no power";

    /** What cannot be seen in a moment. */
    interface Questions {

        List<TransactionRecord> transactions();

        SimulatedCsms csms();

        double energyMilliWh(Integer connectorId);

        int served();

        long violations();

        double idealSharePercent();

        Balance balance(Moment moment);

        /** What the charger still owes the back office, in words; empty = nothing. */
        String owed();
    }

    /** @param endMs when the scenario ends */
    Check(Expectation expectation, Questions questions, long endMs) {
        this.expectation = expectation;
        this.questions = questions;
        boolean lasting = expectation.from() != null;
        this.fromMs = lasting ? expectation.from().toMillis() : expectation.at() != null ? expectation.at().toMillis() : endMs;
        this.toMs = lasting ? expectation.to().toMillis() : fromMs;
    }

    /** When it looks next, ms; the greatest number there is when it need not. */
    long nextMs(long nowMs) {
        return nowMs < fromMs ? fromMs : nowMs < toMs ? toMs : Long.MAX_VALUE;
    }

    /** Whether it looks at the end only. */
    boolean atTheEnd() {
        return expectation.at() == null && expectation.from() == null;
    }

    /** A moment of the scenario, of which every tick has one. */
    void observe(Moment moment) {
        boolean within = moment.ms() >= fromMs && moment.ms() <= toMs;
        boolean first = fromMs == toMs && !looked && moment.ms() >= fromMs;
        if (within && fromMs < toMs || first) {
            looked = true;
            look(moment);
        }
    }

    private void look(Moment moment) {
        if (expectation.status() != null) {
            moment.connector(expectation.status().connector()).ifPresentOrElse(connector -> {
                statuses.add(connector.status());
                right &= expectation.status().is().contains(connector.status());
                seen = statuses.toString().replaceAll("[\\[\\]]", "");
            }, () -> right = false);
        } else if (expectation.power() != null) {
            range(moment.truth(expectation.power().connector()).powerW() / 1000, expectation.power().kW());
        } else if (expectation.siteKW() != null) {
            range(moment.siteW() / 1000, expectation.siteKW());
        } else if (expectation.reported() != null) {
            reported();
        } else {
            lookOnce(moment);
        }
    }

    private void lookOnce(Moment moment) {
        if (expectation.energyKWh() != null) {
            number(questions.energyMilliWh(expectation.energyKWh().connector()) / 1e6, expectation.energyKWh().bounds(), "kWh");
        } else if (expectation.transactions() != null) {
            number(questions.transactions().stream().filter(this::meant).count(), expectation.transactions().count(), "");
        } else if (expectation.visits() != null) {
            number(questions.served(), expectation.visits(), "served");
        } else if (expectation.violations() != null) {
            number(questions.violations(), expectation.violations(), "");
        } else if (expectation.idealShare() != null) {
            number(questions.idealSharePercent(), expectation.idealShare(), "%");
        } else if (expectation.delivered() != null) {
            String owed = questions.owed();
            right = owed.isEmpty() == expectation.delivered();
            seen = owed.isEmpty() ? "nothing is owed" : owed;
        } else if (moment.snapshot() == null) {
            right = false;
        } else {
            List<String> differences = questions.balance(moment).differences();
            right = differences.isEmpty();
            seen = differences.isEmpty() ? "exact" : String.join("; ", differences);
        }
    }

    private boolean meant(TransactionRecord record) {
        Expectation.Transactions wanted = expectation.transactions();
        return (wanted.connector() == null || wanted.connector() == record.started().connectorId())
                && (wanted.reason() == null || record.stopped() != null && record.stopped().reason() == wanted.reason());
    }

    private void range(double kW, Bounds bounds) {
        leastKW = Math.min(leastKW, kW);
        mostKW = Math.max(mostKW, kW);
        right &= bounds.holds(kW);
    }

    private void number(double value, Bounds bounds, String unit) {
        right = bounds.holds(value);
        seen = (text(value) + " " + unit).trim();
    }

    private static String text(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }

    /** One of the statuses in the time that is meant has to be it. */
    private void reported() {
        long least = expectation.from() == null ? 0 : fromMs * NANOS_PER_MS;
        long most = atTheEnd() ? Long.MAX_VALUE : toMs * NANOS_PER_MS;
        Set<String> all = new LinkedHashSet<>();
        right = false;
        for (SimulatedCsms.Status status : questions.csms().statuses()) {
            JsonNode payload = status.payload();
            if (status.nanos() >= least && status.nanos() <= most
                    && payload.path("connectorId").intValue() == expectation.reported().connector()) {
                all.add((payload.path("status").asText() + " " + payload.path("errorCode").asText() + " "
                        + payload.path("vendorErrorCode").asText()).trim());
                right |= matches(payload);
            }
        }
        seen = all.isEmpty() ? "nothing" : String.join(", ", all);
    }

    private boolean matches(JsonNode payload) {
        Expectation.Reported wanted = expectation.reported();
        return (wanted.status() == null || wanted.status().equals(payload.path("status").asText()))
                && (wanted.errorCode() == null || wanted.errorCode().equals(payload.path("errorCode").asText()))
                && (wanted.vendorErrorCode() == null || wanted.vendorErrorCode().equals(payload.path("vendorErrorCode").asText()));
    }

    /** What came of it. */
    Report.Outcome outcome() {
        return new Report.Outcome(when() + what(), looked && right, leastKW > mostKW ? seen
                : leastKW == mostKW ? text(leastKW) + " kW" : text(leastKW) + " to " + text(mostKW) + " kW");
    }

    private String when() {
        if (expectation.from() != null) {
            return Script.time(Duration.ofMillis(fromMs)) + " to " + Script.time(Duration.ofMillis(toMs)) + ": ";
        }
        return atTheEnd() ? "" : Script.time(Duration.ofMillis(fromMs)) + ": ";
    }

    private String what() {
        if (expectation.status() != null) {
            return "gun " + expectation.status().connector() + " is " + expectation.status().is().toString().replaceAll("[\\[\\]]", "");
        }
        if (expectation.power() != null) {
            return "gun " + expectation.power().connector() + " gives " + expectation.power().kW() + " kW";
        }
        if (expectation.siteKW() != null) {
            return "all guns give " + expectation.siteKW() + " kW";
        }
        if (expectation.energyKWh() != null) {
            return at(expectation.energyKWh().connector()) + "energy delivered, " + expectation.energyKWh().bounds() + " kWh";
        }
        if (expectation.transactions() != null) {
            return at(expectation.transactions().connector()) + "transactions"
                    + (expectation.transactions().reason() == null ? "" : " ended by " + expectation.transactions().reason()) + ", "
                    + expectation.transactions().count();
        }
        if (expectation.reported() != null) {
            return "the back office hears of gun " + expectation.reported().connector() + " " + String.join(" ", Stream.of(
                    expectation.reported().status(), expectation.reported().errorCode(), expectation.reported().vendorErrorCode())
                    .filter(Objects::nonNull).toList());
        }
        return expectation.visits() != null ? "visits, " + expectation.visits()
                : expectation.violations() != null ? "violations, " + expectation.violations()
                : expectation.idealShare() != null ? "share of the ideal, " + expectation.idealShare() + " %"
                : expectation.delivered() != null ? (expectation.delivered() ? "everything is delivered" : "something is not delivered")
                : "the energy balance is exact";
    }

    private static String at(Integer connectorId) {
        return connectorId == null ? "" : "gun " + connectorId + ": ";
    }
}
