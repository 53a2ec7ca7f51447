package dcocpp.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.csms.OcppMessage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What a person sees of a charger at work: its guns, the ring, the latest messages of the back office. Stateless. */
final class DemoScreen {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double KILO = 1000;
    private static final double MILLI_WH_PER_KWH = 1e6;
    private static final int LEAST_MESSAGES = 2;
    private static final int MOST_MESSAGES = 8;
    private static final String NO_BAR = " ".repeat(22);

    private DemoScreen() {
    }

    /**
     * What there is to show.
     *
     * @param at the charger's time
     * @param rate how much faster than the clock it is
     * @param status answer of {@code /api/status}
     * @param plan answer of {@code /api/plan}; without a ring before the first plan
     * @param cabinet answer of {@code /api/sim/connectors}
     * @param messages of the back office, oldest first
     */
    record View(Instant at, double rate, JsonNode status, JsonNode plan, JsonNode cabinet, List<OcppMessage> messages) {
    }

    /**
     * The whole screen. Where it is too low for everything, the ring goes before the guns do.
     *
     * @param rows lines of the terminal
     * @param columns characters of a line
     */
    static List<String> lines(View view, int rows, int columns) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(view));
        lines.add("");
        lines.addAll(guns(view));
        List<String> ring = new ArrayList<>();
        view.plan().path("ring").forEach(line -> ring.add(line.asText()));
        int left = rows - 1 - lines.size() - LEAST_MESSAGES - 1;
        if (!ring.isEmpty() && ring.size() + 1 <= left) {
            lines.add("");
            lines.addAll(ring);
        }
        int fit = Math.min(MOST_MESSAGES, rows - 1 - lines.size() - 1);
        if (fit > 0 && !view.messages().isEmpty()) {
            lines.add("");
            List<OcppMessage> all = view.messages();
            all.subList(Math.max(0, all.size() - fit), all.size()).forEach(message -> lines.add(MessageText.line(message)));
        }
        return lines.stream().limit(Math.max(1, rows - 1)).map(line -> cut(line, columns)).toList();
    }

    /** All in one line, where there is no terminal whose lines could be renewed. */
    static String summary(View view) {
        StringBuilder guns = new StringBuilder();
        for (JsonNode connector : view.status().path("connectors")) {
            if (connector.path("status").asText().equals("Charging")) {
                JsonNode live = connector.path("live");
                guns.append(String.format(Locale.ROOT, "  %d: %s%.1f kW", connector.path("id").asInt(),
                        live.has("socPercent") ? Math.round(live.path("socPercent").asDouble()) + " % " : "", kilowatts(live)));
            }
        }
        return headline(view) + guns;
    }

    private static String headline(View view) {
        JsonNode plan = view.status().path("plan");
        long charging = StreamSupport.stream(view.status().path("connectors").spliterator(), false)
                .filter(connector -> connector.path("status").asText().equals("Charging")).count();
        String limit = plan.has("gridLimitW") ? String.format(Locale.ROOT, " of %.0f", plan.path("gridLimitW").asDouble() / KILO) : "";
        return String.format(Locale.ROOT, "%s  %.0f times the clock  %d guns charge with %.1f%s kW  back office %s", TIME.format(view.at()),
                view.rate(), charging, plan.path("totalPowerW").asDouble() / KILO, limit, view.status().at("/csms/state").asText("-"));
    }

    private static List<String> guns(View view) {
        Map<Integer, String> cars = new HashMap<>();
        view.cabinet().path("connectors").forEach(gun -> cars.put(gun.path("connectorId").asInt(), gun.at("/car/id").asText()));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%3s  %-14s %-22s %7s %9s %11s  %-12s %s", "gun", "status", "state of charge", "", "power",
                "energy", "car", "modules"));
        for (JsonNode connector : view.status().path("connectors")) {
            JsonNode live = connector.path("live");
            boolean soc = live.has("socPercent") && connector.path("plugged").asBoolean();
            boolean transaction = connector.at("/session/transactionActive").asBoolean();
            List<String> modules = new ArrayList<>();
            connector.path("moduleIds").forEach(module -> modules.add(module.asText()));
            String why = connector.path("faults").isEmpty() ? String.join(" ", modules)
                    : String.join(" ", connector.path("faults").findValuesAsText("cause"));
            lines.add(String.format(Locale.ROOT, "%3d  %-14s %-22s %7s %9s %11s  %-12s %s", connector.path("id").asInt(),
                    connector.path("status").asText(), soc ? ProgressText.bar(live.path("socPercent").asDouble()) : NO_BAR,
                    soc ? String.format(Locale.ROOT, "%.1f %%", live.path("socPercent").asDouble()) : "",
                    transaction ? String.format(Locale.ROOT, "%.1f kW", kilowatts(live)) : "",
                    transaction ? String.format(Locale.ROOT, "%.3f kWh",
                            connector.at("/session/energyMilliWh").asLong() / MILLI_WH_PER_KWH) : "",
                    cars.getOrDefault(connector.path("id").asInt(), ""), why).stripTrailing());
        }
        return lines;
    }

    private static double kilowatts(JsonNode live) {
        return live.path("powerW").asDouble() / KILO;
    }

    private static String cut(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns));
    }
}
