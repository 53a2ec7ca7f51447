package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.itest.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** The back office updates bundles and fetches logs, over OCPP and HTTP, in a charger that takes signed bundles only. */
public class FirmwareIT extends ChargingTest {
    private static final String STATUS = "FirmwareStatusNotification";
    private static final String PASSWORD = "changeit";

    @Override
    protected Map<String, Object> chargerJson() {
        return Map.of("/chargePoint/centralSystemURI", FileServerOutside.start(), "/plc/requireHttpsUploads", false,
                "/ocpp", Map.of("FirmwareManagement", Map.of("SupportedFileTransferProtocols", "HTTP,HTTPS")));
    }

    /** A minute of probation need not be waited for. */
    @Override
    protected Map<String, String> frameworkProperties() {
        return Map.of("dcocpp.time.rate", "10");
    }

    @Before
    public void theBackOfficeIsThere() throws Exception {
        awaitAccepted();
        Path trusted = Files.createDirectories(data().resolve("certs").resolve("update"));
        if (!Files.exists(keys())) {
            run("keytool", "-genkeypair", "-keystore", keys().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD,
                    "-alias", "release", "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA",
                    "-dname", "CN=Release", "-validity", "2");
            run("keytool", "-exportcert", "-rfc", "-keystore", keys().toString(), "-storepass", PASSWORD, "-alias", "release",
                    "-file", trusted.resolve("release.pem").toString());
        }
    }

    private Path keys() {
        return data().resolve("release.p12");
    }

    private static void run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertTrue(tool + " ends", process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(tool, 0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private void awaitAccepted() {
        Await.until("accepted by the CSMS", LIMIT, () -> {
            ServiceReference<BackOffice> reference = context.getServiceReference(BackOffice.class);
            BackOffice backOffice = reference == null ? null : context.getService(reference);
            return backOffice != null && backOffice.link().state() == BackOfficeLink.State.ACCEPTED;
        });
    }

    /** Offers a bundle of the distribution with another version. */
    private String offer(String symbolicName, String version, boolean signed) throws Exception {
        Path jar = data().resolve(symbolicName + "-" + version + ".jar");
        try (InputStream content = withVersion(distributionJar(symbolicName), version)) {
            Files.write(jar, content.readAllBytes());
        }
        if (signed) {
            run("jarsigner", "-keystore", keys().toString(), "-storepass", PASSWORD, jar.toString(), "release");
        }
        FileServerOutside.files().put(jar.getFileName().toString(), Files.readAllBytes(jar));
        return FileServerOutside.address(jar.getFileName().toString());
    }

    private static String status(String status) {
        return "{\"status\":\"" + status + "\"}";
    }

    /** Asks for an update and waits until the CSMS has been told all of this. */
    private void update(String location, String... statuses) {
        int before = FileServerOutside.received(STATUS).size();
        assertEquals("{}", FileServerOutside.call("UpdateFirmware",
                "{\"location\":\"" + location + "\",\"retrieveDate\":\"2026-01-01T00:00:00Z\",\"retries\":0}"));
        List<String> expected = new ArrayList<>();
        for (String status : statuses) {
            expected.add(status(status));
        }
        Await.until("told " + expected, LIMIT, () -> {
            List<String> told = FileServerOutside.received(STATUS);
            assertEquals(expected, told.subList(before, told.size()));
            return true;
        });
    }

    private List<String> versions(String symbolicName) {
        List<String> versions = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().equals(symbolicName)) {
                versions.add(bundle.getVersion().toString());
            }
        }
        return versions;
    }

    @Test
    public void aPlannerFromTheBackOfficeTakesOverWhileACarCharges() throws Exception {
        charge(1);
        String transaction = connector(1).session().transactionId();
        String version = Version.parseVersion(activePlanner().version()).getMajor() + 1 + ".0.0";
        update(offer("dcocpp.planner", version, true), "Downloading", "Downloaded", "Installing", "Installed");
        assertEquals(version, activePlanner().version());
        assertEquals(List.of(version), versions("dcocpp.planner"));
        assertEquals(transaction, connector(1).session().transactionId());
        assertTrue(connector(1).gunContactorClosed());
        sim("connectors/1/unplug");
        Await.until("the session is over", LIMIT, () -> connector(1).session() == null);
    }

    @Test
    public void theProtocolIsReplacedByItselfAndItsSuccessorTellsTheEnd() throws Exception {
        update(offer("dcocpp.ocpp", "98.0.0", true), "Downloading", "Downloaded", "Installing", "Installed");
        assertEquals(List.of("98.0.0"), versions("dcocpp.ocpp"));
        awaitAccepted();
    }

    @Test
    public void whatIsNotSignedOrNoBundleIsNotInstalled() throws Exception {
        List<String> before = versions("dcocpp.planner");
        update(offer("dcocpp.planner", "97.0.0", false), "Downloading", "Downloaded", "Installing", "InstallationFailed");
        FileServerOutside.files().put("notes.txt", "no bundle".getBytes(StandardCharsets.UTF_8));
        update(FileServerOutside.address("notes.txt"), "Downloading", "Downloaded", "Installing", "InstallationFailed");
        update(FileServerOutside.address("nothing"), "Downloading", "DownloadFailed");
        assertEquals(before, versions("dcocpp.planner"));
    }

    @Test
    public void diagnosticsArriveWithTheLogsAndVersionsOfThisCharger() throws Exception {
        String answer = FileServerOutside.call("GetDiagnostics", "{\"location\":\"" + FileServerOutside.address("in/") + "\"}");
        String name = answer.substring(answer.indexOf(":\"") + 2, answer.lastIndexOf('"'));
        byte[] zip = Await.value("the file " + name, LIMIT, () -> FileServerOutside.files().get("in/" + name));
        List<String> entries = new ArrayList<>();
        String bundles = "";
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry.getName());
                if (entry.getName().equals("bundles.txt")) {
                    bundles = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        assertTrue(entries.toString(),
                entries.containsAll(List.of("ocpp/ocpp.jsonl", "log/charger.log", "transactions.json", "about.json")));
        assertTrue(bundles, bundles.contains("dcocpp.ocpp " + bundle("dcocpp.ocpp").getVersion()));
        Await.until("told", LIMIT, () -> FileServerOutside.received("DiagnosticsStatusNotification")
                .equals(List.of(status("Uploading"), status("Uploaded"))));
    }
}
