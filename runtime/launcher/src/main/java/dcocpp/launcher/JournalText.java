package dcocpp.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.controller.internal.journal.Happening;
import dcocpp.controller.internal.journal.JournalEntry;
import dcocpp.controller.internal.journal.Wear;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The entries of the journal on lines: for people in columns (time, connector, what, energy, the rest), or as JSON. Stateless. */
final class JournalText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double MILLI_PER_KILO = 1e6;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final String WEAR = "%-10s %-12s %10s %11s %11s";
    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalText() {
    }

    /** An entry for a person. */
    static String line(JournalEntry entry) {
        if (entry instanceof JournalEntry.Started started) {
            TransactionStarted event = started.event();
            return line(entry, "session started", "", event.token().idTag() + " (" + words(event.token().source()) + "), register "
                    + kWh(event.meterMilliWh()) + ", " + delivery(started.delivery()) + ", " + event.transactionId());
        }
        if (entry instanceof JournalEntry.Stopped stopped) {
            return line(entry, "session ended", kWh(stopped.energyMilliWh()), words(stopped.event().reason()) + ", "
                    + delivery(stopped.delivery()) + ", " + stopped.event().transactionId());
        }
        Happening happening = ((JournalEntry.Happened) entry).happening();
        return line(entry, what(happening), "", happening.detail() + times(happening));
    }

    private static String line(JournalEntry entry, String what, String energy, String rest) {
        return String.format(Locale.ROOT, "%s  %3s  %-30s %14s  %s", TIME.format(entry.at()),
                entry.connectorId() == 0 ? "-" : entry.connectorId(), what, energy, rest).stripTrailing();
    }

    private static String what(Happening happening) {
        return switch (happening.kind()) {
            case STARTED, ENDED -> happening.what();
            case FAULT -> "fault " + happening.what();
            case FAULT_GONE -> "fault over " + happening.what();
            case PLAN -> "plan";
            default -> words(happening.kind()) + " " + happening.what();
        };
    }

    private static String times(Happening happening) {
        return happening.times() == 1 ? "" : (happening.detail().isEmpty() ? "" : "; ") + happening.times() + " times until "
                + TIME.format(happening.lastAt());
    }

    private static String delivery(Delivery delivery) {
        return switch (delivery.state()) {
            case PENDING -> "not delivered yet";
            case DELIVERED -> "delivered" + (delivery.detail().isEmpty() ? "" : " as " + delivery.detail());
            case UNDELIVERABLE -> "GIVEN UP" + (delivery.detail().isEmpty() ? "" : " (" + delivery.detail() + ")");
        };
    }

    /** An energy with three digits, kWh. */
    private static String kWh(long milliWh) {
        return String.format(Locale.ROOT, "%.3f kWh", milliWh / MILLI_PER_KILO);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** An entry for a program: one JSON object. Energies are in mWh, connector 0 is all of them or none in particular. */
    static String json(JournalEntry entry) {
        ObjectNode node = JSON.createObjectNode().put("at", entry.at().toString());
        if (entry instanceof JournalEntry.Started started) {
            TransactionStarted event = started.event();
            put(node.put("kind", "sessionStarted").put("connectorId", event.connectorId()).put("transactionId", event.transactionId())
                    .put("idTag", event.token().idTag()).put("tokenSource", camel(event.token().source()))
                    .put("registerMilliWh", event.meterMilliWh()), started.delivery());
        } else if (entry instanceof JournalEntry.Stopped stopped) {
            put(node.put("kind", "sessionEnded").put("connectorId", stopped.connectorId())
                    .put("transactionId", stopped.event().transactionId()).put("reason", camel(stopped.event().reason()))
                    .put("registerMilliWh", stopped.event().meterMilliWh()).put("energyMilliWh", stopped.energyMilliWh()), stopped.delivery());
        } else {
            Happening happening = ((JournalEntry.Happened) entry).happening();
            node.put("kind", camel(happening.kind())).put("connectorId", happening.connectorId()).put("what", happening.what())
                    .put("detail", happening.detail()).put("times", happening.times()).put("lastAt", happening.lastAt().toString())
                    .put("bootId", happening.stamp().bootId());
        }
        return node.toString();
    }

    /** What stands above the parts. */
    static String wearHead() {
        return String.format(Locale.ROOT, WEAR, "", "part", "hours", "operations", "under load").stripTrailing();
    }

    /** How much a part has been used, for a person. */
    static String line(Wear wear) {
        boolean module = wear.kind() == Wear.Kind.MODULE;
        return String.format(Locale.ROOT, WEAR, words(wear.kind()), wear.part(),
                module ? String.format(Locale.ROOT, "%.1f", wear.onMillis() / MILLIS_PER_HOUR) : "",
                module ? "" : wear.operations(), module ? "" : wear.loadedOperations()).stripTrailing();
    }

    /** The same for a program: one JSON object. */
    static String json(Wear wear) {
        ObjectNode node = JSON.createObjectNode().put("kind", camel(wear.kind())).put("part", wear.part());
        if (wear.kind() == Wear.Kind.MODULE) {
            node.put("onMillis", wear.onMillis());
        } else {
            node.put("operations", wear.operations()).put("operationsUnderLoad", wear.loadedOperations());
        }
        return node.toString();
    }

    private static void put(ObjectNode node, Delivery delivery) {
        node.put("delivery", camel(delivery.state())).put("deliveryDetail", delivery.detail());
    }

    private static String camel(Enum<?> constant) {
        StringBuilder camel = new StringBuilder();
        for (String word : constant.name().split("_")) {
            camel.append(camel.isEmpty() ? word.substring(0, 1).toLowerCase(Locale.ROOT) : word.substring(0, 1))
                    .append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return camel.toString();
    }

    /**
     * A moment that somebody names.
     *
     * @param text a date with or without a time, UTC unless it says otherwise, or how long ago it is, such as {@code 90m}
     * @param now  the present
     * @throws java.time.DateTimeException when it is none of these
     */
    static Instant moment(String text, Instant now) {
        if (text.matches("\\d{1,9}[smhd]")) {
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return now.minusSeconds(count * switch (text.charAt(text.length() - 1)) {
                case 's' -> 1;
                case 'm' -> 60;
                case 'h' -> 3600;
                default -> 86_400;
            });
        }
        String whole = text.length() == 10 ? text + "T00:00" : text.replace(' ', 'T');
        return OffsetDateTime.parse(whole.matches(".*T.*(Z|[+-].*)") ? whole : whole + "Z").toInstant();
    }
}
