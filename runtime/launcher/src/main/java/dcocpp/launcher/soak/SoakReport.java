package dcocpp.launcher.soak;

import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.soak.SoakRecord.Event;
import dcocpp.launcher.soak.SoakRecord.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report of a run, in Markdown with its plots beside it: all of it is drawn from the record. */
final class SoakReport {

    static final String NAME = "report.md";

    private static final double MILLI_PER_KILO = 1e6;

    private SoakReport() {
    }

    /**
     * Writes report and plots into the folder of the record, over those that are there.
     *
     * @return the verdict
     */
    static Verdict write(Path folder) throws LaunchException {
        SoakRecord record = RecordFile.read(folder);
        Verdict verdict = Verdict.of(record);
        Map<String, String> plots = Plots.of(record);
        try {
            for (Map.Entry<String, String> plot : plots.entrySet()) {
                Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
            }
            Files.writeString(folder.resolve(NAME), String.join("\n", lines(record, verdict, List.copyOf(plots.keySet()))) + "\n");
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the report cannot be written: " + e.getMessage(), e);
        }
        return verdict;
    }

    private static List<String> lines(SoakRecord record, Verdict verdict, List<String> plots) {
        List<String> lines = new ArrayList<>();
        lines.add("# Soak test: " + (verdict.passed() ? "passed" : "FAILED"));
        lines.add("");
        lines.addAll(about(record));
        lines.add("");
        lines.add("## Verdict");
        lines.add("");
        lines.add("| | wanted | found | |");
        lines.add("|---|---|---|---|");
        verdict.criteria().forEach(criterion -> lines.add(row(criterion.what(), criterion.wanted(), criterion.found(),
                criterion.outcome().words())));
        lines.add("");
        lines.add("## Plots");
        lines.add("");
        plots.forEach(plot -> lines.add("![" + plot.replace(".svg", "") + "](" + plot + ")\n"));
        if (!record.events().isEmpty()) {
            lines.add("## What was done to it");
            lines.add("");
            lines.addAll(events(record));
            lines.add("");
        }
        lines.add("## Transactions");
        lines.add("");
        lines.addAll(transactions(record));
        if (!record.complaints().isEmpty()) {
            lines.add("");
            lines.add("## Errors in the log");
            lines.add("");
            lines.addAll(complaints(record));
        }
        return lines;
    }

    private static List<String> about(SoakRecord record) {
        SoakRecord.Run run = record.run();
        List<String> lines = new ArrayList<>();
        lines.add("| | |");
        lines.add("|---|---|");
        lines.add(row("command", "`" + run.command() + "`"));
        lines.add(row("begun", run.startedAt()));
        lines.add(row("version", run.version()));
        lines.add(row("commit", run.commit().isEmpty() ? "not known" : run.commit()));
        lines.add(row("bundles", run.bundles().entrySet().stream().map(bundle -> bundle.getKey() + " " + bundle.getValue())
                .collect(Collectors.joining(", "))));
        lines.add(row("machine", run.machine()));
        lines.add(row("hardware", run.hardware() + (run.observed() ? ", observed" : "")));
        lines.add(row("samples", String.format(Locale.ROOT, "%d, one each %.0f s, in `%s`", record.samples().size(), run.sampleSeconds(),
                RecordFile.NAME)));
        lines.add(row("judged for growth", String.format(Locale.ROOT, "from %.0f s on", run.warmUpSeconds())));
        return lines;
    }

    private static List<String> events(SoakRecord record) {
        Map<String, List<Event>> kinds = new TreeMap<>();
        record.events().forEach(event -> kinds.computeIfAbsent(event.kind(), kind -> new ArrayList<>()).add(event));
        List<String> lines = new ArrayList<>();
        lines.add("| | times | over within | not over |");
        lines.add("|---|---|---|---|");
        kinds.forEach((kind, events) -> lines.add(row(kind, Integer.toString(events.size()), String.format(Locale.ROOT, "%.0f s",
                events.stream().filter(Event::over).mapToDouble(Event::tookSeconds).max().orElse(Double.NaN)),
                Long.toString(events.stream().filter(event -> !event.over()).count()))));
        record.events().stream().filter(event -> !event.over()).forEach(event -> lines.add(String.format(Locale.ROOT,
                "%nAt %.0f s: %s, %s", event.atSeconds(), event.kind(), event.detail())));
        return lines;
    }

    private static List<String> transactions(SoakRecord record) {
        Map<Integer, List<Transaction>> guns = new TreeMap<>();
        record.transactions().forEach(transaction -> guns.computeIfAbsent(transaction.connectorId(), gun -> new ArrayList<>())
                .add(transaction));
        List<String> lines = new ArrayList<>();
        lines.add("| gun | transactions | energy, kWh | ends |");
        lines.add("|---|---|---|---|");
        guns.forEach((gun, all) -> {
            Map<String, Long> ends = all.stream().collect(Collectors.groupingBy(Transaction::reason, TreeMap::new, Collectors.counting()));
            lines.add(row(Integer.toString(gun), Integer.toString(all.size()), String.format(Locale.ROOT, "%.3f", all.stream()
                    .filter(transaction -> transaction.stopMilliWh() != Transaction.NONE)
                    .mapToLong(transaction -> transaction.stopMilliWh() - transaction.startMilliWh()).sum() / MILLI_PER_KILO),
                    ends.entrySet().stream().map(end -> end.getValue() + " " + (end.getKey().isEmpty() ? "run" : end.getKey()))
                            .collect(Collectors.joining(", "))));
        });
        return lines;
    }

    private static List<String> complaints(SoakRecord record) {
        Map<String, Long> counts = record.complaints().stream()
                .collect(Collectors.groupingBy(SoakRecord.Complaint::line, TreeMap::new, Collectors.counting()));
        List<String> lines = new ArrayList<>();
        lines.add("| times | |");
        lines.add("|---|---|");
        counts.forEach((line, times) -> lines.add(row(Long.toString(times), line)));
        return lines;
    }

    /** A row of a table: a bar in a cell would begin another one. */
    private static String row(String... cells) {
        return "| " + String.join(" | ", List.of(cells).stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }
}
