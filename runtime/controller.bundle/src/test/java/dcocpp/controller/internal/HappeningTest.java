package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.journal.Happening;
import dcocpp.controller.internal.journal.Happening.Kind;
import dcocpp.controller.internal.journal.HappeningBookTest;
import dcocpp.controller.internal.journal.JournalEntry;
import dcocpp.controller.internal.journal.JournalReader;
import dcocpp.controller.internal.journal.JournalStoreTest;

/** What the charger writes into its journal beside the transactions. */
class HappeningTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private List<Happening> happenings() {
        return HappeningBookTest.written(folder);
    }

    private List<String> told(Kind... kinds) {
        return happenings().stream().filter(happening -> List.of(kinds).contains(happening.kind()))
                .map(happening -> happening.kind() + " " + happening.connectorId() + " " + happening.what()
                        + (happening.detail().isEmpty() ? "" : ": " + happening.detail())).toList();
    }

    private static void clear(ChargerFixture charger, int connectorId) {
        charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), connectorId));
    }

    @Test
    void aFaultIsTrackedFromItsComingToItsClearing() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.hardware.gun(2).faults = List.of(new Fault(FaultCause.ISOLATION, "12 kOhm"));
            charger.run(SECOND);
            clear(charger, 2);
            charger.run(SECOND);
            charger.hardware.gun(2).faults = List.of();
            charger.run(SECOND);
            clear(charger, 2);
            charger.run(SECOND.multipliedBy(2));
            assertEquals(List.of("FAULT 2 ISOLATION: 12 kOhm",
                    "COMMAND 2 clear faults: failed: the fault is still there: only what is over can be cleared",
                    "COMMAND 2 clear faults: done", "FAULT_GONE 2 ISOLATION"),
                    told(Kind.FAULT, Kind.FAULT_GONE, Kind.COMMAND));
        }
    }

    @Test
    void whatBefallsManyGunsIsOneHappening() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 4)) {
            charger.hardware.gun(3).faults = List.of(new Fault(FaultCause.EMERGENCY_STOP, "pressed"));
            charger.run(SECOND.multipliedBy(2));
            assertEquals(List.of("FAULT 0 SITE_TRIP: connectors 1, 2, 4: EMERGENCY_STOP at connector 3", "FAULT 3 EMERGENCY_STOP: pressed"),
                    told(Kind.FAULT).stream().sorted().toList());
        }
    }

    @Test
    void aDayWithAFlappingFaultStaysShort() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            for (int i = 0; i < 6000; i++) {
                charger.hardware.gun(1).faults = i % 2 == 0 ? List.of(new Fault(FaultCause.OVER_VOLTAGE, "")) : List.of();
                charger.run(ChargerFixture.TICK);
            }
            charger.run(Duration.ofMinutes(2));
            List<Happening> faults = happenings().stream().filter(one -> one.what().equals("OVER_VOLTAGE")).toList();
            assertTrue(faults.size() <= 13, faults.size() + " for ten minutes");
            assertEquals(6000, faults.stream().mapToInt(Happening::times).sum());
        }
    }

    @Test
    void hardwareAndPlannersThatComeAndGoAreTold() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.planner("dcocpp.planner", "1.0.1", charger.planner);
            charger.run(Duration.ofSeconds(20));
            charger.planner("dcocpp.planner", "1.0.2", input -> {
                throw new IllegalStateException("no idea");
            });
            charger.hardware.condition = HardwareSnapshot.Condition.UNAVAILABLE;
            charger.run(Duration.ofSeconds(2));
            charger.charger.bundleChanged("dcocpp.planner 1.0.2", "uninstalled");
            charger.run(Duration.ofSeconds(2));
            assertEquals(List.of("HARDWARE 0 in use: sim", "PLANNER 0 in use: dcocpp.planner 1.0.0",
                    "PLANNER 0 on trial: dcocpp.planner 1.0.1", "PLANNER 0 stands by: dcocpp.planner 1.0.0",
                    "PLANNER 0 in use: dcocpp.planner 1.0.1", "HARDWARE 0 unavailable: sim",
                    "PLANNER 0 on trial: dcocpp.planner 1.0.2",
                    "PLANNER 0 refused: dcocpp.planner 1.0.2: it threw java.lang.IllegalStateException: no idea",
                    "BUNDLE 0 uninstalled: dcocpp.planner 1.0.2"),
                    told(Kind.HARDWARE, Kind.PLANNER, Kind.BUNDLE));
        }
    }

    @Test
    void aSessionStandsBetweenThePlansThatFeedIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "CARD");
            charger.run(Duration.ofMinutes(10));
            charger.swipe("CARD");
            charger.run(Duration.ofSeconds(30));
            try (JournalReader reader = new JournalReader(folder.resolve("journal.db"))) {
                String order = reader.last(JournalReader.Filter.NONE, 100).stream().map(entry -> entry instanceof JournalEntry.Started ? "start"
                        : entry instanceof JournalEntry.Stopped ? "stop" : ((JournalEntry.Happened) entry).happening().kind().name())
                        .filter(kind -> List.of("start", "stop", "PLAN").contains(kind)).collect(Collectors.joining(" "));
                assertTrue(order.matches("start PLAN (PLAN stop|stop PLAN)"), order);
            }
            assertTrue(told(Kind.PLAN).get(0).startsWith("PLAN 0 sharing: gun 1 "), told(Kind.PLAN).get(0));
        }
    }

    @Test
    void beginAndEndOfARunAreThereAndARunWithoutAnEndIsNoticed() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            CountDownLatch done = new CountDownLatch(1);
            charger.charger.beginStop(done);
            charger.run(SECOND);
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.run(SECOND);
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.run(SECOND);
            assertEquals(List.of("STARTED 0 charger started: run boot-1", "ENDED 0 charger ended: run boot-1",
                    "STARTED 0 charger started: run boot-1",
                    "STARTED 0 charger started: run boot-1; the one before was cut off: killed, or a power cut"),
                    told(Kind.STARTED, Kind.ENDED));
        }
    }

    @Test
    void aSessionEndsWhenTheDiskStaysFullLongerThanTheOperatorWants() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1, Map.of("journalFaultSeconds", 60))) {
            charger.charge(1, "A");
            JournalStoreTest.full(charger.journal, true);
            charger.run(Duration.ofSeconds(50));
            assertTrue(charger.hardware.gun(1).currentA > 10);
            charger.run(Duration.ofSeconds(30));
            assertEquals(0, charger.hardware.gun(1).currentA);
            assertEquals(List.of(), charger.journalled(TransactionStopped.class));
            JournalStoreTest.full(charger.journal, false);
            charger.run(Duration.ofSeconds(2));
            assertEquals(StopReason.OTHER, charger.journalled(TransactionStopped.class).get(0).reason());
        }
    }

    @Test
    void onAFullDiskASessionGoesOnNobodyNewBeginsAndNothingBilledIsLost() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.run(Duration.ofMinutes(1));
            JournalStoreTest.full(charger.journal, true);
            charger.run(Duration.ofMinutes(5));
            assertTrue(charger.hardware.gun(1).currentA > 10, "it goes on");
            assertTrue(charger.connector(1).faults().stream().anyMatch(fault -> fault.cause() == FaultCause.JOURNAL), "and says so");
            charger.plug(2);
            charger.swipe("B");
            charger.run(Duration.ofMinutes(1));
            assertEquals(0, charger.hardware.gun(2).currentA, "what cannot be billed is not given");
            charger.swipe("A");
            charger.until("the end", () -> charger.status(1) == ConnectorStatus.FINISHING);
            long meter = charger.connector(1).live().registerMilliWh();
            JournalStoreTest.full(charger.journal, false);
            charger.run(Duration.ofSeconds(5));
            assertEquals(meter, charger.journalled(TransactionStopped.class).get(0).meterMilliWh());
            assertEquals(List.of(), charger.connector(1).faults());
            assertTrue(told(Kind.JOURNAL).get(0).matches("JOURNAL 0 lost: \\d+ happenings were not recorded"), told(Kind.JOURNAL).toString());
        }
    }
}
