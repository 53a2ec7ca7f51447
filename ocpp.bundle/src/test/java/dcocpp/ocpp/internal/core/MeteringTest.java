package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;

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
}
