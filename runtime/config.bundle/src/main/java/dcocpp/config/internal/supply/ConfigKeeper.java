package dcocpp.config.internal.supply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.api.config.ConfigurationReport;
import dcocpp.config.internal.file.ChargerConfig;
import dcocpp.config.internal.file.ChargerConfigLoader;
import dcocpp.config.internal.file.ConfigReport;
import dcocpp.config.internal.file.Finding;
import dcocpp.config.internal.file.JsonEdit;
import dcocpp.config.internal.file.ValueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps charger.json and Config Admin the same. The file is the truth: a valid one is taken, an invalid one changes nothing; an
 * edit made in Config Admin is merged into the file if the file stays valid with it, and undone otherwise. All methods belong to
 * one thread.
 */
final class ConfigKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigKeeper.class);

    /** After this many looks at the file, what Config Admin could not store is tried again. */
    private static final int LOOKS_UNTIL_RETRY = 25;

    private static final int CHANGES_LOGGED = 6;

    private final ConfigFile file;
    private final ChargerConfigLoader loader;
    private final PidTranslator translator;
    private final PidStore store;
    private final PidWriter writer;
    private final Supplier<Instant> wallTime;
    private final Consumer<ConfigurationReport> publisher;
    private final FileWatch watch = new FileWatch();

    private ChargerConfig inForce;
    private Map<String, Supplied> supplied = new LinkedHashMap<>();
    private long generation;
    private Instant appliedAt;
    private List<Finding> findings = List.of();
    private List<Finding> undone = List.of();
    private int looksUntilRetry;

    ConfigKeeper(ConfigFile file, ChargerConfigLoader loader, PidTranslator translator, PidStore store, Supplier<Instant> wallTime,
            Consumer<ConfigurationReport> publisher) {
        this.file = file;
        this.loader = loader;
        this.translator = translator;
        this.store = store;
        this.writer = new PidWriter(store);
        this.wallTime = wallTime;
        this.publisher = publisher;
    }

    /** Takes the file for the first time. What Config Admin holds from the last run stays in force until then. */
    void start() {
        try {
            store.read().forEach((name, properties) -> supplied.put(name, Supplied.stored(name, properties)));
            generation = generations(supplied.values());
        } catch (IOException e) {
            LOG.error("Config Admin cannot be read", e);
        }
        watch.handled(files());
        reload();
    }

    /** Takes the file again if it has changed. */
    void look() {
        boolean retry = looksUntilRetry > 0 && --looksUntilRetry == 0;
        if (watch.changed(files()) || retry) {
            reload();
        }
    }

    /** Somebody else has changed or deleted a PID of ours. */
    void changed(String pid) {
        try {
            Map<String, Object> stored = store.read(pid);
            Supplied before = supplied.get(pid);
            if (before == null) {
                removeForeign(pid, stored);
            } else if (stored == null) {
                undo(before, "it was deleted");
            } else {
                Map<String, Object> edits = before.editsIn(stored);
                if (!edits.isEmpty()) {
                    take(before, edits);
                } else if (!before.isIdenticalTo(stored)) {
                    store.write(pid, before.properties());
                }
            }
        } catch (IOException e) {
            LOG.error("{}: Config Admin cannot be read or written", pid, e);
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(file.path()));
        if (inForce != null) {
            inForce.ocppFile().ifPresent(files::add);
        }
        return files;
    }

    private void reload() {
        ConfigReport report = loader.load(file.path());
        if (report.config().isPresent()) {
            tellOverwritten();
            apply(report.config().get(), report.findings());
        } else {
            refuse(report.findings());
        }
    }

    private void apply(ChargerConfig config, List<Finding> noted) {
        List<Finding> all = new ArrayList<>(noted);
        all.addAll(Folders.make(config, translator));
        if (all.stream().anyMatch(Finding::isError)) {
            refuse(all);
            return;
        }
        try {
            PidWriter.Outcome outcome = writer.write(translator.translate(config), supplied, generation);
            boolean first = inForce == null;
            inForce = config;
            supplied = outcome.supplied();
            generation = outcome.generation();
            if (first || !outcome.changes().isEmpty()) {
                appliedAt = wallTime.get();
                undone = List.of();
                LOG.info("{} is in force, generation {}: {}", file.path(), generation, summary(outcome.changes()));
            }
            tell(all, false);
        } catch (IOException e) {
            looksUntilRetry = LOOKS_UNTIL_RETRY;
            all.add(new Finding(Finding.Severity.ERROR, "", "Config Admin cannot store it: " + e, "space in the data folder"));
            tell(all, true);
        }
    }

    private void refuse(List<Finding> wrong) {
        tell(wrong, true);
    }

    /** Reports and logs; the log has the same findings once. */
    private void tell(List<Finding> now, boolean refused) {
        if (!now.equals(findings)) {
            for (Finding finding : now) {
                if (finding.isError()) {
                    LOG.error("{}: {}", file.path(), finding);
                } else {
                    LOG.warn("{}: {}", file.path(), finding);
                }
            }
            if (refused) {
                LOG.error("{} is not taken; what was in force before stays in force (generation {})", file.path(), generation);
            }
        }
        findings = List.copyOf(now);
        publish();
    }

    private void publish() {
        List<ConfigurationReport.Finding> shown = new ArrayList<>();
        for (List<Finding> list : List.of(findings, undone)) {
            for (Finding finding : list) {
                shown.add(new ConfigurationReport.Finding(finding.isError() ? ConfigurationReport.Severity.ERROR
                        : ConfigurationReport.Severity.WARNING, finding.pointer(), finding.problem(), finding.remedy()));
            }
        }
        publisher.accept(new ConfigurationReport(file.path().toString(), generation, appliedAt, shown));
    }

    /** An edit that nobody has looked at yet, made while the file changed too. */
    private void tellOverwritten() {
        if (inForce == null) {
            return;
        }
        try {
            store.read().forEach((name, stored) -> {
                Supplied before = supplied.get(name);
                if (before != null && !before.editsIn(stored).isEmpty()) {
                    LOG.warn("{}: the edit of {} gives way to {}", name, before.editsIn(stored).keySet(), file.path());
                }
            });
        } catch (IOException e) {
            LOG.error("Config Admin cannot be read", e);
        }
    }

    private void take(Supplied before, Map<String, Object> edits) throws IOException {
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        for (Map.Entry<String, Object> edit : edits.entrySet()) {
            String place = before.pid().places().get(edit.getKey());
            if (place == null || inForce == null) {
                undo(before, inForce == null ? file.path() + " is not valid and must be corrected first"
                        : edit.getKey() + " follows from other values of the file");
                return;
            }
            Set<ValueType> types = inForce.typesAt(place);
            JsonNode value = Values.json(edit.getValue(),
                    types.isEmpty() ? Set.of(Values.typeOf(before.pid().values().get(edit.getKey()))) : types);
            JsonNode other = changes.put(place, value);
            if (other != null && !other.equals(value)) {
                undo(before, place + " cannot be both " + other + " and " + value);
                return;
            }
        }
        String text = inForce.text();
        for (Map.Entry<String, JsonNode> change : changes.entrySet()) {
            text = JsonEdit.set(text, change.getKey(), change.getValue());
        }
        ConfigReport report = loader.check(file.path(), text.getBytes(StandardCharsets.UTF_8));
        if (report.config().isEmpty()) {
            undo(before, ChargerConfigLoader.text(report.errors()));
            return;
        }
        write(before, text, changes, report);
    }

    private void write(Supplied before, String text, Map<String, JsonNode> changes, ConfigReport report) throws IOException {
        try {
            Path backup = file.replace(inForce.text(), text);
            LOG.info("{}: {} written to {}; the file before is {}", before.pid().pid(), changes.keySet(), file.path(), backup);
        } catch (ConfigFile.ChangedException e) {
            undo(before, e.getMessage());
            reload();
            return;
        } catch (IOException e) {
            undo(before, file.path() + " cannot be written: " + e);
            return;
        }
        apply(report.config().orElseThrow(), report.findings());
    }

    private void undo(Supplied before, String reason) throws IOException {
        String pid = before.pid().pid();
        store.write(pid, before.properties());
        LOG.warn("{}: the edit is undone, the values of {} stand: {}", pid, file.path(), reason);
        undone = List.of(new Finding(Finding.Severity.WARNING, "", "an edit of " + pid + " was undone: " + reason,
                "an edit that the file permits"));
        publish();
    }

    private void removeForeign(String pid, Map<String, Object> stored) throws IOException {
        if (stored != null && inForce != null) {
            store.delete(pid);
            LOG.warn("{}: removed, since {} has no such element; add it there", pid, file.path());
        }
    }

    private static String summary(List<String> changes) {
        if (changes.isEmpty()) {
            return "nothing has changed";
        }
        String first = String.join(", ", changes.subList(0, Math.min(changes.size(), CHANGES_LOGGED)));
        return changes.size() <= CHANGES_LOGGED ? first : first + " and " + (changes.size() - CHANGES_LOGGED) + " more";
    }

    private static long generations(Collection<Supplied> all) {
        return all.stream().mapToLong(Supplied::generation).max().orElse(0);
    }
}
