package dcocpp.itest.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.csms.ChargePoint;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.OcppMessage;
import dcocpp.itest.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What drivers, the back office and an operator do in the scenarios, and what they get to see. */
final class HilDesk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double CHARGING_A = 20;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HilRig rig;
    private final ChargePoint chargePoint;
    private int tags;

    /** Something that must hold all the time. */
    @FunctionalInterface
    interface Always {
        void holds() throws Exception;
    }

    HilDesk(HilRig rig) {
        this.rig = rig;
        this.chargePoint = rig.csms().chargePoint(HilRig.CHARGE_POINT);
    }

    // ---- drivers

    /** A card that nobody has shown yet. */
    String nextTag() {
        return String.format(Locale.ROOT, "04C0FFEE01%04X", ++tags);
    }

    /** A car comes, its driver shows a card, and it charges. */
    void charge(int gun) throws Exception {
        long before = mark();
        rig.plug(gun, HilCar.hungry());
        awaitStatus(gun, before, "Preparing");
        rig.swipe(gun, nextTag());
        awaitStatus(gun, before, "Charging");
        Await.until("current at gun " + gun, rig.limit(), () -> rig.gun(gun).currentA() > CHARGING_A);
    }

    // ---- the operator

    /** The status as the charger tells it on its own API. */
    JsonNode status() throws Exception {
        return rig.charger().api().get("api/status").require();
    }

    JsonNode connector(int gun) throws Exception {
        for (JsonNode connector : status().required("connectors")) {
            if (connector.required("id").asInt() == gun) {
                return connector;
            }
        }
        throw new AssertionError("no connector " + gun);
    }

    void clearFaults(int gun) throws Exception {
        rig.charger().api().post("api/connectors/" + gun + "/clear", null).require();
    }

    /** Everything is mended and cleared, the cars leave, every connector is Available and the CSMS connected. */
    void recover(List<Integer> guns) throws Exception {
        for (int gun : guns) {
            rig.mend(gun);
            clearFaults(gun);
            if (rig.gun(gun).car()) {
                rig.unplug(gun);
            }
        }
        for (int gun : guns) {
            Await.until("connector " + gun + " Available", rig.limit(), () -> {
                JsonNode connector = connector(gun);
                assertEquals("Available", connector.required("status").asText(), connector::toString);
                return status().at("/csms/state").asText().equals("accepted");
            });
        }
    }

    /** Looks at something all the time while the charger's clock goes on by so much. */
    void during(Duration processTime, Always always) throws Exception {
        Instant end = now().plus(processTime);
        long limit = System.nanoTime() + processTime.plus(rig.limit()).toNanos();
        while (now().isBefore(end)) {
            always.holds();
            assertTrue(System.nanoTime() - limit < 0, () -> "the charger's clock does not get on by " + processTime);
            LockSupport.parkNanos(POLL_NANOS);
        }
        always.holds();
    }

    private Instant now() throws Exception {
        return Instant.parse(status().required("at").asText());
    }

    // ---- the back office

    String remoteStart(int gun, String idTag) throws Exception {
        return chargePoint.remoteStart(gun, idTag).get(rig.limit().toSeconds(), TimeUnit.SECONDS);
    }

    void stopRemotely(int gun) throws Exception {
        assertEquals("Accepted", chargePoint.remoteStop(transaction(gun).id()).get(rig.limit().toSeconds(), TimeUnit.SECONDS));
    }

    String configure(String key, String value) throws Exception {
        return chargePoint.changeConfiguration(key, value).get(rig.limit().toSeconds(), TimeUnit.SECONDS);
    }

    String reserve(int gun, String idTag, int reservationId) throws Exception {
        Instant expiry = now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        return answer("ReserveNow", "{\"connectorId\":" + gun + ",\"expiryDate\":\"" + expiry + "\",\"idTag\":\"" + idTag
                + "\",\"reservationId\":" + reservationId + "}");
    }

    String cancelReservation(int reservationId) throws Exception {
        return answer("CancelReservation", "{\"reservationId\":" + reservationId + "}");
    }

    private String answer(String action, String payload) throws Exception {
        return JSON.readTree(chargePoint.call(action, payload).get(rig.limit().toSeconds(), TimeUnit.SECONDS)).required("status").asText();
    }

    /** The number of the latest message. */
    long mark() {
        List<OcppMessage> log = rig.csms().log();
        return log.isEmpty() ? 0 : log.get(log.size() - 1).number();
    }

    private List<OcppMessage> since(long mark) {
        return rig.csms().log().stream().filter(message -> message.number() > mark).toList();
    }

    /** The calls of the charger with this value since then. */
    List<OcppMessage> calls(String action, String path, String value, long mark) {
        return since(mark).stream().filter(message -> message.isCallFromCharger(action) && has(message, path, value)).toList();
    }

    private static boolean has(OcppMessage message, String path, String value) {
        return message.value(path).orElse("").equals(value);
    }

    /** The StatusNotifications of a connector since then. */
    List<OcppMessage> statuses(int gun, long mark) {
        return since(mark).stream().filter(message -> message.isCallFromCharger("StatusNotification")
                && has(message, "connectorId", Integer.toString(gun))).toList();
    }

    /** The same without a repetition, and without the pauses of car or charger, which may come at any time. */
    List<String> statusesWithoutPauses(int gun, long mark) {
        List<String> told = new ArrayList<>();
        for (OcppMessage message : statuses(gun, mark)) {
            String status = message.value("status").orElseThrow();
            if (!status.startsWith("Suspended") && (told.isEmpty() || !told.get(told.size() - 1).equals(status))) {
                told.add(status);
            }
        }
        return told;
    }

    /** The StatusNotifications of a connector since then that tell a fault. */
    List<OcppMessage> faults(int gun, long mark) {
        return statuses(gun, mark).stream().filter(message -> !has(message, "errorCode", "NoError")).toList();
    }

    OcppMessage awaitStatus(int gun, long mark, String status) {
        return await(gun, mark, status, message -> has(message, "status", status));
    }

    /** A status behind the first other one since then. */
    OcppMessage awaitStatusAfter(int gun, long mark, String first, String then) {
        return awaitStatus(gun, awaitStatus(gun, mark, first).number(), then);
    }

    OcppMessage awaitFaulted(int gun, long mark, Trouble.Told told) {
        return await(gun, mark, told.toString(), message -> has(message, "status", "Faulted")
                && has(message, "errorCode", told.errorCode())
                && message.value("vendorErrorCode").orElse("").matches(told.vendorErrorCode()));
    }

    private OcppMessage await(int gun, long mark, String what, Predicate<OcppMessage> wanted) {
        return Await.value("connector " + gun + " told as " + what, rig.limit(), () -> {
            List<OcppMessage> told = statuses(gun, mark);
            assertTrue(told.stream().anyMatch(wanted), () -> "told " + told.stream().map(OcppMessage::payload).toList());
            return told.stream().filter(wanted).findFirst().orElseThrow();
        });
    }

    /** The transactions at a gun, oldest first. */
    List<CsmsTransaction> transactions(int gun) {
        return rig.csms().transactions().stream().filter(transaction -> transaction.connectorId() == gun).toList();
    }

    /** The latest transaction at a gun, waiting for the first. */
    CsmsTransaction transaction(int gun) {
        return Await.value("a transaction at gun " + gun, rig.limit(), () -> {
            List<CsmsTransaction> all = transactions(gun);
            return all.isEmpty() ? null : all.get(all.size() - 1);
        });
    }

    CsmsTransaction awaitEnd(int gun) {
        return Await.value("the end of the transaction at gun " + gun, rig.limit(), () -> {
            CsmsTransaction transaction = transaction(gun);
            return transaction.stop().isPresent() ? transaction : null;
        });
    }

    // ---- what is so

    /** Waits until the car has taken so much in all. */
    void awaitEnergy(int gun, long takenMilliWh) {
        Await.until("energy at gun " + gun, rig.limit(), () -> {
            HilGun now = rig.gun(gun);
            assertTrue(now.takenMilliWh() >= takenMilliWh, now::toString);
            return true;
        });
    }

    void awaitDead(int gun) {
        Await.until("gun " + gun + " dead", rig.limit(), () -> {
            HilGun now = rig.gun(gun);
            assertTrue(now.open() && now.currentA() == 0, now::toString);
            return true;
        });
    }

    /** What the CSMS was told is what the car has taken, within a step of the meter's register. */
    void assertBilled(int gun, CsmsTransaction transaction) throws Exception {
        long billedMilliWh = transaction.energyWh().orElseThrow() * 1000;
        long takenMilliWh = rig.gun(gun).takenMilliWh();
        // The bill is in whole watt-hours, rounded down at both ends.
        assertTrue(Math.abs(billedMilliWh - takenMilliWh) <= rig.meterStepMilliWh() + 1000,
                () -> "billed " + billedMilliWh + " mWh, taken " + takenMilliWh + " mWh");
    }
}
