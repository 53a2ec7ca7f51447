package dcocpp.ocpp.internal.core;

import static dcocpp.ocpp.internal.core.ProfilePayload.profile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GetCompositeSchedule says; a schedule is written as {@code startPeriod:limit}. Each gun has 60 kW, the site 100 kW. */
class CompositeScheduleTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
    }

    private JsonNode get(int connectorId, int duration, String unit) {
        return station.backOffice.call("GetCompositeSchedule", "{\"connectorId\":" + connectorId + ",\"duration\":" + duration
                + (unit == null ? "" : ",\"chargingRateUnit\":\"" + unit + "\"") + "}");
    }

    private String watts(int connectorId, int duration) {
        return text(get(connectorId, duration, "W"));
    }

    private static String text(JsonNode answer) {
        List<String> periods = new ArrayList<>();
        answer.at("/chargingSchedule/chargingSchedulePeriod")
                .forEach(period -> periods.add(period.get("startPeriod").intValue() + ":" + period.get("limit").decimalValue()));
        return String.join(" ", periods);
    }

    private void set(ProfilePayload payload) {
        assertEquals("Accepted", station.backOffice.call("SetChargingProfile", payload.toString()).get("status").textValue());
    }

    private void transaction() {
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
    }

    @Test
    void withoutProfilesItIsWhatTheHardwareCanGive() {
        assertEquals("0:60000.0", watts(1, 3600));
        assertEquals("0:100000.0", watts(0, 3600));
    }

    @Test
    void theAnswerNamesItsBeginItsUnitAndItsLength() {
        station.advance(Duration.ofMillis(1500));
        JsonNode answer = get(2, 600, "W");
        assertEquals("Accepted", answer.get("status").textValue());
        assertEquals(2, answer.get("connectorId").intValue());
        assertEquals("2026-01-01T00:00:01.000Z", answer.get("scheduleStart").textValue());
        assertEquals("2026-01-01T00:00:01.000Z", answer.at("/chargingSchedule/startSchedule").textValue());
        assertEquals(600, answer.at("/chargingSchedule/duration").intValue());
        assertEquals("W", answer.at("/chargingSchedule/chargingRateUnit").textValue());
    }

    @Test
    void periodsCountFromTheBeginAndEqualOnesAreMerged() {
        set(profile(1, "TxDefaultProfile").periods(
                "[{\"startPeriod\":0,\"limit\":11000},{\"startPeriod\":100,\"limit\":7000},{\"startPeriod\":200,\"limit\":7000},"
                        + "{\"startPeriod\":300,\"limit\":90000},{\"startPeriod\":400,\"limit\":80000}]"));
        station.advance(Duration.ofMillis(40_300));
        assertEquals("0:11000.0 60:7000.0 260:60000.0", watts(1, 1000), "beyond what the gun can give nothing changes");
    }

    @ParameterizedTest
    @CsvSource({"A,0:16.0 100:87.0", "W,0:11040.0 100:60000.0"})
    void eitherUnitIsPossible(String unit, String expected) {
        set(profile(1, "TxDefaultProfile").with("chargingSchedule/chargingRateUnit", "\"A\"").with("chargingSchedule/duration", 100)
                .watts(16));
        assertEquals(expected, text(get(1, 600, unit)));
    }

    @Test
    void aLimitForOnePhaseIsReportedForAllPhasesOfTheSupply() {
        set(profile(1, "TxDefaultProfile").with("chargingSchedule/chargingRateUnit", "\"A\"")
                .periods("[{\"startPeriod\":0,\"limit\":32,\"numberPhases\":1}]"));
        assertEquals("0:7360.0", watts(1, 600));
        assertEquals("0:10.7", text(get(1, 600, "A")));
    }

    @ParameterizedTest
    @CsvSource({"'Current,Power',A", "'Power,Current',W", "Power,W"})
    void withoutAUnitTheFirstThatIsAllowedCounts(String allowed, String unit) {
        station.stop();
        station.keys.put("SmartCharging.ChargingScheduleAllowedChargingRateUnit", allowed);
        station.start();
        assertEquals(unit, get(1, 60, null).at("/chargingSchedule/chargingRateUnit").textValue());
    }

    @Test
    void aUnitThatIsNotAllowedIsRejected() {
        station.stop();
        station.keys.put("SmartCharging.ChargingScheduleAllowedChargingRateUnit", "Power");
        station.start();
        assertEquals("{\"status\":\"Rejected\"}", get(1, 60, "A").toString());
    }

    @ParameterizedTest
    @CsvSource({"3,60", "-1,60", "1,-1"})
    void noSuchConnectorOrALengthBelowZeroIsRejected(int connectorId, int duration) {
        assertEquals("{\"status\":\"Rejected\"}", get(connectorId, duration, "W").toString());
    }

    @Test
    void withoutAControllerItIsRejected() {
        station.charger.vanish();
        assertEquals("Rejected", get(1, 60, "W").get("status").textValue());
    }

    @Test
    void aLengthOfZeroIsWhatHoldsNow() {
        set(profile(1, "TxDefaultProfile"));
        JsonNode answer = get(1, 0, "W");
        assertEquals("0:11000.0", text(answer));
        assertEquals(0, answer.at("/chargingSchedule/duration").intValue());
    }

    @Test
    void theLengthIsClippedToMaxCompositeScheduleDuration() {
        station.stop();
        station.keys.put("Internal.MaxCompositeScheduleDuration", 300);
        station.start();
        set(profile(1, "TxDefaultProfile").with("chargingSchedule/duration", 300));
        JsonNode answer = get(1, 86_400, "W");
        assertEquals(300, answer.at("/chargingSchedule/duration").intValue());
        assertEquals("0:11000.0", text(answer));
    }

    @Test
    void moreThanTheMostPeriodsMakeTheReportShorter() {
        station.stop();
        station.keys.put("SmartCharging.ChargingScheduleMaxPeriods", 3);
        station.start();
        set(profile(1, "TxDefaultProfile").with("chargingProfileKind", "\"Recurring\"").with("recurrencyKind", "\"Daily\"")
                .periods("[{\"startPeriod\":0,\"limit\":1000},{\"startPeriod\":3600,\"limit\":2000}]"));
        JsonNode answer = get(1, 604_800, "W");
        assertEquals("0:1000.0 3600:2000.0 86400:1000.0", text(answer));
        assertEquals(90_000, answer.at("/chargingSchedule/duration").intValue(), "until the first that is left out");
    }

    @Test
    void aRelativeScheduleIsResolvedFromTheBeginOfTheTransactionOrFromNow() {
        set(profile(1, "TxDefaultProfile").connector(0).with("chargingProfileKind", "\"Relative\"")
                .periods("[{\"startPeriod\":0,\"limit\":11000},{\"startPeriod\":100,\"limit\":7000}]"));
        transaction();
        station.advance(Duration.ofSeconds(40));
        assertEquals("0:11000.0 60:7000.0", watts(1, 600));
        assertEquals("0:11000.0 100:7000.0", watts(2, 600));
    }

    @Test
    void aTxProfileIsReportedForItsTransaction() {
        set(profile(1, "TxDefaultProfile").connector(0).watts(5_000));
        transaction();
        set(profile(2, "TxProfile").watts(22_000).with("chargingSchedule/duration", 600));
        assertEquals("0:22000.0 600:5000.0", watts(1, 3600));
        assertEquals("0:5000.0", watts(2, 3600));
    }

    @Test
    void theWholeChargerIsTheSumOfItsGunsAndNoMoreThanItsOwnLimit() {
        set(profile(1, "TxDefaultProfile").connector(1).watts(5_000));
        set(profile(2, "TxDefaultProfile").connector(2).watts(6_000).with("chargingSchedule/duration", 100));
        set(profile(3, "ChargePointMaxProfile").connector(0).watts(50_000)
                .periods("[{\"startPeriod\":0,\"limit\":50000},{\"startPeriod\":200,\"limit\":70000}]"));
        assertEquals("0:11000.0 100:50000.0 200:65000.0", watts(0, 3600));
        assertEquals("0:5000.0", watts(1, 3600));
        assertEquals("0:6000.0 100:50000.0 200:60000.0", watts(2, 3600));
    }

    @Test
    void aWholeYearOfADailyProfileIsAnsweredInBounds() {
        set(profile(1, "TxDefaultProfile").with("chargingProfileKind", "\"Recurring\"").with("recurrencyKind", "\"Daily\"")
                .with("chargingSchedule/duration", 3600));
        assertTrue(get(1, 31_536_000, "W").at("/chargingSchedule/chargingSchedulePeriod").size() <= 42);
    }
}
