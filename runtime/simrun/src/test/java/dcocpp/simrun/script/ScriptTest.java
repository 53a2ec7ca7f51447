package dcocpp.simrun.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.hardware.FaultCause;
import dcocpp.hwsim.internal.physics.Cabinet;

/** Scripts that are wrong, each with the line and what would be right. */
class ScriptTest {

    @TempDir
    private Path root;

    private String wrong(String text) throws IOException {
        Path file = Files.writeString(root.resolve("wrong.yaml"), text);
        String message = assertThrows(ScenarioException.class, () -> Script.read(file)).getMessage();
        return message.replace(root + "/", "");
    }

    @Test
    void aKeyThatIsNotThere() throws Exception {
        assertEquals("wrong.yaml:2: durration: there is no durration here; there is actions, cars, duration, everyTick, expect, name, seed, "
                + "site, start, traffic, visits", wrong("duration: 1 h\ndurration: 1 h\n"));
        assertEquals("wrong.yaml:4: actions[0].swipe.card: there is no card here; there is connector, idTag",
                wrong("duration: 1 h\nactions:\n  - at: 1 s\n    swipe: { connector: 1, idTag: CAFE, card: 4 }\n"));
    }

    @Test
    void aTimeThatIsNone() throws Exception {
        assertEquals("wrong.yaml:1: duration: 'one hour' is no time; numbers with d, h, min, s or ms, such as 1 h 30 min",
                wrong("duration: one hour\n"));
        assertEquals("wrong.yaml:1: start: 'today' is no moment; such as 2026-03-02T06:00:00Z", wrong("start: today\nduration: 1 h\n"));
    }

    @Test
    void aDurationThatIsMissingOrTooLong() throws Exception {
        assertEquals("wrong.yaml:1: duration is missing", wrong("name: x\n"));
        assertEquals("wrong.yaml:1: duration is above 0 and at most 31 d", wrong("duration: 32 d\n"));
    }

    @Test
    void anActionThatDoesNothingOrTwoThings() throws Exception {
        assertEquals("wrong.yaml:3: actions[0]: an action has one thing that happens beside at, and not 0",
                wrong("duration: 1 h\nactions:\n  - { at: 1 s }\n"));
        assertEquals("wrong.yaml:4: actions[1]: an action has one thing that happens beside at, and not 2",
                wrong("duration: 1 h\nactions:\n  - { at: 1 s, unplug: 1 }\n  - { at: 1 s, unplug: 1, pause: 2 }\n"));
        assertEquals("wrong.yaml:3: actions[0]: at is missing: when it happens", wrong("duration: 1 h\nactions:\n  - { unplug: 1 }\n"));
    }

    @Test
    void aCauseThatIsNone() throws Exception {
        assertEquals("wrong.yaml:3: actions[0].fault: cause is something that hardware has, one of " + Cabinet.injectableCauses(),
                wrong("duration: 1 h\nactions:\n  - { at: 1 s, fault: { connector: 1, cause: JOURNAL } }\n"));
        assertEquals("wrong.yaml:3: actions[0].fault.cause: EARTHQUAKE is none of "
                + Arrays.toString(FaultCause.values()),
                wrong("duration: 1 h\nactions:\n  - { at: 1 s, fault: { connector: 1, cause: EARTHQUAKE } }\n"));
    }

    @Test
    void aNumberThatIsNone() throws Exception {
        assertEquals("wrong.yaml:1: seed: 'seven' is no number", wrong("seed: seven\nduration: 1 h\n"));
    }

    @Test
    void anExpectationWithoutAnythingExpectedOrWithAnImpossibleTime() throws Exception {
        assertEquals("wrong.yaml:3: expect[0]: an expectation has one thing that is expected beside its time, and not 0",
                wrong("duration: 1 h\nexpect:\n  - { at: 1 s }\n"));
        assertEquals("wrong.yaml:3: expect[0]: from and to come together",
                wrong("duration: 1 h\nexpect:\n  - { from: 1 s, delivered: true }\n"));
        assertEquals("wrong.yaml:3: expect[0]: only status, power, siteKW and reported may be expected from one time to another; the rest at "
                + "one, or at the end", wrong("duration: 1 h\nexpect:\n  - { from: 1 s, to: 2 s, delivered: true }\n"));
    }

    @Test
    void boundsThatNothingCanKeep() throws Exception {
        assertEquals("wrong.yaml:3: expect[0].violations: min is greater than max",
                wrong("duration: 1 h\nexpect:\n  - { violations: { min: 2, max: 1 } }\n"));
        assertEquals("wrong.yaml:3: traffic[0]: soc has a min and a max between 0 and 100",
                wrong("duration: 1 h\ntraffic:\n  - { perHour: 3, soc: { min: 10 } }\n"));
        assertEquals("wrong.yaml:3: traffic[0]: perHour is one number, or 24",
                wrong("duration: 1 h\ntraffic:\n  - { perHour: [1, 2] }\n"));
    }

    @Test
    void aKeyOfTheProtocolThatIsNone() throws Exception {
        assertEquals("wrong.yaml:2: site: 'HeartbeatInterval' is no key of the protocol; Section.Key, such as Core.MeterValueSampleInterval",
                wrong("duration: 1 h\nsite: { ocpp: { HeartbeatInterval: 5 } }\n"));
    }

    @Test
    void aListWhereOneThingIsMeant() throws Exception {
        assertEquals("wrong.yaml:2: site: here stands { config: …, gridLimitKW: …, ocpp: … }", wrong("duration: 1 h\nsite: 5\n"));
    }

    @Test
    void aKeyThatIsThereTwice() throws Exception {
        assertEquals("wrong.yaml:2: is no YAML: Duplicate field 'duration'", wrong("duration: 1 h\nduration: 2 h\n"));
    }

    @Test
    void whatIsNoYaml() throws Exception {
        assertEquals("wrong.yaml:2: is no YAML: ", wrong("duration: 1 h\nsite: {\n").replaceAll("(?<=wrong.yaml:)\\d+", "2")
                .replaceAll("(?<=YAML: ).*", ""));
    }

    @Test
    void aFileThatIsNotThereOrEmpty() throws Exception {
        Path none = root.resolve("none.yaml");
        assertEquals(none + " cannot be read: there is no such file",
                assertThrows(ScenarioException.class, () -> Script.read(none)).getMessage());
        assertEquals("wrong.yaml is empty", wrong(""));
    }

    @ParameterizedTest
    @CsvSource({"90 s, 90000", "1 h 30 min, 5400000", "1h30min, 5400000", "2 d, 172800000", "250 ms, 250", "1.5 s, 1500", "-10 min, -600000"})
    void aTime(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "h", "5 weeks", "1 h and 5 min", "1 h 5"})
    void noTime(String text) {
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    }
}
