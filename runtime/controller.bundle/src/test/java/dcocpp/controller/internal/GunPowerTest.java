package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;

/** What really flows at one gun of the whole charger, on the physics of the cabinet. */
class GunPowerTest extends PhysicalChargerTest {

    private static final int GUN = 1;

    private void charge(double powerKW) {
        present(GUN, powerKW);
        charger.until("nearly all that the car takes", () -> powerKW() > 0.95 * powerKW);
    }

    private double powerKW() {
        return powerKW(GUN);
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
