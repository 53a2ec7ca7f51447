package dcocpp.itest.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.MeterReading;
import dcocpp.csms.OcppMessage;
import dcocpp.itest.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a charger must do with hardware in the loop, in ten scenarios: see docs/hil.md. Everything happens at gun 1; gun 2 shows that nobody
 * else is drawn in. Whoever has a {@link HilRig} extends this class. One charger serves all scenarios; each leaves it as it found it.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
public abstract class HilScenarios {

    private static final int GUN = 1;
    private static final int OTHER = 2;
    private static final Duration A_MOMENT = Duration.ofSeconds(5);
    private static final Duration UNTIL_THE_PLUG = Duration.ofSeconds(30);
    /** More than the register of a PLC's meter steps by. */
    private static final long ENERGY_MILLI_WH = 150_000;
    /** A voltage that is dangerous to touch, V: IEC 61851-23. */
    private static final double DANGEROUS_V = 60;

    private HilRig rig;
    private HilDesk desk;

    /** A charger in its rack, every connector Available. */
    protected abstract HilRig start() throws Exception;

    @BeforeAll
    void startTheRig() throws Exception {
        rig = start();
        desk = new HilDesk(rig);
    }

    @AfterAll
    void stopTheRig() {
        if (rig != null) {
            rig.close();
        }
    }

    @AfterEach
    void leaveEverythingAsItWas() throws Exception {
        rig.csms().reachable(true);
        desk.recover(List.of(GUN, OTHER));
        assertEquals(List.of(), rig.takeViolations());
    }

    @Test
    @Order(1)
    @DisplayName("HIL 1: a plug without a token is Preparing and dead, the PLC waits, and the token starts the session")
    void plugWithoutATokenWaitsWithoutVoltageUntilTheTokenComes() throws Exception {
        int transactions = desk.transactions(GUN).size();
        long before = desk.mark();
        rig.plug(GUN, HilCar.hungry());
        desk.awaitStatus(GUN, before, "Preparing");
        Await.until("the PLC knows that it has to wait", rig.limit(), () -> rig.gun(GUN).authorization().equals("PENDING"));
        long waiting = desk.mark();
        desk.during(rig.longWait(), () -> {
            HilGun gun = rig.gun(GUN);
            assertEquals("PENDING", gun.authorization());
            assertTrue(gun.open(), gun::toString);
            assertTrue(gun.voltageV() < DANGEROUS_V, gun::toString);
        });
        assertEquals(List.of(), desk.statuses(GUN, waiting));
        assertEquals(transactions, desk.transactions(GUN).size());

        String tag = desk.nextTag();
        rig.swipe(GUN, tag);
        desk.awaitStatus(GUN, waiting, "Charging");
        desk.awaitEnergy(GUN, ENERGY_MILLI_WH);
        assertEquals(tag, desk.transaction(GUN).idTag());
        desk.stopRemotely(GUN);
        desk.assertBilled(GUN, desk.awaitEnd(GUN));
    }

    @Test
    @Order(2)
    @DisplayName("HIL 2: a remote start waits for the plug, then Preparing and Charging")
    void remoteStartWaitsForThePlug() throws Exception {
        long before = desk.mark();
        String tag = desk.nextTag();
        assertEquals("Accepted", desk.remoteStart(GUN, tag));
        desk.awaitStatus(GUN, before, "Preparing");
        desk.during(UNTIL_THE_PLUG, () -> assertFalse(rig.gun(GUN).gunContactorClosed()));
        rig.plug(GUN, HilCar.hungry());
        desk.awaitStatus(GUN, before, "Charging");
        assertEquals(List.of("Preparing", "Charging"), desk.statusesWithoutPauses(GUN, before));
        assertEquals(tag, desk.transaction(GUN).idTag());
    }

    @Test
    @Order(3)
    @DisplayName("HIL 3: a reserved connector refuses another card, takes its own, and the reservation is used up")
    void reservedConnectorTakesOnlyItsOwnCard() throws Exception {
        int transactions = desk.transactions(GUN).size();
        long before = desk.mark();
        String own = desk.nextTag();
        assertEquals("Accepted", desk.reserve(GUN, own, 4711));
        desk.awaitStatus(GUN, before, "Reserved");
        rig.plug(GUN, HilCar.hungry());
        Await.until("a car", rig.limit(), () -> desk.connector(GUN).path("plugged").asBoolean());
        rig.swipe(GUN, desk.nextTag());
        desk.during(A_MOMENT, () -> {
            assertFalse(rig.gun(GUN).gunContactorClosed());
            assertEquals(transactions, desk.transactions(GUN).size());
        });

        rig.swipe(GUN, own);
        desk.awaitStatus(GUN, before, "Charging");
        assertEquals(own, desk.transaction(GUN).idTag());
        OcppMessage started = desk.calls("StartTransaction", "idTag", own, before).get(0);
        assertEquals("4711", started.value("reservationId").orElse("none"));
        desk.stopRemotely(GUN);
        desk.awaitEnd(GUN);
        long ended = desk.mark();
        rig.unplug(GUN);
        desk.awaitStatus(GUN, ended, "Available");
        assertEquals("Rejected", desk.cancelReservation(4711));
    }

    @Test
    @Order(4)
    @DisplayName("HIL 4: a vehicle that was accepted by its identity is accepted the next time without the back office")
    void vehicleThatWasAcceptedIsAcceptedOffline() throws Exception {
        HilCar known = HilCar.hungry().withMac("02A1B2C3D4E5");
        String tag = "VID:02A1B2C3D4E5";
        assertEquals("Accepted", desk.configure("LocalAuthorizeOffline", "true"));
        long before = desk.mark();
        rig.plug(GUN, known);
        desk.awaitStatus(GUN, before, "Charging");
        assertEquals(1, desk.calls("Authorize", "idTag", tag, before).size());
        assertEquals(tag, desk.transaction(GUN).idTag());
        rig.unplug(GUN);
        assertEquals("EVDisconnected", desk.awaitEnd(GUN).stop().orElseThrow().reason());
        desk.awaitStatus(GUN, before, "Available");

        rig.csms().reachable(false);
        int transactions = desk.transactions(GUN).size();
        Await.until("no back office", rig.limit(), () -> !desk.status().at("/csms/state").asText().equals("accepted"));
        long offline = desk.mark();
        rig.plug(GUN, known);
        rig.plug(OTHER, HilCar.hungry().withMac("02FFEEDDCCBB"));
        Await.until("charging", rig.limit(), () -> desk.connector(GUN).path("status").asText().equals("Charging"));
        desk.awaitEnergy(GUN, ENERGY_MILLI_WH);
        assertFalse(rig.gun(OTHER).gunContactorClosed(), "nobody has ever accepted that one");
        assertEquals("Preparing", desk.connector(OTHER).path("status").asText());
        rig.unplug(GUN);
        rig.unplug(OTHER);
        Await.until("free again", rig.limit(), () -> desk.connector(GUN).path("status").asText().equals("Available"));
        rig.csms().reachable(true);
        CsmsTransaction told = Await.value("the transaction that ran offline", rig.limit().multipliedBy(2), () -> {
            CsmsTransaction latest = desk.transaction(GUN);
            return desk.transactions(GUN).size() == transactions + 1 && latest.stop().isPresent() ? latest : null;
        });
        assertEquals(tag, told.idTag());
        assertTrue(told.energyWh().orElseThrow() > 0, told::toString);
        assertEquals(List.of(), desk.calls("Authorize", "idTag", tag, offline), "nobody was asked");
    }

    @Test
    @Order(5)
    @DisplayName("HIL 5: limits that are no longer acknowledged end the session within 1.5 s")
    void limitsThatAreNotAcknowledgedEndTheSession() throws Exception {
        stopsAndStaysOff(Trouble.LIMITS_NOT_ACKNOWLEDGED);
    }

    @Test
    @Order(6)
    @DisplayName("HIL 6: a charge that is complete is Finishing until the plug is pulled, and nothing begins anew")
    void completeChargeIsFinishingUntilUnplugged() throws Exception {
        int transactions = desk.transactions(GUN).size();
        long before = desk.mark();
        rig.plug(GUN, new HilCar(50, 50.4, ""));
        desk.awaitStatus(GUN, before, "Preparing");
        rig.swipe(GUN, desk.nextTag());
        desk.awaitStatus(GUN, before, "Charging");
        CsmsTransaction transaction = desk.awaitEnd(GUN);
        assertEquals("Local", transaction.stop().orElseThrow().reason());
        desk.assertBilled(GUN, transaction);
        desk.awaitStatus(GUN, before, "Finishing");
        long finished = desk.mark();
        desk.during(A_MOMENT.multipliedBy(4), () -> {
            assertFalse(rig.gun(GUN).gunContactorClosed());
            assertEquals(transactions + 1, desk.transactions(GUN).size());
        });
        assertEquals(List.of(), desk.statuses(GUN, finished));
        rig.unplug(GUN);
        desk.awaitStatus(GUN, finished, "Available");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"EMERGENCY_STOP", "EARTH_FAULT", "ISOLATION", "LINK_LOST", "CONNECTOR_TOO_HOT", "OVER_CURRENT"})
    @Order(7)
    @DisplayName("HIL 7: a fault stops at once, is told as what it is, and nothing starts before it is over and cleared")
    void faultStopsAtOnceAndNothingStartsBeforeItIsCleared(Trouble trouble) throws Exception {
        stopsAndStaysOff(trouble);
    }

    private void stopsAndStaysOff(Trouble trouble) throws Exception {
        Trouble.Told told = rig.told(trouble);
        desk.charge(GUN);
        long before = desk.mark();
        rig.breaks(GUN, trouble);
        desk.awaitFaulted(GUN, before, told);
        assertEquals(told.stopReason(), desk.awaitEnd(GUN).stop().orElseThrow().reason());
        desk.awaitDead(GUN);
        rig.assertOpenedInTime(GUN, trouble);
        if (trouble.tripsSite()) {
            desk.awaitFaulted(OTHER, before, new Trouble.Told("PowerSwitchFailure", "SiteTrip", "", false));
        } else {
            assertEquals(List.of(), desk.statuses(OTHER, before));
        }
        if (trouble != Trouble.LIMITS_NOT_ACKNOWLEDGED) {
            // Whether limits are acknowledged shows only while a gun is in use.
            assertEquals("Rejected", desk.remoteStart(GUN, desk.nextTag()), "while it lasts");
        }
        rig.mend(GUN);
        if (told.latched()) {
            staysFaultedUntilCleared();
        }
        goesOnOnlyWithAnotherToken();
        if (trouble.tripsSite()) {
            desk.awaitStatus(OTHER, before, "Available");
        }
    }

    private void staysFaultedUntilCleared() throws Exception {
        int transactions = desk.transactions(GUN).size();
        desk.during(A_MOMENT, () -> {
            assertEquals("Faulted", desk.connector(GUN).path("status").asText());
            assertEquals(transactions, desk.transactions(GUN).size());
        });
        assertEquals("Rejected", desk.remoteStart(GUN, desk.nextTag()), "before an operator clears it");
        desk.clearFaults(GUN);
    }

    private void goesOnOnlyWithAnotherToken() throws Exception {
        int transactions = desk.transactions(GUN).size();
        Await.until("no longer faulted", rig.limit(), () -> desk.connector(GUN).path("status").asText().equals("Finishing"));
        desk.during(A_MOMENT, () -> assertFalse(rig.gun(GUN).gunContactorClosed(), "it restarts by itself"));
        assertEquals(transactions, desk.transactions(GUN).size());
        long sound = desk.mark();
        rig.swipe(GUN, desk.nextTag());
        desk.awaitStatus(GUN, sound, "Charging");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GUN_CONTACTOR_WELDED", "MODULE_CONTACTOR_WELDED"})
    @Order(8)
    @DisplayName("HIL 8: a contactor that does not open is Faulted until it is replaced and an operator clears it")
    void weldedContactorIsFaultedUntilItIsCleared(Trouble trouble) throws Exception {
        Trouble.Told told = rig.told(trouble);
        desk.charge(GUN);
        Await.until("both modules", rig.limit(), () -> rig.gun(GUN).moduleContactorsClosed() == 2);
        long before = desk.mark();
        rig.breaks(GUN, trouble);
        desk.stopRemotely(GUN);
        desk.awaitFaulted(GUN, before, told);
        assertEquals(told.stopReason(), desk.awaitEnd(GUN).stop().orElseThrow().reason());
        Await.until("only what is welded is closed, and no current", rig.limit(), () -> {
            HilGun gun = rig.gun(GUN);
            return gun.currentA() == 0 && gun.gunContactorClosed() == (trouble == Trouble.GUN_CONTACTOR_WELDED)
                    && gun.moduleContactorsClosed() == (trouble == Trouble.MODULE_CONTACTOR_WELDED ? 1 : 0);
        });
        assertEquals(List.of(), desk.statuses(OTHER, before));
        assertEquals("Rejected", desk.remoteStart(GUN, desk.nextTag()), "while it lasts");
        rig.mend(GUN);
        staysFaultedUntilCleared();
        goesOnOnlyWithAnotherToken();
    }

    @Test
    @Order(9)
    @DisplayName("HIL 9: without its meter a session goes on, the CSMS is told, and every watt-hour is billed when it is back")
    void sessionGoesOnWithoutItsMeterAndNothingIsLost() throws Exception {
        desk.charge(GUN);
        desk.awaitEnergy(GUN, ENERGY_MILLI_WH);
        long before = desk.mark();
        rig.breaks(GUN, Trouble.METER_SILENT);
        if (!rig.countsWithoutMeter()) {
            desk.awaitFaulted(GUN, before, rig.told(Trouble.METER_SILENT));
        }
        desk.awaitEnergy(GUN, rig.gun(GUN).takenMilliWh() + ENERGY_MILLI_WH);
        assertTrue(desk.transaction(GUN).stop().isEmpty(), "the session goes on");
        assertTrue(rig.gun(GUN).gunContactorClosed());
        long mended = desk.mark();
        rig.mend(GUN);
        if (rig.countsWithoutMeter()) {
            assertEquals(List.of(), desk.faults(GUN, before));
        } else {
            OcppMessage recovered = desk.awaitStatus(GUN, mended, "Charging");
            assertEquals("NoError", recovered.value("errorCode").orElseThrow());
        }
        desk.awaitEnergy(GUN, rig.gun(GUN).takenMilliWh() + ENERGY_MILLI_WH);
        desk.stopRemotely(GUN);
        CsmsTransaction transaction = desk.awaitEnd(GUN);
        desk.assertBilled(GUN, transaction);
        List<Double> registers = transaction.readings().stream()
                .filter(reading -> reading.measurand().equals("Energy.Active.Import.Register")).map(MeterReading::value)
                .map(Double::valueOf).toList();
        assertEquals(registers.stream().sorted().toList(), registers, "the register never runs backwards");
    }

    @Test
    @Order(10)
    @DisplayName("HIL 10: a vehicle that loses its communication for some seconds keeps its session")
    void sessionIsKeptWhenTheVehicleBeginsItsCommunicationAnew() throws Exception {
        desk.charge(GUN);
        int transactions = desk.transactions(GUN).size();
        long before = desk.mark();
        rig.renegotiate(GUN);
        desk.awaitStatus(GUN, before, "SuspendedEV");
        desk.awaitStatusAfter(GUN, before, "SuspendedEV", "Charging");
        desk.awaitEnergy(GUN, rig.gun(GUN).takenMilliWh() + ENERGY_MILLI_WH);
        assertEquals(List.of(), desk.faults(GUN, before));
        desk.stopRemotely(GUN);
        CsmsTransaction transaction = desk.awaitEnd(GUN);
        assertEquals(transactions, desk.transactions(GUN).size());
        assertEquals(1, transaction.startMessages());
        assertEquals(1, transaction.stopMessages());
        assertEquals("Remote", transaction.stop().orElseThrow().reason());
        desk.assertBilled(GUN, transaction);
    }
}
