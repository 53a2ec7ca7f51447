package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.hwsim.internal.physics.Violation.Kind;

class ViolationTest {

    private final Rig rig = new Rig(3);

    private List<Kind> kinds() {
        return rig.cabinet.violations().stream().map(Violation::kind).toList();
    }

    @Test
    void openingUnderLoadIsSeen() {
        rig.session(1, "compact-400", 20, 100);
        rig.gun(1).close = false;
        rig.run(200);

        Violation violation = rig.cabinet.violations().get(0);
        assertEquals(Kind.OPENED_UNDER_LOAD, violation.kind());
        assertEquals("GC_1", violation.where());
        assertEquals(1, violation.connectorId());
        assertTrue(violation.detail().startsWith("100.0 A"), violation.detail());
    }

    @Test
    void openingAModuleUnderLoadIsSeen() {
        rig.session(1, "compact-400", 20, 100);
        rig.module("M1_0", false, true, 400, 50);
        rig.run(200);
        assertEquals(List.of(Kind.OPENED_UNDER_LOAD), kinds());
        assertEquals("MN_1_0", rig.cabinet.violations().get(0).where());
    }

    @Test
    void openingAfterTheCurrentHasGoneIsFine() {
        rig.session(1, "compact-400", 20, 100);
        rig.charge(1, 0, 500);
        rig.gun(1).close = false;
        rig.run(200);
        rig.modules.clear();
        rig.run(500);
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void closingTheGunOnADeadBusIsSeen() {
        rig.plug(1, "compact-400", 20);
        rig.makeReady(1);
        rig.gun(1).close = true;
        rig.run(200);
        assertEquals(List.of(Kind.VOLTAGE_DIFFERENCE), kinds());
    }

    @Test
    void closingTheGunWithoutCarAndLockIsSeen() {
        rig.gun(1).authorization = Authorization.GRANTED;
        rig.gun(1).close = true;
        rig.run(200);
        assertEquals(List.of(Kind.CLOSED_WITHOUT_LOCK, Kind.CLOSED_WITHOUT_REQUEST), kinds());
    }

    @Test
    void closingTheGunWithoutGrantIsRefusedAndSeenOnce() {
        rig.gun(1).close = true;
        rig.run(2000);
        assertEquals(List.of(Kind.CLOSED_WITHOUT_AUTHORIZATION), kinds());
        assertFalse(rig.closed("GC_1"));
        rig.gun(1).close = false;
        rig.run(200);
        rig.gun(1).close = true;
        rig.run(200);
        assertEquals(List.of(Kind.CLOSED_WITHOUT_AUTHORIZATION, Kind.CLOSED_WITHOUT_AUTHORIZATION), kinds());
    }

    @Test
    void aGrantThatIsTakenBackLeavesTheContactorToTheHost() {
        rig.session(1, "compact-400", 20, 100);
        rig.gun(1).authorization = Authorization.DENIED;
        rig.charge(1, 0, 1000);
        assertTrue(rig.closed("GC_1"), "the host takes the current down before it opens");
        assertEquals(List.of(), kinds());
    }

    @Test
    void closingTheGunWithoutGrantIsSeenWhateverElseIsRight() {
        rig.session(1, "compact-400", 20, 100);
        rig.charge(1, 0, 500);
        rig.gun(1).close = false;
        rig.run(200);
        rig.gun(1).authorization = Authorization.DENIED;
        rig.gun(1).close = true;
        rig.run(200);
        assertTrue(kinds().contains(Kind.CLOSED_WITHOUT_AUTHORIZATION), kinds().toString());
    }

    @Test
    void moduleOnALiveBusOfAnotherVoltageIsSeen() {
        rig.session(1, "compact-400", 20, 50);
        rig.charge(1, 0, 500);
        rig.module("M1_1", false, true, 200, 0);
        rig.run(3000);
        rig.module("M1_1", true, true, 200, 0);
        rig.run(200);
        assertEquals(List.of(Kind.VOLTAGE_DIFFERENCE), kinds());
        assertEquals("MN_1_1", rig.cabinet.violations().get(0).where());
    }

    @Test
    void joiningTwoLiveBusesIsSeenAndTwoGunsOnOneIslandToo() {
        rig.session(1, "compact-400", 20, 50);
        rig.session(2, "tourer-800", 20, 50);
        rig.busContactors.add("MC_1");
        rig.run(200);
        assertEquals(List.of(Kind.VOLTAGE_DIFFERENCE, Kind.TWO_GUNS_ON_ISLAND), kinds());
    }

    @Test
    void moreCurrentThanTheCableCarriesIsSeenOnce() {
        // The cable is made for 400 A; the truck takes 500.
        Rig seven = new Rig(7);
        seven.session(1, "truck-800", 20, 50);
        for (int slot = 2; slot <= 6; slot++) {
            seven.module("M" + slot + "_0", true, true, seven.state(1).presentVoltageV(), 0);
            seven.module("M" + slot + "_1", true, true, seven.state(1).presentVoltageV(), 0);
        }
        seven.run(3000);
        seven.busContactors.addAll(List.of("MC_1", "MC_2", "MC_3", "MC_4", "MC_5"));
        seven.run(200);
        seven.gun(1).offerCurrentA = 500;
        for (int slot = 1; slot <= 6; slot++) {
            seven.module("M" + slot + "_0", true, true, seven.state(1).targetVoltageV() + 20, 100);
            seven.module("M" + slot + "_1", true, true, seven.state(1).targetVoltageV() + 20, 100);
        }
        seven.run(5000);
        assertTrue(seven.state(1).presentCurrentA() > 404, seven.state(1).toString());
        assertEquals(List.of(Kind.CABLE_OVERLOADED), seven.cabinet.violations().stream().map(Violation::kind).toList());
        assertEquals("GC_1", seven.cabinet.violations().get(0).where());
    }

    @Test
    void neighboursModuleIsLentAndTakenBackWithoutViolation() {
        rig.session(1, "compact-400", 20, 50);
        double voltageV = rig.state(1).presentVoltageV();
        rig.module("M2_0", true, true, voltageV, 0);
        rig.run(3000);
        rig.busContactors.add("MC_1");
        rig.run(200);
        rig.gun(1).offerCurrentA = 110;
        rig.module("M2_0", true, true, rig.state(1).targetVoltageV(), 60);
        rig.run(1000);
        assertEquals(110, rig.state(1).presentCurrentA(), 0.01);
        assertTrue(rig.moduleState("M2_0").currentA() > 50);
        assertEquals(List.of(), rig.cabinet.violations());

        rig.busContactors.clear();
        rig.run(200);
        assertEquals(List.of(Kind.OPENED_UNDER_LOAD), kinds(), "the current of the lent module runs through MC_1");
        assertEquals("MC_1", rig.cabinet.violations().get(0).where());
    }

    @Test
    void busContactorThatCarriesNothingMayOpenWhileTheGunCharges() {
        rig.session(1, "compact-400", 20, 50);
        rig.busContactors.add("MC_1");
        rig.busContactors.add("MC_2");
        rig.run(200);
        rig.busContactors.clear();
        rig.run(200);
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void inAClosedRingTheCurrentTakesBothWays() {
        rig.session(1, "compact-400", 20, 50);
        double voltageV = rig.state(1).presentVoltageV();
        rig.module("M2_0", true, true, voltageV, 0);
        rig.run(3000);
        rig.busContactors.addAll(List.of("MC_1", "MC_2", "MC_3"));
        rig.run(200);
        rig.module("M2_0", true, true, rig.state(1).targetVoltageV(), 60);
        rig.gun(1).offerCurrentA = 110;
        rig.run(1000);

        // Slot 2 is one piece of bus away counter-clockwise and two clockwise: a third of its current runs through MC_3.
        rig.busContactors.remove("MC_3");
        rig.run(200);
        assertEquals(List.of(Kind.OPENED_UNDER_LOAD), kinds());
        double amperes = Double.parseDouble(rig.cabinet.violations().get(0).detail().replace(" A", ""));
        assertEquals(rig.moduleState("M2_0").currentA() / 3, amperes, 0.2);
    }
}
