package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.journal.JournalReader;
import dcocpp.controller.internal.journal.JournalStoreTest;
import dcocpp.controller.internal.journal.Wear;

/** What modules and contactors are used is accounted, kept and told to the planner. */
class WearTest {

    @TempDir
    Path folder;

    private Map<String, Wear> kept() {
        try (JournalReader reader = new JournalReader(folder.resolve("journal.db"))) {
            return reader.wear().stream().collect(Collectors.toMap(Wear::part, Function.identity()));
        }
    }

    private static ModuleInput planned(ChargerFixture charger, String moduleId) {
        return charger.snapshot().plan().input().slots().stream().flatMap(slot -> slot.modules().stream())
                .filter(module -> module.moduleId().equals(moduleId)).findFirst().orElseThrow();
    }

    private static void end(ChargerFixture charger) {
        CountDownLatch done = new CountDownLatch(1);
        charger.charger.beginStop(done);
        charger.run(Duration.ofSeconds(5));
        assertEquals(0, done.getCount());
    }

    @Test
    void hoursAndOperationsOfASessionAreCountedAndThePlannerHearsOfThem() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "CARD");
            charger.run(Duration.ofMinutes(12));
            String module = charger.connector(1).moduleIds().get(0);
            assertEquals(0.2, planned(charger, module).hours());
            assertEquals(1, planned(charger, module).cycles());
            charger.swipe("CARD");
            charger.until("the end", () -> charger.status(1) == ConnectorStatus.FINISHING);
            charger.run(Duration.ofSeconds(2));
            end(charger);
            Wear used = kept().get(module);
            assertEquals(Wear.Kind.MODULE, used.kind());
            assertEquals(720_000, used.onMillis(), 15_000);
            assertEquals(new Wear(Wear.Kind.CONTACTOR, "GC_1", 0, 2, 0), kept().get("GC_1"));
            assertEquals(new Wear(Wear.Kind.CONTACTOR, "MN_1_0", 0, 2, 0), kept().get("MN_1_0"));
            assertEquals(null, kept().get("GC_2"), "not used");
        }
    }

    @Test
    void anEmergencyOpensUnderLoad() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "CARD");
            charger.run(Duration.ofMinutes(2));
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.EMERGENCY_STOP, "pressed"));
            charger.run(Duration.ofMinutes(2));
            assertEquals(new Wear(Wear.Kind.CONTACTOR, "GC_1", 0, 2, 1), kept().get("GC_1"));
        }
    }

    @Test
    void itIsKeptOnceAMinuteAndNeverFalls() {
        List<Long> seen = new ArrayList<>();
        for (int life = 0; life < 3; life++) {
            // Each life ends with a kill.
            try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
                charger.charge(1, "CARD");
                for (int step = 0; step < 42; step++) {
                    charger.run(Duration.ofSeconds(5));
                    long now = kept().values().stream().filter(wear -> wear.kind() == Wear.Kind.MODULE).mapToLong(Wear::onMillis).sum();
                    if (seen.isEmpty() || seen.get(seen.size() - 1) != now) {
                        seen.add(now);
                    }
                }
            }
        }
        assertEquals(seen.stream().sorted().toList(), seen, "it never falls");
        assertTrue(seen.size() <= 3 * 5, seen.size() + " writes in three lives of three and a half minutes");
        long modules = kept().values().stream().filter(wear -> wear.kind() == Wear.Kind.MODULE && wear.onMillis() > 0).count();
        assertTrue(seen.get(seen.size() - 1) > modules * 3 * 150_000, seen + " of " + modules + " modules: no more than a minute is lost in a life");
    }

    @Test
    void aFullDiskDelaysIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "CARD");
            JournalStoreTest.full(charger.journal, true);
            charger.run(Duration.ofMinutes(5));
            JournalStoreTest.full(charger.journal, false);
            charger.run(Duration.ofMinutes(2));
            assertTrue(kept().get("M1_0").onMillis() > 300_000, kept().toString());
        }
    }
}
