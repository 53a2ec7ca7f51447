package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.planner.PlanningInput;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.controller.internal.config.Configs;
import dcocpp.planjson.PlanningJson;

/** The recorder in a whole controller. */
class RecordingTest {

    private static final Map<String, Object> ON = Map.of("gridLimitKW", "100", "record", true, "recordMaxMB", 1);

    @TempDir
    Path folder;

    private List<PlanningInput> recorded() throws Exception {
        List<PlanningInput> inputs = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("log/planner/inputs.jsonl"))) {
            inputs.add(PlanningJson.readInput(PlanningJson.parse(line)));
        }
        return inputs;
    }

    @Test
    void itIsSwitchedOnAndOffWithoutARestart() throws Exception {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            assertFalse(Files.exists(folder.resolve("log")));
            Configs.modify(charger.site, ON);
            charger.run(Duration.ofSeconds(1));
            assertEquals(10, recorded().size());
            Configs.modify(charger.site, Map.of("gridLimitKW", "100"));
            charger.run(Duration.ofSeconds(1));
            assertEquals(10, recorded().size());
        }
    }

    @Test
    void theSamePlannerMakesTheSamePlansOfTheRecording() throws Exception {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            Configs.modify(charger.site, ON);
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.run(Duration.ofSeconds(5));
            List<PlanningInput> inputs = recorded();
            int compared = 0;
            for (int i = 1; i < inputs.size(); i++) {
                // The answer to a tick's question is known to the planner when it is asked in the next tick: it goes on from its own last
                // plan. A tick that an event adds in between may ask nothing.
                if (inputs.get(i).nowNanos() - inputs.get(i - 1).nowNanos() == ChargerFixture.TICK.toNanos()) {
                    String replayed = PlanningJson.write(new SharingPlanner().plan(inputs.get(i - 1)));
                    assertEquals(replayed, PlanningJson.write(inputs.get(i).current()), "input " + i);
                    compared++;
                }
            }
            assertTrue(compared > 50, compared + " inputs");
            assertTrue(inputs.get(inputs.size() - 1).current().totalPowerW() > 10_000);
        }
    }

    @Test
    void aRecordingThatCannotBeWrittenStopsNobodyFromCharging() throws Exception {
        Files.writeString(folder.resolve("log"), "in the way");
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            Configs.modify(charger.site, ON);
            charger.charge(1, "A");
            charger.run(Duration.ofMinutes(2));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            assertEquals(PlanSnapshot.State.FRESH, charger.snapshot().plan().state());
        }
    }

    @Test
    void theSnapshotHoldsWhatThePlannerKnew() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            PlanSnapshot plan = charger.snapshot().plan();
            assertEquals(new SharingPlanner().plan(plan.input()), plan.plan());
        }
    }
}
