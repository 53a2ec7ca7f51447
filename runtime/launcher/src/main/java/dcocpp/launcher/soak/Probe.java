package dcocpp.launcher.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.LaunchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Takes samples of a charger. What a charger does not tell is left out of the sample. Stateless. */
final class Probe {

    private static final Path PROC = Path.of("/proc");
    private static final List<Figure> OF_PROCESS = List.of(Figure.HEAP_USED_BYTES, Figure.HEAP_COMMITTED_BYTES, Figure.METASPACE_BYTES,
            Figure.THREADS, Figure.OPEN_FILES, Figure.LOADED_CLASSES, Figure.CLASS_LOADERS,
            Figure.ACCESSOR_LOADERS, Figure.PROCESSOR_SECONDS, Figure.COLLECTION_SECONDS);
    private static final List<Figure> OF_CONTROL = List.of(Figure.LONGEST_TICK_MS, Figure.TICKS, Figure.OVERRUNS);
    private static final List<Figure> OF_PLAN = List.of(Figure.HELD_TICKS, Figure.UNPLANNED_TICKS);

    private Probe() {
    }

    /**
     * A sample of this moment.
     *
     * @param status answer of {@code /api/status}
     * @param tally as it was read just before
     * @param csmsWh energy of the ended transactions, by the CSMS; empty when there is none that could be asked
     * @param collect all garbage is collected first, so that what is alive can be seen
     */
    static Sample take(ApiClient api, JsonNode status, Tally tally, OptionalLong csmsWh, double atSeconds, boolean collect)
            throws LaunchException {
        Map<String, Double> figures = new TreeMap<>();
        JsonNode process = (collect ? api.post("api/process/gc", null) : api.get("api/process")).require();
        put(figures, process, OF_PROCESS);
        if (collect) {
            put(figures, process, List.of(Figure.HEAP_LIVE_BYTES));
        }
        ProcFiles files = new ProcFiles(PROC, process.path("pid").asLong());
        files.rssBytes().ifPresent(bytes -> figures.put(Figure.RSS_BYTES.key(), bytes));
        files.sockets().ifPresent(count -> figures.put(Figure.SOCKETS.key(), count));
        put(figures, status.path("control"), OF_CONTROL);
        put(figures, status.path("plan"), OF_PLAN);
        put(figures, status.path("csms"), List.of(Figure.QUEUED_MESSAGES));
        figures.put(Figure.POWER_W.key(), status.at("/plan/totalPowerW").asDouble());
        figures.put(Figure.TRANSACTIONS.key(), (double) tally.running());
        figures.put(Figure.JOURNAL_MILLI_WH.key(), (double) tally.endedMilliWh());
        csmsWh.ifPresent(energy -> figures.put(Figure.CSMS_WH.key(), (double) energy));
        ApiClient.Answer violations = api.get("api/sim/violations");
        if (violations.ok()) {
            figures.put(Figure.VIOLATIONS.key(), violations.body().path("count").asDouble());
        }
        List<String> statuses = new ArrayList<>();
        List<Long> registers = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (JsonNode connector : status.path("connectors")) {
            statuses.add(connector.path("status").asText());
            registers.add(connector.at("/live/registerMilliWh").asLong());
            connector.path("faults").forEach(fault -> faults.add(connector.path("id").asText() + ":" + fault.path("cause").asText()));
        }
        return new Sample(atSeconds, figures, statuses, registers, faults);
    }

    private static void put(Map<String, Double> figures, JsonNode from, List<Figure> wanted) {
        wanted.stream().filter(figure -> from.has(figure.key()))
                .forEach(figure -> figures.put(figure.key(), from.path(figure.key()).asDouble()));
    }
}
