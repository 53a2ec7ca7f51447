package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.TokenRead;
import dcocpp.planner.internal.RingPlanner;

/** What really flows at one gun of the whole charger, on the physics of the cabinet. */
class GunPowerTest {

    private static final int GUN = 1;

    @TempDir
    Path folder;

    private PhysicalHardware hardware;
    private ChargerFixture charger;

    @BeforeEach
    void start() {
        charger = ChargerFixture.on(folder, 6, 400, time -> hardware = new PhysicalHardware(time), new RingPlanner());
    }

    @AfterEach
    void nothingBrokeARule() {
        charger.close();
        assertEquals(List.of(), hardware.violations());
    }

    private void charge(double powerKW) {
        hardware.plug(GUN, powerKW);
        charger.run(Duration.ofSeconds(1));
        charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, "T", GUN, charger.time.nanoTime()));
        charger.until("nearly all that the car takes", () -> powerKW() > 0.95 * powerKW);
    }

    private double powerKW() {
        return hardware.truth(GUN).powerW() / 1000;
    }

    @Test
    void aGunOnItsOwnSlotGetsAllThatItsModulesGive() {
        charge(58);
        assertEquals(List.of(1), charger.connector(GUN).slotIds());
        assertEquals(2, charger.connector(GUN).moduleIds().size());
    }

    @Test
    void aHotConnectorGetsLessAndAllOfItAgainWhenItHasCooledDown() {
        charge(50);
        hardware.cabinet().fault(GUN, FaultCause.CONNECTOR_TEMPERATURE, 85, "");
        charger.run(Duration.ofSeconds(20));
        assertTrue(powerKW() > 20 && powerKW() < 25.5, "half way between derating and trip: " + powerKW() + " kW");
        assertEquals(List.of(), charger.connector(GUN).faults());
        hardware.cabinet().clear(GUN, Optional.empty());
        charger.until("all of it again", () -> powerKW() > 47.5);
    }

    @Test
    void aHotModuleGivesLessAndTheOthersTheRest() {
        charge(58);
        hardware.cabinet().fault(GUN, FaultCause.MODULE_TEMPERATURE, 80, "M1_0");
        charger.until("the hot one half of its rating", () -> moduleKW("M1_0") < 15.5);
        charger.until("others the rest", () -> powerKW() > 55);
        assertTrue(moduleKW("M1_0") < 15.5, moduleKW("M1_0") + " kW");
    }

    private double moduleKW(String id) {
        return hardware.truth(GUN).modules().stream().filter(module -> module.id().equals(id))
                .mapToDouble(module -> module.voltageV() * module.currentA() / 1000).findFirst().orElseThrow();
    }
}
