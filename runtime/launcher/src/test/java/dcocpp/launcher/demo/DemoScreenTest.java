package dcocpp.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.csms.OcppMessage;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoScreenTest {

    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final String STATUS = """
            {"csms": {"state": "accepted"}, "plan": {"totalPowerW": 118250, "gridLimitW": 720000}, "connectors": [
            {"id": 1, "status": "Charging", "plugged": true, "faults": [], "moduleIds": ["M1_0", "M2_0"],
             "live": {"powerW": 118250, "socPercent": 42.3}, "session": {"transactionActive": true, "energyMilliWh": 12345678}},
            {"id": 2, "status": "Available", "plugged": false, "faults": [], "moduleIds": [], "live": {"socPercent": 80}},
            {"id": 3, "status": "Faulted", "plugged": true, "faults": [{"cause": "isolation", "detail": ""}], "moduleIds": [], "live": {}}]}
            """;
    private static final String PLAN = "{\"ring\": [\" [  1] ##   gun 1 118.2 kW\", \"   =   MC_1 closed\", \"module # feeding\"]}";
    private static final String CABINET = "{\"connectors\": [{\"connectorId\": 1, \"car\": {\"id\": \"tourer-800\"}}, {\"connectorId\": 2, "
            + "\"car\": null}]}";

    private static DemoScreen.View view(int messages) throws Exception {
        return new DemoScreen.View(AT, 20, json(STATUS), json(PLAN), json(CABINET), IntStream.rangeClosed(1, messages)
                .mapToObj(number -> new OcppMessage(number, AT, "x", OcppMessage.Direction.FROM_CHARGER, OcppMessage.Kind.CALL, "m" + number,
                        "MeterValues", "{\"connectorId\":" + number + "}", "")).toList());
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aHighTerminalHasGunsRingAndMessages() throws Exception {
        assertEquals(List.of(
                "12:00:00  20 times the clock  1 guns charge with 118.3 of 720 kW  back office accepted",
                "",
                "gun  status         state of charge                    power      energy  car          modules",
                "  1  Charging       [########------------]  42.3 %  118.3 kW  12.346 kWh  tourer-800   M1_0 M2_0",
                "  2  Available",
                "  3  Faulted                                                                           isolation",
                "",
                " [  1] ##   gun 1 118.2 kW",
                "   =   MC_1 closed",
                "module # feeding",
                "",
                "12:00:00.000  charger -> CSMS  MeterValues               connectorId=1"), DemoScreen.lines(view(1), 40, 120));
    }

    @Test
    void ofManyMessagesTheLastAreShown() throws Exception {
        List<String> lines = DemoScreen.lines(view(30), 40, 120);
        assertTrue(lines.get(lines.size() - 1).endsWith("connectorId=30"), lines::toString);
        assertEquals(8, lines.stream().filter(line -> line.contains("MeterValues")).count());
    }

    @Test
    void onALowTerminalTheRingGoesFirstAndNothingIsHigherThanIt() throws Exception {
        for (int rows = 1; rows < 40; rows++) {
            List<String> lines = DemoScreen.lines(view(30), rows, 120);
            assertTrue(lines.size() <= Math.max(1, rows - 1), rows + " rows: " + lines);
        }
        List<String> low = DemoScreen.lines(view(30), 12, 120);
        assertFalse(low.toString().contains("MC_1"), low::toString);
        assertTrue(low.toString().contains("connectorId=30") && low.toString().contains("Faulted"), low::toString);
    }

    @Test
    void onANarrowTerminalLinesAreCutOff() throws Exception {
        assertTrue(DemoScreen.lines(view(3), 40, 30).stream().allMatch(line -> line.length() <= 30));
    }

    @Test
    void withoutTerminalOneLineSaysIt() throws Exception {
        assertEquals("12:00:00  20 times the clock  1 guns charge with 118.3 of 720 kW  back office accepted  1: 42 % 118.3 kW",
                DemoScreen.summary(view(0)));
    }

    @Test
    void beforeTheFirstPlanThereIsNoRing() throws Exception {
        DemoScreen.View early = new DemoScreen.View(AT, 20, json("{\"available\": false}"), json("{\"error\": \"no plan\"}"), json("{}"),
                List.of());
        assertEquals(3, DemoScreen.lines(early, 40, 120).size());
    }

    @Test
    void theSizeOfATerminalIsReadAndNonsenseIsNot() {
        assertEquals(new Terminal.Size(24, 80), Terminal.Size.of("24 80\n"));
        for (String nonsense : List.of("", "24", "0 0", "a b", "99999 80", "stty: standard input")) {
            assertEquals(Terminal.Size.USUAL, Terminal.Size.of(nonsense));
        }
    }
}
