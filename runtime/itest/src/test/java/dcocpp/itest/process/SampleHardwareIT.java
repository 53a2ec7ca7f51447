package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.itest.Await;
import dcocpp.itest.Jars;
import dcocpp.itest.TestFolder;
import dcocpp.launcher.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An OEM's own hardware bundle: the sample of the guide, built outside the project and put into a charger. */
class SampleHardwareIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String TAG = "04A1B2C3D4E5F6";
    private static final String JAR = "com.example.charger.hardware-1.0.0.jar";
    /** Fewer than the contract has. */
    private static final int CONTRACT_TESTS = 45;
    private static final int ENERGY_WH = 80;

    private static Path sample;

    /** As the guide says: the folder copied, one command. Offline, with what this build has fetched for itself. */
    @BeforeAll
    static void buildTheCopiedFolder() throws Exception {
        TestFolder folder = TestFolder.fresh("SampleHardwareIT-build");
        sample = folder.root().resolve("my-hardware");
        copy(TestFolder.distribution().resolve("oem").resolve("sample-hardware"), sample);
        List<String> line = List.of(System.getProperty("itest.maven"), "-o", "-B", "-f", sample.resolve("pom.xml").toString(),
                "-Dcharger=" + TestFolder.distribution(), "-Dmaven.repo.local=" + System.getProperty("itest.repository"), "verify");
        try (ChargerProcess maven = ChargerProcess.start(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), line)) {
            assertEquals(0, maven.awaitExit(), () -> String.join("\n", maven.output()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static Path jar() {
        return sample.resolve("target").resolve(JAR);
    }

    @Test
    void holdsToTheContractOfEveryHardwareBundle() throws Exception {
        String report = Files.readString(sample.resolve("target/surefire-reports/TEST-com.example.charger.SampleHardwareTest.xml"));
        Matcher suite = Pattern.compile("<testsuite [^>]*tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"")
                .matcher(report);
        assertTrue(suite.find(), report.substring(0, Math.min(500, report.length())));
        assertTrue(Integer.parseInt(suite.group(1)) >= CONTRACT_TESTS, suite.group(1) + " tests");
        assertEquals(List.of("0", "0", "0"), List.of(suite.group(2), suite.group(3), suite.group(4)), "errors, skipped, failures");
    }

    @Test
    void namesTheVersionsThatTheProjectNames() throws Exception {
        String versions = Files.readString(TestFolder.repository().resolve("cnf").resolve("pom.xml"));
        String pom = Files.readString(sample.resolve("pom.xml"));
        Map<String, String> properties = Map.of("osgi.annotation", "osgi.annotation", "org.osgi.service.component.annotations",
                "osgi.component", "osgi.core", "osgi.core", "junit-jupiter", "junit", "bnd-maven-plugin", "bnd", "maven-resources-plugin",
                "maven.resources", "maven-compiler-plugin", "maven.compiler", "maven-surefire-plugin", "maven.surefire", "maven-jar-plugin",
                "maven.jar");
        properties.forEach((artifact, property) -> assertEquals(
                found(versions, "<" + Pattern.quote(property) + "\\.version>([^<]+)<"),
                found(pom, "<artifactId>" + Pattern.quote(artifact) + "</artifactId>\\s*<version>([^<]+)<"), artifact));
    }

    private static String found(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertTrue(matcher.find(), regex);
        return matcher.group(1);
    }

    @Test
    void chargesAVehicleFromTheCardToTheUnpluggedCable() throws Exception {
        TestFolder folder = TestFolder.fresh("SampleHardwareIT-session");
        try (DemoCsms csms = DemoCsms.startEphemeral()) {
            configure(folder, csms.uri().toString());
            try (ChargerProcess charger = start(folder, Map.of(JAR, Files.readAllBytes(jar())))) {
                charger.awaitHealthy();
                ApiClient api = charger.api();
                assertEquals("sample", status(api).at("/hardware/name").asText());
                assertEquals("ready", status(api).at("/hardware/condition").asText());
                awaitStatus(api, "Available");
                panel(folder, "plug");
                awaitStatus(api, "Preparing");
                panel(folder, "card " + TAG);
                csms.awaitCall("StartTransaction", LIMIT);
                awaitStatus(api, "Charging");
                // At 27 kW that is more than 10 s: the same card counts no sooner again.
                Await.until("energy", LIMIT, () -> gun(api).at("/session/energyMilliWh").asLong() > ENERGY_WH * 1000);
                panel(folder, "card " + TAG);
                csms.awaitCall("StopTransaction", LIMIT);
                awaitStatus(api, "Finishing");
                panel(folder, "unplug");
                awaitStatus(api, "Available");
            }
            assertEquals(1, csms.transactions().size());
            CsmsTransaction transaction = csms.transactions().get(0);
            assertEquals("Local", transaction.stop().orElseThrow().reason());
            assertTrue(transaction.energyWh().orElseThrow() >= ENERGY_WH, () -> "energy " + transaction.energyWh());
        }
    }

    @Test
    void twoBundlesOfOneNameAreSaidAndNoneIsUsed() throws Exception {
        TestFolder folder = TestFolder.fresh("SampleHardwareIT-two");
        configure(folder, "ws://127.0.0.1:1/");
        try (ChargerProcess charger = start(folder, Map.of(JAR, Files.readAllBytes(jar()), "twin.jar", Jars.withName(jar(), "com.example.twin")))) {
            ApiClient api = charger.api();
            Await.until("both are said", LIMIT, () -> status(api).at("/hardware/detail").asText()
                    .equals("2 hardware bundles named sample: uninstall all but one"));
            assertEquals("unavailable", status(api).at("/hardware/condition").asText());
            assertEquals("Faulted", gun(api).path("status").asText());
            var person = ChargerProcess.call(folder, "status", "--data", folder.data().toString());
            assertTrue(person.text().contains("2 hardware bundles named sample"), person.text());
        }
    }

    @Test
    void withoutTheBundleTheChargerSaysSoAndEnds() throws Exception {
        TestFolder folder = TestFolder.fresh("SampleHardwareIT-none");
        configure(folder, "ws://127.0.0.1:1/");
        var run = ChargerProcess.call(folder, "run", "--config", folder.config().toString(), "--data", folder.data().toString(),
                "--console", "127.0.0.1:0", "--hardware", "sample");
        assertEquals(1, run.exitCode(), run.text());
        assertTrue(run.text().contains("hardware \"sample\" is not there: no installed bundle provides it"), run.text());
    }

    /** The sample's own charger.json, with the address of a back office. */
    private static void configure(TestFolder folder, String csms) throws IOException {
        folder.writeConfig(Map.of());
        ObjectMapper json = new ObjectMapper();
        ObjectNode charger = (ObjectNode) json.readTree(sample.resolve("charger.json").toFile());
        charger.withObject("/chargePoint").put("centralSystemURI", csms);
        json.writeValue(folder.config().toFile(), charger);
    }

    /** A distribution with these bundles beside its own; the rest of it is linked. */
    private static ChargerProcess start(TestFolder folder, Map<String, byte[]> bundles) throws IOException {
        Path home = Files.createDirectories(folder.root().resolve("charger"));
        Path bundleFolder = Files.createDirectories(home.resolve("bundle"));
        try (Stream<Path> all = Stream.concat(Files.list(TestFolder.distribution()), Files.list(TestFolder.distribution().resolve("bundle")))) {
            for (Path path : all.toList()) {
                Path target = home.resolve(TestFolder.distribution().relativize(path).toString());
                if (path.endsWith("charger") && Files.isRegularFile(path)) {
                    // Not a link: the command looks where its file really lies.
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                } else if (!path.endsWith("bundle")) {
                    Files.createSymbolicLink(target, path);
                }
            }
        }
        for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
            Files.write(bundleFolder.resolve(bundle.getKey()), bundle.getValue());
        }
        List<String> line = new ArrayList<>(List.of(home.resolve("charger").toString(), "run", "--config", folder.config().toString(),
                "--data", folder.data().toString(), "--console", "127.0.0.1:0", "--hardware", "sample"));
        ChargerProcess charger = ChargerProcess.start(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), line);
        try {
            charger.awaitLine("Ctrl-C stops it.*");
            return charger;
        } catch (AssertionError e) {
            charger.close();
            throw e;
        }
    }

    /** Writes to the front panel of the pretended cabinet. */
    private static void panel(TestFolder folder, String line) throws IOException {
        Files.writeString(folder.data().resolve("sample-panel.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static JsonNode status(ApiClient api) throws Exception {
        return api.get("api/status").require();
    }

    private static JsonNode gun(ApiClient api) throws Exception {
        return status(api).required("connectors").required(0);
    }

    private static void awaitStatus(ApiClient api, String expected) {
        Await.until("the connector " + expected, LIMIT, () -> gun(api).path("status").asText().equals(expected));
    }
}
