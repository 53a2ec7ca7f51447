package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;
import dcocpp.itest.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** Bundles are uploaded through the web console's own form while a car charges and a back office listens. */
public class PlannerUploadIT extends ChargingTest {
    private ConsoleClient engineer;

    /** Called outside the framework. */
    @Override
    protected Map<String, Object> chargerJson() {
        return Map.of("/chargePoint/centralSystemURI", CsmsOutside.start(), "/update/allowUnsigned", true);
    }

    /** A minute of probation need not be waited for. */
    @Override
    protected Map<String, String> frameworkProperties() {
        return Map.of("dcocpp.time.rate", "10");
    }

    @Before
    public void engineerAndBackOfficeAreThere() throws Exception {
        engineer = new ConsoleClient(data()).login();
        Await.until("the console", LIMIT, () -> engineer.get("/system/console/bundles.json").statusCode() == 200);
        Await.until("the back office", LIMIT, () -> snapshot().backOffice().state() == BackOfficeLink.State.ACCEPTED);
        Await.until("the planner", LIMIT, () -> activePlanner() != null);
    }

    /** Sees what a poll on a busy machine would miss. */
    private static final class Watch implements ChargerListener {
        private final int connectorId;
        private final String version;
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        /** The meter's register when the planner of this version was first in use, the old one still beside it. */
        private final CompletableFuture<Long> sideBySide = new CompletableFuture<>();

        Watch(int connectorId, String version) {
            this.connectorId = connectorId;
            this.version = version;
        }

        @Override
        public void changed(ChargerSnapshot snapshot) {
            var connector = snapshot.connector(connectorId).orElseThrow();
            if (snapshot.planners().size() == 2 && snapshot.planners().stream().anyMatch(planner ->
                    planner.version().equals(version) && planner.role() == PlannerSnapshot.Role.ACTIVE)) {
                sideBySide.complete(connector.live().registerMilliWh());
            }
            if (!connector.gunContactorClosed()) {
                wrong.add("contactor open in snapshot " + snapshot.number());
            }
            if (connector.session() == null || !connector.session().transactionActive()) {
                wrong.add("no transaction in snapshot " + snapshot.number());
            }
        }
    }

    private InstallJob newestJob() {
        return service(BundleInstaller.class).jobs().get(0);
    }

    private void awaitJob(InstallJob.State state) {
        Await.until("the job is " + state, LIMIT, () -> {
            assertEquals(newestJob().toString(), state, newestJob().state());
            return true;
        });
    }

    private String nextVersion() {
        Version newest = Version.parseVersion(activePlanner().version());
        return newest.getMajor() + 1 + ".0.0";
    }

    private List<Bundle> planners() {
        return Arrays.stream(context.getBundles()).filter(b -> b.getSymbolicName().equals("dcocpp.planner")).toList();
    }

    @Test
    public void anUploadedPlannerOfAHigherVersionTakesOverAndTheSessionNoticesNothing() throws Exception {
        charge(1);
        String transaction = connector(1).session().transactionId();
        String version = nextVersion();
        Watch watch = new Watch(1, version);
        ServiceRegistration<ChargerListener> registration = context.registerService(ChargerListener.class, watch, null);
        try {
            long before = connector(1).live().registerMilliWh();
            HttpResponse<String> taken = engineer.upload(withVersion(distributionJar("dcocpp.planner"), version).readAllBytes());
            assertEquals(taken.body(), 302, taken.statusCode());
            // on probation, before the old one goes
            long takenOver = watch.sideBySide.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertTrue("energy counted on until the take-over", takenOver > before);
            awaitJob(InstallJob.State.COMMITTED);
            assertEquals(List.of(version), planners().stream().map(b -> b.getVersion().toString()).toList());
            Await.until("energy counts on", LIMIT, () -> connector(1).live().registerMilliWh() > takenOver);
            assertEquals("the session goes on", transaction, connector(1).session().transactionId());
        } finally {
            registration.unregister();
        }
        assertEquals("the contactor stays closed and the transaction active", List.of(), watch.wrong);

        HttpResponse<String> stop = new ConsoleClient(data()).token().post("/api/connectors/1/stop", "");
        assertEquals(stop.body(), 200, stop.statusCode());
        List<TransactionStopped> stops = Await.value("the stop in the journal", LIMIT, () -> {
            List<TransactionStopped> found = ofTransaction(TransactionStopped.class, transaction);
            return found.isEmpty() ? null : found;
        });
        List<TransactionStarted> starts = ofTransaction(TransactionStarted.class, transaction);
        assertEquals(1, starts.size());
        assertEquals(1, stops.size());
        String expected = "connector 1, from " + starts.get(0).meterMilliWh() / 1000 + " Wh in 1 message to "
                + stops.get(0).meterMilliWh() / 1000 + " Wh in 1 message, with meter values";
        Await.until("the back office has every message of the transaction once", LIMIT, () -> {
            assertEquals(List.of(expected), CsmsOutside.transactions().stream().filter(t -> t.startsWith("connector 1,")).toList());
            return true;
        });
        sim("connectors/1/unplug");
    }

    @Test
    public void theSameVersionIsRefusedAndNothingHappens() throws Exception {
        HttpResponse<String> refused = engineer.upload(
                withVersion(distributionJar("dcocpp.planner"), activePlanner().version()).readAllBytes());
        assertEquals(409, refused.statusCode());
        assertTrue(refused.body(), refused.body().contains("bump the version"));
        assertEquals(1, planners().size());
    }

    @Test
    public void aPlannerThatCannotBeResolvedIsGoneAgainAndTheOldOnePlans() throws Exception {
        String before = activePlanner().version();
        assertEquals(302, engineer.upload(unresolvable("dcocpp.planner", nextVersion())).statusCode());
        awaitJob(InstallJob.State.FAILED);
        assertTrue(newestJob().reason(), newestJob().reason().contains("no.such.package"));
        assertEquals(1, planners().size());
        assertEquals(before, activePlanner().version());
    }

    @Test
    public void aProtocolThatCannotBeResolvedMakesPlaceForTheOldOneAgain() throws Exception {
        Version before = bundle("dcocpp.ocpp").getVersion();
        assertEquals(302, engineer.upload(unresolvable("dcocpp.ocpp", "99.0.0")).statusCode());
        awaitJob(InstallJob.State.FAILED);
        assertTrue(newestJob().reason(), newestJob().reason().endsWith("the old version is back in use"));
        assertEquals(before, bundle("dcocpp.ocpp").getVersion());
        Await.until("the back office is back", LIMIT, () -> snapshot().backOffice().state() == BackOfficeLink.State.ACCEPTED);
        awaitSatisfied();
    }

    @Test
    public void hardwareAndWhatTheInstallerRunsOnAreRefusedDuringASession() throws Exception {
        charge(3);
        for (String name : List.of("dcocpp.hwsim", "dcocpp.can", "dcocpp.api", "dcocpp.controller")) {
            HttpResponse<String> refused = engineer.upload(withVersion(distributionJar(name), "99.0.0").readAllBytes());
            assertEquals(name + ": " + refused.body(), 409, refused.statusCode());
        }
        for (String action : List.of("stop", "uninstall", "refresh", "update")) {
            for (String name : List.of("dcocpp.hwsim", "dcocpp.controller", "org.apache.felix.scr", "dcocpp.planner")) {
                assertEquals(name + " " + action, 409, engineer.post("/system/console/bundles/" + name, "action=" + action).statusCode());
            }
        }
        assertTrue(connector(3).gunContactorClosed());
        assertNotNull(connector(3).session());
        sim("connectors/3/unplug");
        Await.until("the session is over", LIMIT, () -> connector(3).session() == null);
    }

    @Test
    public void theConsoleReplacesItselfThroughItsOwnForm() throws Exception {
        assertEquals(302, engineer.upload(withVersion(distributionJar("dcocpp.console"), "99.0.0").readAllBytes()).statusCode());
        awaitJob(InstallJob.State.COMMITTED);
        assertEquals(new Version("99.0.0"), bundle("dcocpp.console").getVersion());
        Await.until("the new console lets the engineer in", LIMIT, () -> engineer.get("/system/console/charger").statusCode() == 200);
        assertNull(context.getBundle("inputstream:bundle.jar"));
    }

    private <T extends JournalEvent> List<T> ofTransaction(Class<T> kind, String transactionId) {
        return journal(kind).stream().filter(event -> event.transactionId().equals(transactionId)).toList();
    }

    private byte[] unresolvable(String symbolicName, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(withVersion(distributionJar(symbolicName), version))) {
            Manifest manifest = in.getManifest();
            String imports = manifest.getMainAttributes().getValue("Import-Package");
            manifest.getMainAttributes().putValue("Import-Package", "no.such.package," + imports);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }
}
