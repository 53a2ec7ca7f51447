package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.config.Configs;

/** How the limits of a back office are obeyed. */
class ChargerLimitTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;
    private int number;

    private void wants(ChargerFixture charger, LimitSchedule... limits) {
        charger.mail.wants(new BackOfficeState(++number, Set.of(), List.of(), List.of(limits)));
    }

    private static LimitSchedule always(int connectorId, String transactionId, double limitW) {
        return schedule(connectorId, transactionId, new LimitSchedule.Period(Instant.EPOCH, limitW));
    }

    private static LimitSchedule schedule(int connectorId, String transactionId, LimitSchedule.Period... periods) {
        return new LimitSchedule(connectorId, transactionId, Arrays.asList(periods), null);
    }

    @Test
    void aLimitIsInForceWithinOneTick() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.run(Duration.ofSeconds(10));
            assertTrue(charger.connector(1).live().offeredPowerW() > 30_000);
            wants(charger, always(1, "", 5_000));
            charger.run(ChargerFixture.TICK);
            assertTrue(charger.connector(1).live().offeredPowerW() <= 5_000, charger.connector(1).live().offeredPowerW() + " W");
            charger.run(SECOND);
            assertTrue(charger.hardware.totalW() <= 5_000, charger.hardware.totalW() + " W");
        }
    }

    @Test
    void aLimitOfTheSiteIsSharedByItsGuns() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            wants(charger, always(0, "", 20_000));
            charger.run(ChargerFixture.TICK);
            assertTrue(charger.connector(1).live().offeredPowerW() + charger.connector(2).live().offeredPowerW() <= 20_000);
            charger.run(Duration.ofSeconds(5));
            assertEquals(20_000, charger.hardware.totalW(), 500);
        }
    }

    @Test
    void aSiteLimitOfZeroPausesEveryGunWithItsContactorClosed() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            wants(charger, always(0, "", 0));
            charger.run(SECOND);
            for (int id = 1; id <= 2; id++) {
                assertEquals(ConnectorStatus.SUSPENDED_EVSE, charger.status(id));
                assertTrue(charger.connector(id).gunContactorClosed());
            }
            assertEquals(0, charger.hardware.totalW(), 1);
            wants(charger);
            charger.until("both charge again", () -> charger.hardware.totalW() > 70_000);
        }
    }

    @Test
    void aScheduleIsFollowedWithoutTheProtocolBundle() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            Instant now = charger.time.now();
            wants(charger, schedule(1, "", new LimitSchedule.Period(Instant.EPOCH, 20_000),
                    new LimitSchedule.Period(now.plusSeconds(60), 0),
                    new LimitSchedule.Period(now.plusSeconds(120), Double.POSITIVE_INFINITY)));
            charger.run(SECOND);
            charger.charger.backOfficeWent(charger.backOffice);
            charger.run(Duration.ofSeconds(30));
            assertEquals(20_000, charger.hardware.totalW(), 200);
            charger.run(Duration.ofSeconds(31));
            assertEquals(ConnectorStatus.SUSPENDED_EVSE, charger.status(1));
            assertEquals(0, charger.hardware.totalW(), 1);
            charger.run(Duration.ofSeconds(60));
            charger.until("no limit any more", () -> charger.hardware.totalW() > 30_000);
        }
    }

    @Test
    void aScheduleIsOnWallTime() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            wants(charger, schedule(1, "", new LimitSchedule.Period(charger.time.now().plusSeconds(3600), 5_000)));
            charger.run(Duration.ofSeconds(5));
            assertTrue(charger.hardware.totalW() > 30_000);
            charger.time.adjust(charger.time.now().plusSeconds(3600));
            charger.run(SECOND);
            assertEquals(5_000, charger.hardware.totalW(), 100);
        }
    }

    @Test
    void aScheduleOfTheTransactionStandsInForTheGeneralOneAlsoWhereItAllowsMore() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            String transaction = charger.connector(1).session().transactionId();
            wants(charger, always(1, "", 5_000), always(1, transaction, 20_000));
            charger.run(Duration.ofSeconds(5));
            assertEquals(20_000, charger.hardware.totalW(), 200);
            wants(charger, always(1, "", 5_000), always(1, transaction, Double.POSITIVE_INFINITY));
            charger.until("no limit", () -> charger.hardware.totalW() > 30_000);
            wants(charger, always(1, "", 5_000), always(1, "another transaction", 20_000));
            charger.run(Duration.ofSeconds(5));
            assertEquals(5_000, charger.hardware.totalW(), 100);
        }
    }

    @Test
    void aLimitOfTheSiteSurvivesARestart() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            wants(charger, always(0, "", 15_000));
            charger.run(SECOND);
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            again.charge(1, "A");
            again.run(Duration.ofSeconds(10));
            assertEquals(15_000, again.hardware.totalW(), 200);
        }
    }

    @Test
    void whatCanBeGivenAtMostIsShown() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            assertEquals(100_000, charger.snapshot().maxPowerW(), "two slots of 60 kW behind a grid limit of 100 kW");
            assertEquals(60_000, charger.connector(1).maxPowerW(), "its own limit");
            Configs.modify(charger.site, Map.of("gridLimitKW", "45"));
            charger.run(SECOND);
            assertEquals(45_000, charger.connector(1).maxPowerW());
            Configs.modify(charger.site, Map.of("gridLimitKW", "unlimited"));
            charger.run(SECOND);
            assertEquals(120_000, charger.snapshot().maxPowerW());
        }
    }
}
