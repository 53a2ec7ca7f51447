package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.ocpp.internal.testing.FakeBackOffice.Request;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** StatusNotification. */
class StatusTest {

    /** Told, but not what makes a connector Faulted. */
    private static final Set<FaultCause> BESIDE = EnumSet.of(FaultCause.MODULE_DEGRADED, FaultCause.LIMIT_ACK, FaultCause.TELEMETRY,
            FaultCause.TELEMETRY_MISMATCH);

    @TempDir
    private Path folder;
    private Station station;
    private long bootAt;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    private void set(ConnectorStatus status, Fault... faults) {
        station.charger.connector(1, status, faults);
        station.changed();
    }

    private List<String> told() {
        return station.backOffice.requests("StatusNotification").stream()
                .map(request -> request.payload().get("connectorId") + " " + request.payload().get("status").textValue()).toList();
    }

    private void minimumDuration(int seconds) {
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"MinimumStatusDuration\",\"value\":\"" + seconds + "\"}");
    }

    @Test
    void eachChangeIsToldOnceWithTheTimeOfTheChange() {
        station.advance(Duration.ofSeconds(5));
        set(ConnectorStatus.PREPARING);
        set(ConnectorStatus.PREPARING);
        set(ConnectorStatus.CHARGING);
        assertEquals(List.of("1 Preparing", "1 Charging"), told());
        assertEquals("2026-01-01T00:00:05.000Z", station.backOffice.requests().get(0).payload().get("timestamp").textValue());
    }

    @ParameterizedTest
    @EnumSource(ConnectorStatus.class)
    void everyStatusHasItsNameInOcpp(ConnectorStatus status) {
        set(ConnectorStatus.PREPARING);
        set(status);
        String name = told().get(told().size() - 1).substring(2);
        assertEquals(status.name().replace("_", ""), name.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(FaultCause.class)
    void everyFaultIsToldWithCodesThatTheProtocolKnows(FaultCause cause) {
        set(ConnectorStatus.FAULTED, new Fault(cause, "reason 12"));
        assertEquals(List.of("1 Faulted"), told());
        Request request = station.backOffice.requests().get(0);
        assertTrue(!request.payload().get("errorCode").textValue().equals("NoError"));
        if (!BESIDE.contains(cause)) {
            assertEquals("reason 12", request.payload().get("info").textValue());
            assertEquals("DC OCPP", request.payload().get("vendorId").textValue());
            assertTrue(!request.payload().get("vendorErrorCode").textValue().contains("_"));
        }
    }

    /** The table of docs/ocpp16.md, row by row. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            EMERGENCY_STOP | OtherError | EStop
            PLC_COMM | InternalError | PlcComm
            PLC_CRC | InternalError | PlcCrc
            PLC_PROTOCOL | InternalError | PlcProtocol
            CAN_BUS_OFF | InternalError | CanBusOff
            PLC_UNAVAILABLE | InternalError | PlcUnavailable
            EARTH_FAULT | GroundFailure | EarthFault
            SAFETY_LOOP | OtherError | SafetyLoop
            SAFETY_SWITCH_1 | OtherError | SafetySwitch1
            SAFETY_SWITCH_2 | OtherError | SafetySwitch2
            SAFETY_SWITCH_3 | OtherError | SafetySwitch3
            SAFETY_SWITCH_4 | OtherError | SafetySwitch4
            ISOLATION | GroundFailure | Isolation
            CONNECTOR_TEMPERATURE | HighTemperature | ConnectorTemp
            MODULE_TEMPERATURE | HighTemperature | ModuleTemp
            OVER_CURRENT | OverCurrentFailure | OverCurrent
            OVER_VOLTAGE | OverVoltage | OverVoltage
            UNDER_VOLTAGE | UnderVoltage | UnderVoltage
            GC_WELD | PowerSwitchFailure | GcWeld
            MC_WELD | PowerSwitchFailure | McWeld
            MN_WELD | PowerSwitchFailure | MnWeld
            NO_MODULES | OtherError | NoModules
            MODULE_DEGRADED | OtherError | ModuleDegraded
            LOCK | ConnectorLockFailure | Lock
            CP_LOST | EVCommunicationError | CpLost
            VENTILATION | OtherError | Ventilation
            METER_STALE | PowerMeterFailure | MeterStale
            MC_OPEN_TIMEOUT | PowerSwitchFailure | MCOpenTimeout
            GC_OPEN_TIMEOUT | PowerSwitchFailure | GCOpenTimeout
            GC_CLOSE_TIMEOUT | PowerSwitchFailure | GCCloseTimeout
            PRECHARGE_TIMEOUT | PowerSwitchFailure | PrechargeTimeout
            ISLAND_SLOT_FAULT | PowerSwitchFailure | IslandSlotFault
            LOCAL_FAULT | PowerSwitchFailure | LocalFault
            SITE_TRIP | PowerSwitchFailure | SiteTrip
            PLANNER | InternalError | Planner
            INTERNAL | InternalError | Internal
            JOURNAL | InternalError | Journal
            LIMIT_ACK | NoError | LimitAck
            TELEMETRY | NoError | Telemetry
            TELEMETRY_MISMATCH | NoError | TelemetryMismatch
            """, delimiter = '|')
    void everyCauseHasItsCodes(FaultCause cause, String errorCode, String vendorErrorCode) {
        set(BESIDE.contains(cause) ? ConnectorStatus.FINISHING : ConnectorStatus.FAULTED, new Fault(cause, "reason 12"));
        Request request = station.backOffice.requests().get(0);
        assertEquals(errorCode, request.payload().get("errorCode").textValue());
        assertEquals(vendorErrorCode, request.payload().get("vendorErrorCode").textValue());
        assertEquals("reason 12", request.payload().get("info").textValue());
        assertEquals("DC OCPP", request.payload().get("vendorId").textValue());
    }

    @Test
    void theNewestFaultIsToldAndTheNextOneWhenItClears() {
        Fault lock = new Fault(FaultCause.LOCK, "");
        Fault hot = new Fault(FaultCause.CONNECTOR_TEMPERATURE, "92 °C");
        set(ConnectorStatus.FAULTED, lock);
        set(ConnectorStatus.FAULTED, hot, lock);
        set(ConnectorStatus.FAULTED, lock);
        set(ConnectorStatus.AVAILABLE);
        assertEquals(List.of("ConnectorLockFailure", "HighTemperature", "ConnectorLockFailure", "NoError"),
                station.backOffice.requests().stream().map(request -> request.payload().get("errorCode").textValue()).toList());
    }

    @Test
    void aLostModuleIsToldWithoutAFault() {
        set(ConnectorStatus.CHARGING, new Fault(FaultCause.MODULE_DEGRADED, "M3"));
        assertEquals(List.of("1 Charging"), told());
        assertEquals("ModuleDegraded", station.backOffice.requests().get(0).payload().get("vendorErrorCode").textValue());
    }

    @Test
    void aStatusThatDoesNotLastIsNotTold() {
        minimumDuration(10);
        set(ConnectorStatus.PREPARING);
        station.advance(Duration.ofSeconds(9));
        set(ConnectorStatus.CHARGING);
        station.advance(Duration.ofSeconds(9));
        assertEquals(List.of(), told());
        station.advance(Duration.ofSeconds(1));
        assertEquals(List.of("1 Charging"), told());
    }

    @Test
    void aStatusThatGoesBackInTimeIsNotTold() {
        minimumDuration(10);
        set(ConnectorStatus.PREPARING);
        station.advance(Duration.ofSeconds(5));
        set(ConnectorStatus.AVAILABLE);
        station.advance(Duration.ofSeconds(30));
        assertEquals(List.of(), told());
    }

    @Test
    void aFaultIsToldAtOnceAndSoIsItsEnd() {
        minimumDuration(60);
        set(ConnectorStatus.FAULTED, new Fault(FaultCause.ISOLATION, ""));
        set(ConnectorStatus.AVAILABLE);
        assertEquals(List.of("1 Faulted", "1 Available"), told());
    }

    @Test
    void whatChangedOfflineIsToldInItsLastStateAfterTheReconnect() {
        station.backOffice.reachable(false);
        station.backOffice.hangUp();
        set(ConnectorStatus.PREPARING);
        set(ConnectorStatus.CHARGING);
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        assertEquals(List.of("0 Available", "1 Charging", "2 Available"), told());
    }

    @Test
    void hardwareThatCannotBeReachedFaultsTheChargerAsAWhole() {
        station.charger.hardware(HardwareSnapshot.Condition.UNAVAILABLE);
        station.changed();
        assertEquals(List.of("0 Faulted"), told());
    }

    @Test
    void whatWasRefusedOrNotAnsweredIsToldAgainAfterAPause() {
        station.backOffice.answer("StatusNotification", payload -> "!InternalError");
        set(ConnectorStatus.PREPARING);
        station.backOffice.answer("StatusNotification", payload -> FakeBackOffice.SILENCE);
        station.advance(Duration.ofSeconds(59));
        assertEquals(List.of("1 Preparing"), told());
        station.advance(Duration.ofSeconds(1));
        assertEquals(List.of("1 Preparing", "1 Preparing"), told());
        station.backOffice.answer("StatusNotification", payload -> "{}");
        station.advance(Duration.ofSeconds(200));
        assertEquals(List.of("1 Preparing", "1 Preparing", "1 Preparing"), told());
    }

    @Test
    void aStatusFromBeforeTheFirstContactHasTheTimeThatTheBackOfficeWouldHaveSeen() {
        station.stop();
        station.backOffice.reachable(false);
        station.time.adjust(Instant.parse("1970-01-01T00:00:00Z"));
        station.start();
        set(ConnectorStatus.PREPARING);
        station.advance(Duration.ofMinutes(2));
        station.backOffice.forget();
        station.backOffice.answer("BootNotification", payload -> {
            bootAt = station.time.nanoTime();
            return "{\"status\":\"Accepted\",\"currentTime\":\"2026-05-05T12:00:00.250Z\",\"interval\":300}";
        });
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(2));
        Instant begun = Instant.parse(station.backOffice.requests("StatusNotification").get(1).payload().get("timestamp").textValue());
        assertEquals(Instant.parse("2026-05-05T12:00:00.250Z").minusNanos(bootAt), begun, "the fake process began at 0 ns");
    }

    @Test
    void theWholeChargerIsOnlyEverAvailableUnavailableOrFaulted() {
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        station.backOffice.call("ChangeAvailability", "{\"connectorId\":0,\"type\":\"Inoperative\"}");
        station.changed();
        station.charger.hardware(HardwareSnapshot.Condition.UNAVAILABLE);
        station.changed();
        station.charger.hardware(HardwareSnapshot.Condition.READY);
        station.backOffice.call("ChangeAvailability", "{\"connectorId\":0,\"type\":\"Operative\"}");
        station.changed();
        assertEquals(List.of("0 Unavailable", "0 Faulted", "0 Available"),
                told().stream().filter(text -> text.startsWith("0")).toList());
    }

    @Test
    void aLongInfoIsCutToFiftyCharacters() {
        set(ConnectorStatus.FAULTED, new Fault(FaultCause.ISOLATION, "x".repeat(80)));
        assertEquals(50, station.backOffice.requests().get(0).payload().get("info").textValue().length());
    }

    @Test
    void eachChangeBeginsTheMinimumDurationAnew() {
        minimumDuration(10);
        for (ConnectorStatus status : List.of(ConnectorStatus.PREPARING, ConnectorStatus.CHARGING, ConnectorStatus.SUSPENDED_EV,
                ConnectorStatus.CHARGING)) {
            set(status);
            station.advance(Duration.ofSeconds(9));
        }
        assertEquals(List.of(), told());
        station.advance(Duration.ofSeconds(1));
        assertEquals(List.of("1 Charging"), told());
    }
}
