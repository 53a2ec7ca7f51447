package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.session.ConnectorStatus;

/** Which hardware is used, and what is shown until it has said how it is. */
class HardwareChoiceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aChargerThatStartsUpShowsNothingUntilItsHardwareHasSaidHowItIs() {
        try (ChargerFixture charger = new ChargerFixture(folder, 2)) {
            charger.run(SECOND);
            assertTrue(charger.board.latest().isEmpty(), "no hardware yet");
            charger.hardware.condition = HardwareSnapshot.Condition.STARTING;
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(SECOND);
            assertTrue(charger.board.latest().isEmpty(), "hardware that has heard of nothing yet");
            charger.hardware.condition = HardwareSnapshot.Condition.READY;
            charger.until("the first snapshot", () -> charger.board.latest().isPresent());
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void theFieldBusesOfTheHardwareAreShown() {
        try (ChargerFixture charger = new ChargerFixture(folder, 1)) {
            charger.hardware.buses = List.of(new BusState("can0", 54, 482, 3, 1, 2));
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.until("the first snapshot", () -> charger.board.latest().isPresent());
            assertEquals(charger.hardware.buses, charger.snapshot().buses());
        }
    }

    @Test
    void hardwareThatNeverSaysHowItIsIsFaultedAfterTenSeconds() {
        try (ChargerFixture charger = new ChargerFixture(folder, 1)) {
            charger.hardware.condition = HardwareSnapshot.Condition.STARTING;
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(Duration.ofSeconds(9));
            assertTrue(charger.board.latest().isEmpty());
            charger.run(Duration.ofSeconds(2));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
        }
    }

    @Test
    void noHardwareOrTwoOfOneNameIsSaidAndNotGuessed() {
        try (ChargerFixture charger = new ChargerFixture(folder, 1)) {
            charger.run(Duration.ofSeconds(6));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals("no hardware bundle named sim; there is none at all", charger.snapshot().hardwareDetail());
            charger.charger.hardwareCame(new IdealHardware(charger.time), "can");
            charger.charger.hardwareCame(new IdealHardware(charger.time), "acme");
            charger.run(SECOND);
            assertEquals("no hardware bundle named sim; there is acme, can", charger.snapshot().hardwareDetail());
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.charger.hardwareCame(new IdealHardware(charger.time), "sim");
            charger.run(SECOND);
            assertTrue(charger.snapshot().hardwareDetail().contains("2 hardware bundles"), charger.snapshot().hardwareDetail());
            assertFalse(charger.hardware.open);
        }
    }

    @Test
    void theFirstOfTwoIsNotTakenWhileBundlesAreStillBeingStarted() {
        try (ChargerFixture charger = ChargerFixture.starting(folder, 1)) {
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(SECOND);
            charger.charger.hardwareCame(new IdealHardware(charger.time), "sim");
            charger.charger.bundlesStarted();
            charger.run(SECOND);
            assertEquals("2 hardware bundles named sim: uninstall all but one", charger.snapshot().hardwareDetail());
            assertFalse(charger.hardware.open);
        }
    }

    @Test
    void theOnlyOneIsTakenAsSoonAsAllBundlesAreStarted() {
        try (ChargerFixture charger = ChargerFixture.starting(folder, 1)) {
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(SECOND);
            assertFalse(charger.hardware.open);
            charger.charger.bundlesStarted();
            charger.run(Duration.ofMillis(200));
            assertTrue(charger.hardware.open);
        }
    }

    @Test
    void aBundleThatNeverEndsStartingKeepsTheHardwareWaitingForFiveSecondsOnly() {
        try (ChargerFixture charger = ChargerFixture.starting(folder, 1)) {
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(Duration.ofSeconds(4));
            assertFalse(charger.hardware.open);
            charger.run(Duration.ofSeconds(2));
            assertTrue(charger.hardware.open);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void hardwareThatCallsItselfEqualToAnotherIsStillTheSecond() {
        try (ChargerFixture charger = new ChargerFixture(folder, 1)) {
            class Twin extends IdealHardware {
                Twin() {
                    super(charger.time);
                }

                @Override
                public boolean equals(Object other) {
                    return other instanceof Twin;
                }

                @Override
                public int hashCode() {
                    return 1;
                }
            }

            charger.charger.hardwareCame(new Twin(), "sim");
            charger.charger.hardwareCame(new Twin(), "sim");
            charger.run(SECOND);
            assertEquals("2 hardware bundles named sim: uninstall all but one", charger.snapshot().hardwareDetail());
        }
    }

    @Test
    void aSecondHardwareOfTheNameInUseChangesNothingUntilTheFirstGoes() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            IdealHardware second = new IdealHardware(charger.time);
            charger.charger.hardwareCame(second, "sim");
            charger.run(SECOND);
            assertTrue(charger.hardware.open);
            assertFalse(second.open);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            charger.charger.hardwareWent(charger.hardware);
            charger.run(SECOND);
            assertTrue(second.open);
        }
    }
}
