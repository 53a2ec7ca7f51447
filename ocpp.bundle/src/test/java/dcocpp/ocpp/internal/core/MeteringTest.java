package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.ocpp.internal.testing.FakeBackOffice;
import dcocpp.ocpp.internal.testing.FakeJournal;

/** MeterValues: sampled and clock-aligned. */
class MeteringTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    private void begin() {
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
    }

    private List<JsonNode> values() {
        return station.backOffice.requests("MeterValues").stream().map(request -> request.payload()).toList();
    }

    private List<String> timesOf(String context) {
        return values().stream().filter(payload -> payload.at("/meterValue/0/sampledValue/0/context").textValue().equals(context))
                .map(payload -> payload.get("connectorId") + " " + payload.at("/meterValue/0/timestamp").textValue().substring(11, 19))
                .toList();
    }

    @Test
    void sampledValuesComeByTheIntervalOnlyDuringATransaction() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.start();
        station.advance(Duration.ofSeconds(90));
        begin();
        station.advance(Duration.ofSeconds(130));
        station.journal.stopped("tx-1", 1, 9_000_000, StopReason.LOCAL, "TAG");
        station.charger.finishing(1, "tx-1", "TAG");
        station.changed();
        station.advance(Duration.ofMinutes(10));
        assertEquals(List.of("1 00:02:30", "1 00:03:30"), timesOf("Sample.Periodic"));
    }

    @Test
    void aValueCarriesItsUnitContextMeasurandAndLocationAndWhatIsNotMeasuredIsLeftOut() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.keys.put("Core.MeterValuesSampledData", "Energy.Active.Import.Register,Voltage,SoC,Temperature");
        station.start();
        begin();
        station.advance(Duration.ofSeconds(60));
        assertEquals("""
                [{"value":"5000","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","location":"Outlet","unit":"Wh"},\
                {"value":"400.0","context":"Sample.Periodic","measurand":"Voltage","location":"Outlet","unit":"V"},\
                {"value":"42.5","context":"Sample.Periodic","measurand":"SoC","location":"EV","unit":"Percent"}]""",
                values().get(0).at("/meterValue/0/sampledValue").toString());
        assertEquals(100, values().get(0).get("transactionId").intValue());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void sampledValuesComeByTheIntervalAlsoWhenTheClockIsSet(long seconds) {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.start();
        begin();
        station.advance(Duration.ofSeconds(90));
        station.time.adjust(station.time.now().plusSeconds(seconds));
        station.advance(Duration.ofMinutes(10));
        assertEquals(11, values().size());
    }

    @Test
    void samplesOfTheJournalFillGapsAndDoubleNothing() {
        station.keys.put("Core.MeterValueSampleInterval", 20);
        station.start();
        begin();
        for (int i = 1; i <= 6; i++) {
            station.advance(Duration.ofSeconds(10));
            station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, i * 1_000_000L);
            station.changed();
        }
        assertEquals(List.of("1 00:00:20", "1 00:00:40", "1 00:01:00"), timesOf("Sample.Periodic"));
    }

    @Test
    void anotherIntervalCountsAtOnce() {
        station.keys.put("Core.MeterValueSampleInterval", 10);
        station.start();
        begin();
        station.advance(Duration.ofSeconds(30));
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"MeterValueSampleInterval\",\"value\":\"60\"}");
        station.advance(Duration.ofSeconds(90));
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"MeterValueSampleInterval\",\"value\":\"0\"}");
        station.advance(Duration.ofSeconds(900));
        assertEquals(List.of("1 00:00:10", "1 00:00:20", "1 00:00:30", "1 00:01:00", "1 00:02:00"), timesOf("Sample.Periodic"));
    }

    @Test
    void clockAlignedValuesComeAtWholeIntervalsForEveryConnector() {
        station.keys.put("Core.ClockAlignedDataInterval", 900);
        station.start();
        station.advance(Duration.ofSeconds(100));
        begin();
        station.advance(Duration.ofMinutes(30));
        assertEquals(List.of("1 00:15:00", "2 00:15:00", "1 00:30:00", "2 00:30:00"), timesOf("Sample.Clock").stream()
                .sorted((first, second) -> first.substring(2).concat(first).compareTo(second.substring(2).concat(second))).toList());
        values().forEach(payload -> assertEquals(payload.get("connectorId").intValue() == 1, payload.has("transactionId")));
    }

    @Test
    void idleValuesThatTheBackOfficeDoesNotAnswerNeitherPileUpNorHoldTransactionsBack() {
        station.keys.put("Core.ClockAlignedDataInterval", 10);
        station.backOffice.answer("MeterValues", payload -> FakeBackOffice.SILENCE);
        station.start();
        station.advance(Duration.ofMinutes(10));
        begin();
        station.backOffice.forget();
        station.backOffice.answer("MeterValues", payload -> "{}");
        station.advance(Duration.ofSeconds(30));
        List<String> actions = station.backOffice.actions();
        assertEquals("StartTransaction", actions.stream().filter(action -> !action.equals("Heartbeat")).findFirst().orElseThrow());
        assertTrue(values().size() <= 2 + 3 * 2, "one of each connector has waited, those of 30 s come");
    }

    @Test
    void theQuarterHourOfTheJournalDoesNotDoubleALiveOne() {
        station.keys.put("Core.ClockAlignedDataInterval", 900);
        station.start();
        begin();
        station.advance(Duration.ofMinutes(15));
        station.journal.sampled("tx-1", 1, MeterSampled.Context.CLOCK, 1_000_000);
        station.changed();
        assertEquals(1, timesOf("Sample.Clock").stream().filter(text -> text.startsWith("1")).count());
    }

    @Test
    void anEmptyListOfMeasurandsSendsNothing() {
        station.keys.put("Core.MeterValueSampleInterval", 10);
        station.keys.put("Core.MeterValuesSampledData", "");
        station.start();
        begin();
        station.advance(Duration.ofMinutes(5));
        assertEquals(List.of(), values());
    }

    @Test
    void theClockMayBeSetBackWithoutStoppingTheValues() {
        station.keys.put("Core.MeterValueSampleInterval", 20);
        station.start();
        begin();
        station.advance(Duration.ofSeconds(25));
        station.time.adjust(station.time.now().minusSeconds(3600));
        for (int i = 0; i < 4; i++) {
            station.advance(Duration.ofSeconds(10));
            station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, 2_000_000 + i);
            station.changed();
        }
        assertEquals(3, timesOf("Sample.Periodic").size());
    }

    @ParameterizedTest
    @CsvSource({"3600, 00:10 00:20 00:30 00:40 00:50 01:00", "1200, 00:50 01:00 01:10 01:20 01:30 01:40",
            "60, 01:10 01:20 01:30 01:40 01:50"})
    void clockAlignedValuesGoOnWhenTheClockIsSetBack(long seconds, String expected) {
        station.keys.put("Core.ClockAlignedDataInterval", 600);
        station.start();
        begin();
        station.advance(Duration.ofMillis(3_605_250));
        station.backOffice.forget();
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"" + station.time.now().minusSeconds(seconds) + "\"}");
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}");
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"" + station.time.now() + "\"}");
        station.advance(Duration.ofMinutes(60));
        assertEquals(Stream.of(expected.split(" ")).map(time -> "1 " + time + ":00").toList(),
                timesOf("Sample.Clock").stream().filter(text -> text.startsWith("1 ")).toList());
    }

    private void meter(long milliWh) {
        station.charger.meter(FakeJournal.sample(milliWh));
    }

    private void end(long milliWh) {
        station.journal.stopped("tx-1", 1, milliWh, StopReason.LOCAL, "TAG");
        station.charger.finishing(1, "tx-1", "TAG");
        station.changed();
    }

    private JsonNode transactionData() {
        return station.backOffice.requests("StopTransaction").get(0).payload().path("transactionData");
    }

    private static List<String> contexts(JsonNode data) {
        return data.findValuesAsText("context");
    }

    @Test
    void everyMeasurandThatTheHardwareOffersHasItsUnitAndLocation() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.start();
        String all = station.backOffice.call("GetConfiguration", "{\"key\":[\"SupportedMeasurands\"]}").at("/configurationKey/0/value")
                .textValue();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"MeterValuesSampledData\",\"value\":\"" + all + "\"}");
        begin();
        station.charger.meter(new MeterSample(1_500_000, 60_000, 400, 150, 42.5, 31.5, 120_000, 300));
        station.advance(Duration.ofSeconds(60));
        List<String> told = new ArrayList<>();
        values().get(0).at("/meterValue/0/sampledValue").forEach(value -> told.add(value.get("measurand").textValue() + " "
                + value.get("value").textValue() + " " + value.get("unit").textValue() + " " + value.get("location").textValue()));
        assertEquals(List.of("Energy.Active.Import.Register 1500 Wh Outlet", "Energy.Active.Import.Interval 1500 Wh Outlet",
                "Power.Active.Import 60000.0 W Outlet", "Current.Import 150.0 A Outlet", "Voltage 400.0 V Outlet", "SoC 42.5 Percent EV",
                "Temperature 31.5 Celsius Outlet", "Power.Offered 120000.0 W Outlet", "Current.Offered 300.0 A Outlet"), told);
    }

    @Test
    void intervalsAddUpToTheRegisterAndTheFirstAfterARestartIsLeftOut() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.keys.put("Core.MeterValuesSampledData", "Energy.Active.Import.Interval");
        station.start();
        begin();
        for (long milliWh : List.of(1_000_400L, 2_000_900L, 2_000_900L)) {
            meter(milliWh);
            station.advance(Duration.ofSeconds(60));
        }
        station.kill();
        station.start();
        for (long milliWh : List.of(4_000_000L, 5_000_000L)) {
            meter(milliWh);
            station.advance(Duration.ofSeconds(60));
        }
        assertEquals(List.of("1000", "1000", "0", "1000"),
                values().stream().map(payload -> payload.at("/meterValue/0/sampledValue/0/value").textValue()).toList());
    }

    @Test
    void clockAlignedIntervalsGoOnFromOneTransactionToTheNext() {
        station.keys.put("Core.ClockAlignedDataInterval", 900);
        station.keys.put("Core.MeterValuesAlignedData", "Energy.Active.Import.Interval");
        station.start();
        meter(0);
        station.advance(Duration.ofMinutes(15));
        begin();
        meter(3_000_000);
        station.advance(Duration.ofMinutes(15));
        end(4_000_000);
        meter(4_000_000);
        station.advance(Duration.ofMinutes(15));
        assertEquals(List.of("3000", "1000"), values().stream().filter(payload -> payload.get("connectorId").intValue() == 1)
                .map(payload -> payload.at("/meterValue/0/sampledValue/0/value").textValue()).toList());
    }

    @Test
    void theEndTellsTheSamplesInBetweenEachListByItsKey() {
        station.keys.put("Core.MeterValueSampleInterval", 600);
        station.keys.put("Core.ClockAlignedDataInterval", 900);
        station.keys.put("Core.StopTxnSampledData", "Energy.Active.Import.Register");
        station.keys.put("Core.StopTxnAlignedData", "SoC");
        station.start();
        begin();
        station.advance(Duration.ofMinutes(25));
        end(9_000_000);
        assertEquals(List.of("Transaction.Begin", "Sample.Periodic", "Sample.Clock", "Sample.Periodic", "Transaction.End"),
                contexts(transactionData()));
        assertEquals(List.of("Energy.Active.Import.Register", "SoC"),
                transactionData().findValuesAsText("measurand").stream().distinct().toList());
        List<String> times = transactionData().findValuesAsText("timestamp");
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void theSamplesInBetweenSurviveARestart() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.keys.put("Core.MeterValuesSampledData", "");
        station.start();
        begin();
        station.advance(Duration.ofMinutes(2));
        station.kill();
        station.start();
        station.advance(Duration.ofMinutes(2));
        end(9_000_000);
        assertEquals(6, transactionData().size());
        assertEquals(List.of(), values());
    }

    @Test
    void emptyListsTellNothingAtTheEnd() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.keys.put("Core.StopTxnSampledData", "");
        station.start();
        begin();
        station.advance(Duration.ofMinutes(2));
        end(9_000_000);
        assertTrue(transactionData().isMissingNode());
    }

    @Test
    void aStopThatWouldBeTooLargeIsThinnedOutAndKeepsItsEnds() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.keys.put("Internal.MaxMessageSize", 5000);
        station.start();
        begin();
        station.advance(Duration.ofHours(4));
        end(9_000_000);
        assertTrue(station.backOffice.requests("StopTransaction").get(0).text().length() <= 5000);
        assertTrue(transactionData().size() > 10, "not more is left out than must be: " + transactionData().size());
        List<String> contexts = contexts(transactionData());
        assertEquals("Transaction.Begin", contexts.get(0));
        assertEquals("Transaction.End", contexts.get(contexts.size() - 1));
    }

    @Test
    void theRegisterNeverRunsBackwardsOverLiveValuesAndThoseOfTheJournal() {
        station.keys.put("Core.MeterValueSampleInterval", 20);
        station.start();
        begin();
        for (int i = 1; i <= 30; i++) {
            station.advance(Duration.ofSeconds(7));
            meter(i * 700_000L);
            station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, i * 700_000L);
            station.changed();
            if (i % 7 == 0) {
                station.kill();
                station.start();
            }
        }
        List<Integer> registers = values().stream()
                .map(payload -> Integer.valueOf(payload.at("/meterValue/0/sampledValue/0/value").textValue())).toList();
        assertTrue(registers.size() >= 9, registers.toString());
        assertEquals(registers.stream().sorted().toList(), registers);
    }
}
