package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.journal.Happening;
import dcocpp.controller.internal.journal.Happening.Kind;
import dcocpp.controller.internal.journal.HappeningBookTest;

/** Sessions whose meter is silent, replaced or not there at all. */
class MeterLossTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private static void stop(ChargerFixture charger) {
        charger.command(new ChargerCommand.RemoteStop("s", charger.deadline(SECOND.multipliedBy(5)),
                charger.connector(1).session().transactionId()));
        charger.until("stopped", () -> !charger.journalled(TransactionStopped.class).isEmpty());
    }

    private static long charged(ChargerFixture charger) {
        return charger.journalled(TransactionStopped.class).get(0).meterMilliWh()
                - charger.journalled(TransactionStarted.class).get(0).meterMilliWh();
    }

    private List<String> told() {
        return HappeningBookTest.written(folder).stream().filter(happening -> happening.kind() == Kind.METER).map(Happening::what).toList();
    }

    @Test
    void aMeterThatFallsSilentStopsNoSessionAndItsEnergyIsNeitherLostNorCountedTwice() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.run(SECOND.multipliedBy(10));
            charger.hardware.gun(1).meterSilent = true;
            charger.run(SECOND.multipliedBy(3));
            assertEquals(List.of(FaultCause.METER_STALE), charger.connector(1).faults().stream().map(fault -> fault.cause()).toList());
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertTrue(charger.hardware.gun(1).currentA > 50, "it goes on");
            charger.run(SECOND.multipliedBy(57));
            double flowed = charger.hardware.gun(1).milliWh - 5_000_000;
            assertEquals(flowed, charger.connector(1).session().energyMilliWh(), 0.01 * flowed);
            charger.hardware.gun(1).meterSilent = false;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.run(SECOND.multipliedBy(10));
            stop(charger);
            assertEquals((long) charger.hardware.gun(1).milliWh - 5_000_000, charged(charger), "the register has the last word");
            charger.run(SECOND.multipliedBy(2));
            assertEquals(List.of("register back"), told());
        }
    }

    @Test
    void aSessionThatEndsWhileTheMeterIsSilentIsBilledByVoltageAndCurrentAndTheNextOneNotForTheSameEnergy() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).meterSilent = true;
            charger.run(SECOND.multipliedBy(60));
            stop(charger);
            double flowed = charger.hardware.gun(1).milliWh - 5_000_000;
            assertEquals(flowed, charged(charger), 0.02 * flowed);
            charger.run(SECOND.multipliedBy(5));
            charger.unplug(1);
            charger.run(SECOND);
            charger.hardware.gun(1).meterSilent = false;
            charger.run(SECOND);
            charger.charge(1, "B");
            charger.run(SECOND.multipliedBy(10));
            double both = charger.connector(1).session().energyMilliWh() + charged(charger);
            assertTrue(both <= charger.hardware.gun(1).milliWh - 5_000_000 + 0.02 * flowed, "twice");
        }
    }

    @Test
    void noSessionBeginsWhileTheMeterIsSilent() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.hardware.gun(1).meterSilent = true;
            charger.run(SECOND.multipliedBy(4));
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1), "an idle meter may be read slowly");
            charger.run(SECOND.multipliedBy(2));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals("meter silent: voltage and current count", charger.connector(1).info());
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("A");
            charger.run(SECOND.multipliedBy(20));
            assertEquals(List.of(), charger.journalled());
            assertFalse(charger.hardware.gun(1).closed);
        }
    }

    @Test
    void aShuntNeedsNoMeter() {
        try (ChargerFixture charger = ChargerFixture.withGuns(folder, 1, Map.of("meterSource", "shunt"))) {
            charger.hardware.gun(1).meterSilent = true;
            charger.charge(1, "A");
            charger.run(SECOND.multipliedBy(60));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            stop(charger);
            double flowed = charger.hardware.gun(1).milliWh - 5_000_000;
            assertTrue(flowed > 500_000);
            assertEquals(flowed, charged(charger), 0.01 * flowed);
            MeterSampled last = charger.journalled(MeterSampled.class).stream().filter(sample -> sample.sample().powerW() > 0)
                    .reduce((one, next) -> next).orElseThrow();
            assertEquals(40_000, last.sample().powerW(), 1);
        }
    }

    @Test
    void aCoarseRegisterIsFilledUpBetweenItsStepsAndTransactionsAddUpToIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.hardware.gun(1).meterStepMilliWh = 100_000;
            charger.charge(1, "A");
            charger.run(SECOND.multipliedBy(25));
            double flowed = charger.hardware.gun(1).milliWh - 5_000_000;
            assertEquals(flowed, charger.connector(1).session().energyMilliWh(), 5000, "40 kW for 25 s are two steps and three quarters");
            stop(charger);
            long end = charger.journalled(TransactionStopped.class).get(0).meterMilliWh();
            charger.unplug(1);
            charger.run(SECOND);
            charger.charge(1, "B");
            assertEquals(end, charger.journalled(TransactionStarted.class).get(1).meterMilliWh(), "it begins where the other has ended");
        }
    }

    @Test
    void anotherMeterDuringASessionIsToldAndCountedOnFrom() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.run(SECOND.multipliedBy(10));
            long before = charger.connector(1).session().energyMilliWh();
            charger.hardware.gun(1).milliWh = 1000;
            charger.run(SECOND.multipliedBy(5));
            assertEquals(List.of("new register"), told());
            long after = charger.connector(1).session().energyMilliWh();
            assertTrue(after - before > 25_000 && after - before <= 5 * 11_200, (after - before) + " mWh of 40 kW for 5 s");
        }
    }

    @Test
    void whatWasIntegratedBeforeAKillIsNotCountedAgain() {
        long kept;
        double flowed;
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.hardware.gun(1).meterStepMilliWh = 100_000;
            charger.charge(1, "A");
            charger.run(SECOND.multipliedBy(25));
            flowed = charger.hardware.gun(1).milliWh;
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            kept = again.journalled(TransactionStopped.class).get(0).meterMilliWh();
            again.hardware.gun(1).meterStepMilliWh = 100_000;
            again.hardware.gun(1).milliWh = flowed;
            again.run(SECOND);
            again.charge(1, "B");
            long begun = again.journalled(TransactionStarted.class).get(1).meterMilliWh();
            assertTrue(begun >= kept, begun + " after " + kept);
            assertTrue(begun <= flowed, begun + " where " + flowed + " flowed");
        }
    }
}
