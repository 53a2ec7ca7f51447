package dcocpp.simrun.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.controller.internal.journal.Happening;
import dcocpp.controller.internal.journal.JournalEntry;
import dcocpp.controller.internal.journal.JournalReader;
import dcocpp.simrun.script.ScenarioException;
import dcocpp.simrun.script.Script;

class ScenarioRunTest {

    /** Two cars that share what the grid allows, one of them with an own card, and a third that comes by chance. */
    private static final String TWO_CARS = """
            duration: 20 min
            seed: 5
            site: { gridLimitKW: 120 }
            visits:
              - { at: 10 s, plug: { connector: 1, car: tourer-800, soc: 20 }, idTag: CAFE01 }
              - { at: 4 min, plug: { connector: 2, car: compact-400, soc: 20 }, idTag: CAFE02, stay: 10 min }
            traffic:
              - { to: 10 min, perHour: 20, connectors: 7 }
            """;

    @TempDir
    private Path root;
    private int plays;

    private Report play(String text) throws IOException, ScenarioException {
        plays++;
        Path file = Files.writeString(root.resolve("script-" + plays + ".yaml"), text);
        return ScenarioRun.play(Script.read(file), Files.createDirectory(root.resolve("data-" + plays)), new Frames());
    }

    private ScenarioException refused(String text) {
        return assertThrows(ScenarioException.class, () -> play(text));
    }

    @Test
    void theSameScriptGivesTheSameReportAndAnotherSeedAnother() throws Exception {
        Report first = play("name: same\n" + TWO_CARS);
        assertEquals(first, play("name: same\n" + TWO_CARS));
        assertFalse(first.guns().equals(play("name: same\n" + TWO_CARS.replace("seed: 5", "seed: 6")).guns()));
    }

    @Test
    void raisingTheStepOfACalmSiteChangesNothingThatIsSwitchedAndNoEnergyByMoreThanAThousandth() throws Exception {
        Report leaps = play(TWO_CARS);
        Report ticks = play("everyTick: true\n" + TWO_CARS);
        assertTrue(leaps.ticks() < ticks.ticks() / 2, leaps.ticks() + " of " + ticks.ticks());
        for (int i = 0; i < ticks.guns().size(); i++) {
            assertEquals(ticks.guns().get(i).stopReasons(), leaps.guns().get(i).stopReasons());
            assertEquals(ticks.guns().get(i).milliWh(), leaps.guns().get(i).milliWh(), ticks.guns().get(i).milliWh() / 1000.0);
        }
        assertTrue(leaps.balance().exact() && ticks.balance().exact());
    }

    @Test
    void noMeterIsSilentBecauseTicksAreLeftOut() throws Exception {
        play(TWO_CARS);
        try (JournalReader journal = new JournalReader(root.resolve("data-1/db/journal.db"))) {
            List<JournalEntry> ofMeters = journal.last(JournalReader.Filter.NONE, 10_000).stream().filter(entry ->
                    entry instanceof JournalEntry.Happened happened && happened.happening().kind() == Happening.Kind.METER).toList();
            assertEquals(List.of(), ofMeters);
        }
    }

    @Test
    void whatIsExpectedAndDoesNotComeFails() throws Exception {
        Report report = play(TWO_CARS + """
                expect:
                  - { at: 2 min, status: { connector: 1, is: AVAILABLE } }
                  - { at: 2 min, power: { connector: 1, kW: { max: 10 } } }
                  - { from: 0 s, to: 10 min, siteKW: { is: 0 } }
                  - { energyKWh: { connector: 1, max: 1 } }
                  - { transactions: { connector: 2, count: { is: 7 } } }
                  - { transactions: { reason: EMERGENCY_STOP, count: { min: 1 } } }
                  - { reported: { connector: 1, status: Faulted } }
                  - { visits: { min: 1000 } }
                  - { violations: { min: 1 } }
                  - { idealShare: { max: 1 } }
                  - { delivered: false }
                """);
        assertEquals(List.of(), report.expectations().stream().filter(Report.Outcome::ok).toList());
        assertEquals(11, report.expectations().size());
        assertFalse(report.ok());
        assertTrue(report.expectations().get(0).seen().equals("CHARGING"), report.expectations().get(0).seen());
    }

    @Test
    void whatIsExpectedAndComesIsRight() throws Exception {
        Report report = play(TWO_CARS + """
                expect:
                  - { at: 2 min, status: { connector: 1, is: [CHARGING, SUSPENDED_EV] } }
                  - { from: 0 s, to: 20 min, siteKW: { max: 120.1 } }
                  - { transactions: { connector: 2, reason: LOCAL, count: { is: 1 } } }
                  - { from: 4 min, to: 6 min, reported: { connector: 2, status: Charging, errorCode: NoError } }
                  - { balance: EXACT }
                  - { delivered: true }
                """);
        assertTrue(report.ok(), () -> ReportText.of(report));
        assertTrue(report.balance().metersMilliWh() > 10_000_000, () -> ReportText.of(report));
        assertTrue(report.balance().heatMilliWh() > 0, () -> ReportText.of(report));
    }

    @Test
    void aCarThatIsNotThereCannotBeUnplugged() {
        assertTrue(refused("duration: 1 min\nactions:\n  - { at: 30 s, unplug: 3 }\n").getMessage()
                .endsWith("script-1.yaml:3: actions[0]: at 30 s: connector 3 has no car; plug one in first"));
    }

    @Test
    void aScriptOfAnotherSiteIsToldWhatThereIs() {
        String message = refused("duration: 1 min\nvisits:\n  - { at: 1 s, plug: { connector: 13 } }\n").getMessage();
        assertTrue(message.contains("script-1.yaml:3: visits[0].plug.connector: there is no gun 13; there are [1, 2, 3"), message);
        message = refused("duration: 1 min\nvisits:\n  - { at: 1 s, plug: { connector: 1, car: bus } }\n").getMessage();
        assertTrue(message.contains("visits[0].plug.car: there is no car bus; there are compact-400, "), message);
        message = refused("duration: 1 min\nactions:\n  - { at: 1 s, repair: MC_99 }\n").getMessage();
        assertTrue(message.contains("actions[0]: there is no contactor MC_99; there are GC_1, MC_1, "), message);
        message = refused("duration: 1 min\nexpect:\n  - at: 2 min\n    violations: { is: 0 }\n").getMessage();
        assertTrue(message.contains("script-4.yaml:3: expect[0].at: 0:02:00 is after the end, 0:01:00"), message);
        message = refused("duration: 1 min\nsite: { config: none.json }\n").getMessage();
        assertTrue(message.contains("none.json cannot be used"), message);
        message = refused("duration: 1 min\ncars:\n  - { id: x, batteryKWh: 0.01, maxCurrentA: 1, resistanceMilliOhm: 5,"
                + " voltageV: [[0, 300]], powerKW: [[0, 1]] }\n").getMessage();
        assertTrue(message.contains("cars[0]: car x: battery 10 Wh"), message);
    }

    @Test
    void aPowerCutEndsATransactionWithWhatWasWrittenDownAndLosesNoEnergy() throws Exception {
        Report report = play("""
                duration: 12 min
                visits:
                  - { at: 10 s, plug: { connector: 1, car: tourer-800, soc: 20 }, idTag: CAFE01 }
                actions:
                  - { at: 3 min 7 s, powerCut: 30 s }
                expect:
                  - { transactions: { connector: 1, reason: POWER_LOSS, count: { is: 1 } } }
                  - { balance: EXACT }
                  - { delivered: true }
                """);
        assertTrue(report.ok(), () -> ReportText.of(report));
        assertTrue(report.balance().outsideMilliWh() > 0, () -> ReportText.of(report));
    }
}
