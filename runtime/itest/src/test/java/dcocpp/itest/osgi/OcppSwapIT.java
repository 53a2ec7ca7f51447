package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.time.TimeSource;
import dcocpp.itest.Await;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The OCPP bundle is replaced while a car charges, in front of the demonstration CSMS, which runs outside the framework and writes each
 * call it receives into a file.
 */
public class OcppSwapIT extends ChargingTest {
    private static final String CALLS = "itest.csms.calls";
    private static final int UPDATES = 5;

    @Override
    protected Map<String, Object> chargerJson() {
        return Map.of("/chargePoint/centralSystemURI", OutsideCsms.start(calls()).toString(), "/meterSampleIntervalSeconds", 2);
    }

    @Override
    protected Map<String, String> frameworkProperties() {
        return Map.of(CALLS, calls().toString());
    }

    private static Path calls() {
        return Path.of(System.getProperty("itest.work"), "OcppSwapIT.calls").toAbsolutePath();
    }

    /**
     * What the CSMS has received of one action, in its order. What came before, byte for byte, is left out as a CSMS would: an answer that
     * is later than the patience of the bundle that goes makes the next one send the same again.
     */
    private List<String> received(String action) throws IOException {
        return Files.readAllLines(Path.of(context.getProperty(CALLS))).stream().filter(line -> line.startsWith(action + " "))
                .map(line -> line.substring(action.length() + 1)).distinct().toList();
    }

    private static String field(String payload, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(payload);
        assertTrue(name + " in " + payload, matcher.find());
        return matcher.group(1);
    }

    private void awaitAccepted() {
        Await.until("accepted by the CSMS", LIMIT, () -> {
            ServiceReference<BackOffice> reference = context.getServiceReference(BackOffice.class);
            BackOffice backOffice = reference == null ? null : context.getService(reference);
            return backOffice != null && backOffice.link().state() == BackOfficeLink.State.ACCEPTED
                    && backOffice.link().queuedMessages() == 0;
        });
    }

    private void update(String version) throws Exception {
        try (InputStream content = withVersion(distributionJar("dcocpp.ocpp"), version)) {
            bundle("dcocpp.ocpp").update(content);
        }
    }

    private TransactionRecord record(String transactionId) {
        return service(Journal.class).transactions(100).stream()
                .filter(found -> found.started().transactionId().equals(transactionId)).findFirst().orElseThrow();
    }

    private void stop(String transactionId) throws Exception {
        long deadline = service(TimeSource.class).nanoTime() + Duration.ofMinutes(1).toNanos();
        service(ChargerControl.class).submit(new ChargerCommand.RemoteStop(UUID.randomUUID().toString(), deadline, transactionId))
                .toCompletableFuture().get();
        Await.until("the stop is in the journal", LIMIT, () -> record(transactionId).stopped() != null);
    }

    /** Exactly one start and one stop of this transaction, however often they came, and the energy of the journal. */
    private void assertSettled(String transactionId) throws Exception {
        Await.until("delivered", LIMIT, () -> record(transactionId).stopDelivery().state() == Delivery.State.DELIVERED);
        TransactionRecord record = record(transactionId);
        assertEquals(Delivery.State.DELIVERED, record.startDelivery().state());
        String remoteId = record.startDelivery().detail();
        // the CSMS answers before it writes down what it was asked
        Await.until("the stop is written down", LIMIT, () -> !stops(remoteId).isEmpty());
        List<String> stops = stops(remoteId);
        assertEquals(stops.toString(), 1, stops.size());
        String meterStart = Long.toString(Math.floorDiv(record.started().meterMilliWh(), 1000));
        List<String> starts = received("StartTransaction").stream()
                .filter(start -> field(start, "connectorId").equals(Integer.toString(record.started().connectorId()))
                        && field(start, "meterStart").equals(meterStart)).toList();
        assertEquals(starts.toString(), 1, starts.size());
        assertEquals(Long.toString(Math.floorDiv(record.stopped().meterMilliWh(), 1000)), field(stops.get(0), "meterStop"));
        List<String> times = received("MeterValues").stream().filter(values -> values.contains("\"transactionId\":" + remoteId + ","))
                .filter(values -> values.contains("Sample.Periodic")).map(values -> field(values, "timestamp")).toList();
        assertEquals("meter values in order, none twice", List.copyOf(new TreeSet<>(times)), times);
    }

    private List<String> stops(String remoteId) throws IOException {
        return received("StopTransaction").stream().filter(stop -> field(stop, "transactionId").equals(remoteId)).toList();
    }

    @Test
    public void aSessionGoesOnWhileTheOcppBundleIsReplacedAndNothingIsLostOrDoubled() throws Exception {
        awaitAccepted();
        charge(1);
        Bundle ocpp = bundle("dcocpp.ocpp");
        assertEquals(List.of(ocpp),
                List.copyOf(context.getBundle(0).adapt(FrameworkWiring.class).getDependencyClosure(List.of(ocpp))));
        String transaction = connector(1).session().transactionId();
        Await.until("the start is delivered", LIMIT, () -> record(transaction).startDelivery().state() == Delivery.State.DELIVERED);
        for (int i = 1; i <= UPDATES; i++) {
            long energy = connector(1).live().registerMilliWh();
            int before = received("MeterValues").size();
            update("1.1." + i);
            awaitAccepted();
            assertTrue("the contactor stays closed", connector(1).gunContactorClosed());
            Await.until("energy goes on", LIMIT, () -> connector(1).live().registerMilliWh() > energy);
            Await.until("meter values go on", LIMIT, () -> received("MeterValues").size() > before);
        }
        assertEquals(transaction, connector(1).session().transactionId());
        stop(transaction);
        assertSettled(transaction);
    }

    @Test
    public void whatHappensWhileTheOcppBundleIsAwayIsToldAfterwards() throws Exception {
        awaitAccepted();
        charge(2);
        String transaction = connector(2).session().transactionId();
        Await.until("the start is delivered", LIMIT, () -> record(transaction).startDelivery().state() == Delivery.State.DELIVERED);
        bundle("dcocpp.ocpp").stop();
        stop(transaction);
        assertEquals(Delivery.State.PENDING, record(transaction).stopDelivery().state());
        update("1.2.0");
        bundle("dcocpp.ocpp").start();
        assertSettled(transaction);
    }

    @Test
    public void aChargingProfileLimitsTheCarAlsoWhileTheOcppBundleIsReplacedAndAfterwards() throws Exception {
        awaitAccepted();
        charge(3);
        String accepted = OutsideCsms.call("SetChargingProfile", """
                {"connectorId": 3, "csChargingProfiles": {"chargingProfileId": 1, "stackLevel": 0, "chargingProfilePurpose": "TxProfile",
                "chargingProfileKind": "Relative", "chargingSchedule": {"chargingRateUnit": "W", "chargingSchedulePeriod": [
                {"startPeriod": 0, "limit": 8000}]}}}""");
        assertTrue(accepted, accepted.contains("Accepted"));
        Await.until("limited", LIMIT, () -> connector(3).live().offeredPowerW() <= 8_000 && connector(3).live().powerW() <= 8_100);
        bundle("dcocpp.ocpp").stop();
        long energy = connector(3).live().registerMilliWh();
        Await.until("energy goes on", LIMIT, () -> connector(3).live().registerMilliWh() > energy);
        assertTrue(connector(3).live().offeredPowerW() <= 8_000);
        update("1.4.0");
        bundle("dcocpp.ocpp").start();
        awaitAccepted();
        assertTrue(connector(3).live().offeredPowerW() <= 8_000);
        String schedule = OutsideCsms.call("GetCompositeSchedule", "{\"connectorId\":3,\"duration\":600,\"chargingRateUnit\":\"W\"}");
        assertTrue(schedule, schedule.contains("8000"));
        String cleared = OutsideCsms.call("ClearChargingProfile", "{\"id\":1}");
        assertTrue(cleared, cleared.contains("Accepted"));
        Await.until("not limited any more", LIMIT, () -> connector(3).live().powerW() > 10_000);
    }

    @Test
    public void aReplacedOcppBundleLeavesNoThreadAndNoClassLoaderBehind() throws Exception {
        awaitAccepted();
        List<String> threads = ourThreads();
        WeakReference<ClassLoader> old = new WeakReference<>(bundle("dcocpp.ocpp").adapt(BundleWiring.class).getClassLoader());
        for (int i = 1; i <= UPDATES; i++) {
            update("1.3." + i);
            awaitAccepted();
        }
        Await.until("as many threads as before", LIMIT, () -> {
            assertEquals(threads, ourThreads());
            return true;
        });
        Await.until("the old class loader is collected", LIMIT, () -> {
            System.gc();
            return old.get() == null;
        });
    }
}
