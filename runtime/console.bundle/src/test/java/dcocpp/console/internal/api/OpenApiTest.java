package dcocpp.console.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dcocpp.api.config.ConfigurationReport;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;
import dcocpp.console.internal.login.DataFolder;
import dcocpp.console.internal.login.Login;
import dcocpp.console.internal.status.FakeCharger;
import dcocpp.console.internal.upload.Uploads;
import dcocpp.testkit.FakeTimeSource;

/** docs/openapi.yaml and the code say the same. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static ObjectNode document;

    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = Files.newBufferedReader(Path.of("../../docs/openapi.yaml"))) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            document = new ObjectMapper().valueToTree(tree);
        }
    }

    @Test
    void everyRouteIsDescribedAndNothingElse(@TempDir Path folder) throws IOException {
        Login login = new Login(new DataFolder(folder), new FakeTimeSource(), 1, new SecureRandom());
        Set<String> inCode = Routes.all(new FakeCharger().charger, login, Uploads.into(folder, 1)).stream()
                .map(route -> route.method() + " " + route.template()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        document.get("paths").properties().stream().filter(path -> !path.getKey().startsWith("/sim/"))
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        assertEquals(described, inCode);
    }

    @Test
    void onlyHealthIsDescribedAsFree() {
        List<String> free = document.get("paths").properties().stream()
                .filter(path -> path.getValue().path("get").path("security").isArray()
                        || path.getValue().path("post").path("security").isArray())
                .map(Map.Entry::getKey).filter(path -> !path.startsWith("/sim/")).toList();
        assertEquals(List.of("/health"), free);
    }

    @Test
    void theStatusIsAsDescribed() {
        FakeCharger fake = new FakeCharger().snapshot(Snapshots.charging(0));
        InstallJob job = new InstallJob("j-1", "dcocpp.planner", "1.0.1", "ab", InstallJob.State.SOAK, "", Instant.EPOCH);
        fake.installer(installer(job));
        fake.configuration(() -> new ConfigurationReport("charger.json", 3, Instant.EPOCH,
                List.of(new ConfigurationReport.Finding(ConfigurationReport.Severity.ERROR, "/gridLimitKW", "is -1", "0 or more"))));
        assertValid("Status", new StatusCalls(fake.charger).status());
    }

    @Test
    void theStatusShowsHowTheFieldBusesAreDoing() {
        JsonNode buses = new StatusCalls(new FakeCharger().snapshot(Snapshots.charging(0)).charger).status().at("/hardware/buses");
        assertEquals("{\"interface\":\"can0\",\"loadPercent\":54.322,\"framesPerSecond\":482,\"lostFrames\":3,\"badFrames\":1,"
                + "\"sendGaps\":2}", buses.get(0).toString());
        assertFalse(buses.get(1).has("loadPercent"), "not measured is no number");
    }

    @Test
    void theDispatchIsAsDescribed() throws ApiException {
        assertValid("Dispatch", new PlanCalls(new FakeCharger().snapshot(Snapshots.charging(0)).charger).summary());
    }

    @Test
    void theProcessIsAsDescribedBeforeAndAfterACollection() {
        assertValid("Process", ProcessCalls.process());
        JsonNode collected = ProcessCalls.collected();
        assertValid("Process", collected);
        assertTrue(collected.get("heapLiveBytes").asLong() > 0, "what is alive is known after a collection");
        assertTrue(collected.get("classLoaders").asInt() > collected.get("accessorLoaders").asInt(), collected::toString);
    }

    @Test
    void theStatusWithoutControllerIsAsDescribed() {
        assertValid("Status", new StatusCalls(new FakeCharger().charger).status());
    }

    @Test
    void journalEntriesAreAsDescribed() {
        JournalStamp stamp = new JournalStamp(5, "boot", 1, Instant.EPOCH);
        TransactionStarted started = new TransactionStarted(stamp, "t", 1, new Token("TAG", Token.Source.RFID), 1000, 17);
        TransactionStopped stopped = new TransactionStopped(stamp, "t", 1, 5000, StopReason.EV_DISCONNECTED, "");
        JournalEvent sampled = new MeterSampled(stamp, "t", 1, MeterSampled.Context.PERIODIC,
                new MeterSample(2000, 1, 2, 3, Double.NaN, 5, 6, 7));
        Delivery delivered = new Delivery(Delivery.State.DELIVERED, "42");
        assertValid("Transaction", JournalJson.transaction(new TransactionRecord(started, delivered, stopped, delivered)));
        assertValid("Transaction", JournalJson.transaction(new TransactionRecord(started, delivered, null, null)));
        for (JournalEvent event : List.of(started, sampled, stopped)) {
            assertValid("JournalEvent", JournalJson.event(event));
        }
    }

    @Test
    void errorsAreAsDescribed() {
        assertValid("Error", Json.object().put("error", "what").put("remedy", "how"));
    }

    private static BundleInstaller installer(InstallJob job) {
        return new BundleInstaller() {

            @Override
            public InstallJob install(Path jar, String source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<InstallJob> jobs() {
                return List.of(job);
            }
        };
    }

    /** The schemas of OpenAPI 3.1 are JSON Schema 2020-12; the references go within the whole document. */
    private static void assertValid(String schemaName, JsonNode instance) {
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", "#/components/schemas/" + schemaName);
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema).validate(instance);
        assertEquals(List.of(), errors.stream().map(Object::toString).toList(), () -> Json.text(instance));
    }
}
