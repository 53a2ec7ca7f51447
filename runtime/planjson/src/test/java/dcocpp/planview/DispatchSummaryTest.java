package dcocpp.planview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.hardware.ContactorState.Position;

class DispatchSummaryTest {

    private static void assertLimited(Rings ring, Limit limit, String why) {
        GunDispatch gun = ring.summary().guns().get(0);
        assertEquals(limit, gun.limit());
        assertEquals(why, gun.why());
    }

    @Test
    void aVehicleThatGetsWhatItAsksForIsLimitedByItself() {
        assertLimited(new Rings(3).gun(1, 50_000, 60_000, 200).island(1, 50_000, List.of(1), "M1_0", "M1_1"), Limit.DEMAND,
                "the vehicle asks for no more");
    }

    @Test
    void theLimitsOfTheGunAreNamedWithTheirValue() {
        assertLimited(new Rings(3).gun(1, 80_000, 40_000, 200).island(1, 40_000, List.of(1), "M1_0", "M1_1"), Limit.POWER_LIMIT,
                "the power limit of the gun, 40.0 kW");
        assertLimited(new Rings(3).gun(1, 80_000, 60_000, 40).island(1, 32_000, List.of(1), "M1_0", "M1_1"), Limit.CURRENT_LIMIT,
                "the current limit of the gun, 40.0 A at 800 V");
    }

    @Test
    void theSiteLimitsWhoCouldHaveMoreFromTheSameBus() {
        Rings ring = new Rings(3).gun(1, 80_000, 90_000, 200).gun(2, 80_000, 90_000, 200)
                .island(1, 30_000, List.of(1), "M1_0").island(2, 30_000, List.of(2), "M2_0");
        ring.gridLimitW = 60_000;
        assertLimited(ring, Limit.GRID, "the limit of the site, 60.0 kW");
        ring.gridLimitW = 100_000;
        assertLimited(ring, Limit.PLANNER, "the planner, which keeps what is switched");
    }

    @Test
    void aFreeSlotThatIsNotJoinedIsThePlannersDecision() {
        Rings ring = new Rings(3).gun(1, 120_000, 150_000, 500).island(1, 60_000, List.of(1), "M1_0", "M1_1");
        assertLimited(ring, Limit.PLANNER, "the planner, which keeps what is switched");
        ring.gridLimitW = 60_000;
        assertLimited(ring, Limit.GRID, "the limit of the site, 60.0 kW");
        ring.gridLimitW = 100_000;
        ring.kept.addAll(List.of(2, 3));
        assertLimited(ring, Limit.MODULES, "the modules it can reach: clockwise slot 2 is not lendable: a vehicle, a reservation or a fault, "
                + "counter-clockwise slot 3 is not lendable: a vehicle, a reservation or a fault");
    }

    @Test
    void aGunThatTakesNothingIsIdle() {
        assertLimited(new Rings(3).idleGun(1), Limit.IDLE, "it takes no energy");
    }

    @Test
    void aGunWithTheMostModulesIsLimitedByThatSetting() {
        assertLimited(new Rings(3).gun(1, 200_000, 400_000, 500)
                .island(1, 120_000, List.of(1, 2), "M1_0", "M1_1", "M2_0", "M2_1"), Limit.MODULES,
                "a gun may have 4 modules (maxModulesPerGun)");
    }

    @Test
    void aGunThatMayOnlyUseItsOwnSlotSaysSo() {
        Rings ring = new Rings(3).gun(1, 200_000, 400_000, 500).island(1, 60_000, List.of(1), "M1_0", "M1_1");
        ring.crossSlotIslands = false;
        assertLimited(ring, Limit.MODULES, "the modules it can reach: islands of several slots are switched off (allowCrossSlotIslands)");
    }

    @Test
    void aGunWithoutAModuleSaysWhatEndsItsReach() {
        Rings ring = new Rings(3).gun(1, 60_000, 60_000, 200).gun(2, 60_000, 60_000, 200).island(2, 60_000, List.of(2), "M2_0", "M2_1");
        ring.unusable.addAll(List.of("M1_0", "M1_1"));
        ring.kept.add(3);
        assertLimited(ring, Limit.NO_MODULES, "no module: clockwise slot 2 is the home of gun 2, which takes energy, "
                + "counter-clockwise slot 3 is not lendable: a vehicle, a reservation or a fault");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kept       | slot 2 is not lendable: a vehicle, a reservation or a fault",
        "stuckMc    | slot 2 cannot be joined: MC_1 does not close",
        "closedGc   | slot 2 cannot be joined: GC_2 is closed",
        "weldedGc   | slot 2 cannot be joined: GC_2 is closed",
        "unknownGc  | slot 2 cannot be joined: GC_2 gives no feedback",
        "weldedMn   | slot 2 cannot be joined: MN_2_1 is welded",
        "home       | slot 2 is not used: islands of several slots are switched off (allowCrossSlotIslands)",
        "unusable   | slot 2 has no usable module, and behind it slot 3 is free",
        "stuckMn    | slot 2 has no usable module, and behind it slot 3 is free",
        "desert     | slots 2 3 4 have no usable module, and behind them nothing is left",
        "blocked    | slots 2 3 have no usable module, and behind them slot 4 is not lendable: a vehicle, a reservation or a fault",
        "far        | slot 2 has no usable module, and behind it slot 3 is beyond maxIslandRadius 1",
        "lent       | slot 2 feeds gun 3",
        "open       | slot 2 is free"})
    void whatEndsAnIslandIsNamed(String what, String why) {
        Rings ring = new Rings(4).gun(1, 120_000, 150_000, 500).island(1, 60_000, List.of(1), "M1_0", "M1_1");
        switch (what) {
            case "kept" -> ring.kept.add(2);
            case "stuckMc" -> ring.contactor("MC_1", Position.OPEN, false, true);
            case "closedGc" -> ring.contactor("GC_2", Position.CLOSED, false, false);
            case "weldedGc" -> ring.contactor("GC_2", Position.OPEN, true, false);
            case "unknownGc" -> ring.contactors.remove("GC_2");
            case "weldedMn" -> ring.contactor("MN_2_1", Position.CLOSED, true, false);
            case "home" -> ring.crossSlotIslands = false;
            case "unusable" -> ring.unusable.addAll(List.of("M2_0", "M2_1"));
            case "desert" -> ring.unusable.addAll(List.of("M2_0", "M2_1", "M3_0", "M3_1", "M4_0", "M4_1"));
            case "blocked" -> {
                ring.unusable.addAll(List.of("M2_0", "M2_1", "M3_0", "M3_1"));
                ring.kept.add(4);
            }
            case "far" -> {
                ring.unusable.addAll(List.of("M2_0", "M2_1"));
                ring.radius = 1;
            }
            case "stuckMn" -> List.of("MN_2_0", "MN_2_1").forEach(name -> ring.contactor(name, Position.OPEN, false, true));
            case "lent" -> ring.gun(3, 90_000, 90_000, 200).island(3, 90_000, List.of(2, 3), "M2_0", "M3_0", "M3_1");
            default -> { }
        }
        assertEquals(why, Reach.end(new Site(ring.input(), ring.plan()), 1, true).orElseThrow().words());
    }

    @Test
    void theRadiusEndsAnIslandOnEitherSide() {
        Rings ring = new Rings(6).gun(2, 300_000, 400_000, 500).island(2, 60_000, List.of(1, 2, 3), "M2_0", "M2_1");
        ring.radius = 1;
        Site site = new Site(ring.input(), ring.plan());
        assertEquals("slot 4 is beyond maxIslandRadius 1", Reach.end(site, 2, true).orElseThrow().words());
        assertEquals("slot 6 is beyond maxIslandRadius 1", Reach.end(site, 2, false).orElseThrow().words());
        ring.radius = 2;
        assertEquals("slot 4 is free", Reach.end(new Site(ring.input(), ring.plan()), 2, true).orElseThrow().words());
    }

    @Test
    void theLineOfTheLogNamesWhoGotWhatAndWhyNotMore() {
        Rings ring = new Rings(4).gun(1, 120_000, 150_000, 500).gun(3, 50_000, 60_000, 200).idleGun(4)
                .island(1, 90_000, List.of(1, 2), "M1_0", "M1_1", "M2_0").island(3, 50_000, List.of(3), "M3_0", "M3_1");
        ring.gridLimitW = 140_000;
        assertEquals("gun 1 90.0 kW of 120.0 kW from M1_0 M1_1 M2_0 in slots 1 2 (the limit of the site, 140.0 kW); "
                + "gun 3 50.0 kW of 50.0 kW from M3_0 M3_1; together 140.0 kW of 140.0 kW", ring.summary().line());
        assertEquals("no gun takes energy; together 0.0 kW of unlimited", new Rings(4).idleGun(1).summary().line());
    }

    @Test
    void aPlanThatNamesWhatIsNotThereIsSummedUpAllTheSame() {
        Rings ring = new Rings(3).gun(1, 60_000, 60_000, 200).island(1, 60_000, List.of(1, 99), "M1_0", "nobody");
        GunDispatch gun = ring.summary().guns().get(0);
        assertEquals(List.of(1, 99), gun.slotIds());
        assertEquals(30_000, gun.capacityW());
    }
}
