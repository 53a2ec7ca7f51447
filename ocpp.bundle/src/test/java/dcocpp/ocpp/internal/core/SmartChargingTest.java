package dcocpp.ocpp.internal.core;

import static dcocpp.ocpp.internal.core.ProfilePayload.profile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which profiles are taken, which take the place of others, and which are cleared. */
class SmartChargingTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
    }

    private String set(ProfilePayload payload) {
        return station.backOffice.call("SetChargingProfile", payload.toString()).get("status").textValue();
    }

    private String clear(String payload) {
        return station.backOffice.call("ClearChargingProfile", payload).get("status").textValue();
    }

    private void restart() {
        station.stop();
        station.start();
    }

    /** Connector 1 charges; the back office calls it 100. */
    private void transaction() {
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
    }

    @Test
    void aProfileIsAnsweredBeforeItIsInForceAndThenIsAtOnce() {
        station.backOffice.forget();
        station.charger.onWish = () -> assertEquals(1, station.backOffice.replies().size(), "answers before the wish");
        assertEquals("Accepted", set(profile(1, "TxDefaultProfile")));
        assertEquals(11_000, station.charger.limitW(1));
        assertEquals(NONE, station.charger.limitW(2));
    }

    @Test
    void itIsOnTheDiskWhenItIsAccepted() {
        set(profile(1, "TxDefaultProfile"));
        station.kill();
        station.charger.wishes.clear();
        station.start();
        assertEquals(11_000, station.charger.limitW(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "stackLevel # 43",
        "validFrom # \"+12026-01-01T00:00:00Z\"",
        "validTo # \"-0001-01-01T00:00:00Z\"",
        "chargingProfileKind # \"Recurring\"",
        "transactionId # 100",
        "chargingSchedule/duration # 0",
        "chargingSchedule/duration # -1",
        "chargingSchedule/minChargingRate # -0.1",
        "chargingSchedule/chargingSchedulePeriod # []",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":1,\"limit\":1}]",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":-1}]",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":1},{\"startPeriod\":0,\"limit\":2}]",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":1},{\"startPeriod\":9,\"limit\":2},"
                + "{\"startPeriod\":8,\"limit\":2}]",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":1,\"numberPhases\":0}]",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":1,\"numberPhases\":4}]"})
    void aProfileThatIsWrongIsRejectedAndChangesNothing(String place, String json) {
        assertEquals("Rejected", set(profile(1, "TxDefaultProfile").with(place, json)));
        assertEquals(NONE, station.charger.limitW(1));
        assertEquals("Unknown", clear("{\"id\":1}"));
    }

    @ParameterizedTest
    @CsvSource({"3", "-1"})
    void aProfileForNoConnectorIsRejected(int connectorId) {
        assertEquals("Rejected", set(profile(1, "TxDefaultProfile").connector(connectorId)));
    }

    @Test
    void aProfileThatIsNeverValidIsRejected() {
        assertEquals("Rejected", set(profile(1, "TxDefaultProfile").with("validFrom", "\"2026-01-02T00:00:00Z\"")
                .with("validTo", "\"2026-01-02T00:00:00Z\"")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "stackLevel # -1",
        "stackLevel # \"high\"",
        "chargingProfilePurpose # \"Nonsense\"",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":1.05}]",
        "chargingSchedule/chargingSchedulePeriod # [{\"startPeriod\":0,\"limit\":\"NaN\"}]",
        "validFrom # \"tomorrow\""})
    void aPayloadThatBreaksItsSchemaIsAFormationViolation(String place, String json) {
        assertEquals("FormationViolation", station.backOffice.call("SetChargingProfile",
                profile(1, "TxDefaultProfile").with(place, json).toString()).textValue());
        assertEquals("Accepted", set(profile(1, "TxDefaultProfile")));
    }

    @Test
    void moreThanChargingScheduleMaxPeriodsAreRejected() {
        restartWith("SmartCharging.ChargingScheduleMaxPeriods", 2);
        String two = "{\"startPeriod\":0,\"limit\":1},{\"startPeriod\":1,\"limit\":2}";
        assertEquals("Accepted", set(profile(1, "TxDefaultProfile").periods("[" + two + "]")));
        assertEquals("Rejected", set(profile(1, "TxDefaultProfile").periods("[" + two + ",{\"startPeriod\":2,\"limit\":3}]")));
    }

    private void restartWith(String key, Object value) {
        station.keys.put(key, value);
        restart();
    }

    @ParameterizedTest
    @CsvSource({"Current,A,Accepted", "Current,W,Rejected", "Power,W,Accepted", "Power,A,Rejected"})
    void onlyUnitsThatAreAllowedAreTaken(String allowed, String unit, String expected) {
        restartWith("SmartCharging.ChargingScheduleAllowedChargingRateUnit", allowed);
        assertEquals(expected, set(profile(1, "TxDefaultProfile").with("chargingSchedule/chargingRateUnit", '"' + unit + '"')));
    }

    @Test
    void aPurposeThatIsSwitchedOffIsNotSupported() {
        restartWith("Internal.SupportedChargingProfilePurposeTypes", "TxDefaultProfile,TxProfile");
        assertEquals("NotSupported", set(profile(1, "ChargePointMaxProfile").connector(0)));
        assertEquals("Accepted", set(profile(1, "TxDefaultProfile")));
    }

    @Test
    void aChargePointMaxProfileIsForTheWholeChargerAndNotRelative() {
        assertEquals("Rejected", set(profile(1, "ChargePointMaxProfile").connector(1)));
        assertEquals("Rejected", set(profile(1, "ChargePointMaxProfile").connector(0).with("chargingProfileKind", "\"Relative\"")));
        assertEquals("Accepted", set(profile(1, "ChargePointMaxProfile").connector(0)));
        assertEquals(11_000, station.charger.limitW(0));
    }

    @Test
    void aTxProfileNeedsTheTransactionThatItNames() {
        assertEquals("Rejected", set(profile(1, "TxProfile")), "no transaction");
        transaction();
        assertEquals("Rejected", set(profile(1, "TxProfile").with("transactionId", 99)), "another transaction");
        assertEquals("Rejected", set(profile(1, "TxProfile").connector(2).with("transactionId", 100)), "another connector");
        assertEquals("Rejected", set(profile(1, "TxProfile").connector(0)), "the whole charger");
        assertEquals("Accepted", set(profile(1, "TxProfile").with("transactionId", 100)));
        assertEquals("Accepted", set(profile(2, "TxProfile").level(1).watts(5_000)), "whichever runs");
        assertEquals(5_000, station.charger.limitW(1));
    }

    @Test
    void withoutAControllerATxProfileIsRejectedAndTheOthersAreTaken() {
        transaction();
        station.charger.vanish();
        assertEquals("Rejected", set(profile(1, "TxProfile")));
        assertEquals("Accepted", set(profile(1, "TxDefaultProfile")));
    }

    @Test
    void anAbsoluteProfileOfTheWholeChargerNeedsItsStartSchedule() {
        assertEquals("Rejected", set(profile(1, "ChargePointMaxProfile").connector(0).with("chargingSchedule/startSchedule", null)));
        assertEquals(NONE, station.charger.limitW(0));
    }

    @Test
    void withoutStartScheduleItStartsWhenItComesWhereThatIsAllowed() {
        restartWith("Internal.AllowChargingProfileWithoutStartSchedule", true);
        station.advance(Duration.ofHours(5));
        assertEquals("Accepted", set(profile(1, "TxDefaultProfile").with("chargingSchedule/startSchedule", null)
                .periods("[{\"startPeriod\":0,\"limit\":11000},{\"startPeriod\":60,\"limit\":7000}]")));
        assertEquals(11_000, station.charger.limitW(1));
        station.advance(Duration.ofSeconds(60));
        assertEquals(7_000, station.charger.limitW(1));
        restart();
        assertEquals(7_000, station.charger.limitW(1), "the moment is kept");
    }

    @Test
    void theSameIdAnywhereIsReplaced() {
        set(profile(7, "TxDefaultProfile"));
        assertEquals("Accepted", set(profile(7, "ChargePointMaxProfile").connector(0).level(3)));
        assertEquals(NONE, station.charger.limitW(1));
        assertEquals(11_000, station.charger.limitW(0));
    }

    @Test
    void theSamePurposeLevelAndConnectorIsReplaced() {
        set(profile(1, "TxDefaultProfile").watts(5_000));
        set(profile(2, "TxDefaultProfile").watts(6_000));
        assertEquals(6_000, station.charger.limitW(1));
        assertEquals("Unknown", clear("{\"id\":1}"));
        set(profile(3, "TxDefaultProfile").watts(7_000).connector(2));
        set(profile(4, "TxDefaultProfile").watts(8_000).level(1));
        assertEquals("Accepted", clear("{\"id\":2}"), "another connector or level replaces nothing");
        assertEquals("Accepted", clear("{\"id\":3}"));
    }

    @Test
    void noMoreThanMaxChargingProfilesInstalledAreTakenButReplacingIsPossible() {
        restartWith("SmartCharging.MaxChargingProfilesInstalled", 2);
        set(profile(1, "TxDefaultProfile").level(1));
        set(profile(2, "TxDefaultProfile").level(2));
        assertEquals("Rejected", set(profile(3, "TxDefaultProfile").level(3)));
        assertEquals("Accepted", set(profile(3, "TxDefaultProfile").level(2).watts(5_000)));
        assertEquals(5_000, station.charger.limitW(1));
    }

    @Test
    void profilesThatAreOverMakeRoom() {
        restartWith("SmartCharging.MaxChargingProfilesInstalled", 2);
        set(profile(1, "TxDefaultProfile").level(1).with("chargingSchedule/duration", 60));
        set(profile(2, "TxDefaultProfile").level(2).with("validTo", "\"2026-01-01T00:01:00Z\""));
        assertEquals("Rejected", set(profile(3, "TxDefaultProfile").level(3)));
        station.advance(Duration.ofSeconds(61));
        assertEquals("Accepted", set(profile(3, "TxDefaultProfile").level(3)));
        assertEquals("Accepted", set(profile(4, "TxDefaultProfile").level(4)));
    }

    @Test
    void clearingAllIsAcceptedAlsoWhenThereIsNone() {
        assertEquals("Accepted", clear("{}"));
        set(profile(1, "TxDefaultProfile"));
        set(profile(2, "ChargePointMaxProfile").connector(0));
        assertEquals("Accepted", clear("{}"));
        assertTrue(station.charger.limits().isEmpty());
        restart();
        assertTrue(station.charger.limits().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "{\"id\":1} # 2 3 4 5",
        "{\"id\":9} # 1 2 3 4 5",
        "{\"id\":1,\"connectorId\":2,\"stackLevel\":7} # 2 3 4 5",
        "{\"connectorId\":1} # 1 2 4",
        "{\"connectorId\":0} # 3 4 5",
        "{\"connectorId\":3} # 1 2 3 4 5",
        "{\"chargingProfilePurpose\":\"TxDefaultProfile\"} # 1",
        "{\"chargingProfilePurpose\":\"ChargePointMaxProfile\"} # 2 3 4 5",
        "{\"chargingProfilePurpose\":\"TxProfile\"} # 1 2 3 4 5",
        "{\"stackLevel\":1} # 1 2 5",
        "{\"connectorId\":0,\"chargingProfilePurpose\":\"TxDefaultProfile\"} # 1 3 4 5",
        "{\"connectorId\":1,\"stackLevel\":1} # 1 2 4 5",
        "{\"connectorId\":1,\"stackLevel\":2,\"chargingProfilePurpose\":\"TxDefaultProfile\"} # 1 2 3 4",
        "{\"connectorId\":2,\"stackLevel\":2,\"chargingProfilePurpose\":\"TxDefaultProfile\"} # 1 2 3 4 5",
        "{\"stackLevel\":2,\"chargingProfilePurpose\":\"ChargePointMaxProfile\"} # 1 2 3 4 5"})
    void whatMatchesAllCriteriaIsCleared(String criteria, String left) {
        set(profile(1, "ChargePointMaxProfile").connector(0).level(0));
        set(profile(2, "TxDefaultProfile").connector(0).level(0));
        set(profile(3, "TxDefaultProfile").connector(1).level(1));
        set(profile(4, "TxDefaultProfile").connector(2).level(1));
        set(profile(5, "TxDefaultProfile").connector(1).level(2));
        assertEquals(left.equals("1 2 3 4 5") ? "Unknown" : "Accepted", clear(criteria));
        for (int id = 1; id <= 5; id++) {
            assertEquals(left.contains(Integer.toString(id)) ? "Accepted" : "Unknown", clear("{\"id\":" + id + "}"), "profile " + id);
        }
    }

    @ParameterizedTest
    @CsvSource({"ChargeProfileMaxStackLevel,42", "ChargingScheduleMaxPeriods,42", "MaxChargingProfilesInstalled,42",
        "ConnectorSwitch3to1PhaseSupported,false", "SupplyVoltage,230"})
    void theKeysOfTheProfileAreReadOnly(String key, String value) {
        var entry = station.backOffice.call("GetConfiguration", "{\"key\":[\"" + key + "\"]}").at("/configurationKey/0");
        assertEquals(value, entry.get("value").textValue());
        assertTrue(entry.get("readonly").booleanValue());
    }
}
