package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** Four slots of two 30 kW modules; guns 1 and 3 charge, slots 2 and 4 are idle. Each test breaks one rule. */
class PlanGuardTest {

    private static final Island GUN_1 = island(1, List.of(1, 2), List.of("M1_0", "M1_1", "M2_0"), 90_000);
    private static final Island GUN_3 = island(3, List.of(3), List.of("M3_0", "M3_1"), 60_000);

    private boolean crossSlot = true;
    private int radius = 6;
    private double gridW = 200_000;
    private List<ContactorInput> contactors = new ArrayList<>();

    private static Island island(int gun, List<Integer> slots, List<String> modules, double powerW) {
        return new Island(gun, slots, modules, powerW, powerW / 800, 800, Island.Reason.DEMAND);
    }

    private PlanningInput input() {
        List<SlotInput> slots = new ArrayList<>();
        List<GunInput> guns = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
            slots.add(new SlotInput(id, id, "GC_" + id, "MC_" + id, id % 4 + 1, id == 2 || id == 4,
                    List.of(module(id, 0, true), module(id, 1, id != 4))));
            guns.add(new GunInput(id, id == 1 || id == 3, 100_000, 100_000, 200, 800, 1));
        }
        PlannerSettings settings = new PlannerSettings(crossSlot, 4, 1, radius, 0, 0, 0, 0, 0, 0, 0, false);
        return new PlanningInput(0, settings, gridW, slots, guns, contactors,
                Plan.EMPTY);
    }

    private static ModuleInput module(int slot, int index, boolean usable) {
        return new ModuleInput("M" + slot + "_" + index, "MN_" + slot + "_" + index, 30_000, usable, 0, 30);
    }

    private Optional<String> check(Plan plan) {
        return PlanGuard.violation(input(), plan);
    }

    private static Plan plan(Set<String> closed, Island... islands) {
        return new Plan(Arrays.asList(islands), closed, PlannerMemory.NONE);
    }

    private void refused(String expected, Plan plan) {
        Optional<String> violation = check(plan);
        assertTrue(violation.isPresent() && violation.get().contains(expected), () -> "expected «" + expected + "», got " + violation);
    }

    @Test
    void aPlanWithinTheRulesPasses() {
        assertEquals(Optional.empty(), check(plan(Set.of("MC_1"), GUN_1, GUN_3)));
    }

    @Test
    void noPlanIsRefused() {
        refused("no plan", null);
    }

    @Test
    void aGunThatTakesNoEnergyGetsNoIsland() {
        refused("takes no energy", plan(Set.of(), island(2, List.of(2), List.of("M2_0"), 1000)));
    }

    @Test
    void twoIslandsForOneGunAreRefused() {
        refused("two islands", plan(Set.of(), GUN_3, island(3, List.of(4), List.of("M4_0"), 1000)));
    }

    @Test
    void anIslandContainsItsHomeSlot() {
        refused("home slot", plan(Set.of(), island(1, List.of(2), List.of("M2_0"), 1000)));
    }

    @Test
    void aSlotIsInOneIslandOnly() {
        refused("in two islands", plan(Set.of("MC_1", "MC_2"), GUN_1, island(3, List.of(2, 3), List.of("M3_0"), 1000)));
    }

    @Test
    void aSlotThatMustNotBeLentIsNotLent() {
        refused("lent although", plan(Set.of("MC_1", "MC_2"), island(1, List.of(1, 2, 3), List.of("M1_0"), 1000)));
    }

    @Test
    void slotsFollowEachOtherClockwise() {
        refused("do not follow", plan(Set.of(), island(1, List.of(1, 4), List.of("M1_0"), 1000)));
    }

    @Test
    void borrowingNeedsPermission() {
        crossSlot = false;
        refused("not allowed", plan(Set.of("MC_1"), GUN_1));
    }

    @Test
    void aModuleIsUsableUsedOnceAndInTheIsland() {
        refused("used twice", plan(Set.of(), island(3, List.of(3), List.of("M3_0", "M3_0"), 1000)));
        refused("cannot be used", plan(Set.of("MC_3"), island(3, List.of(3, 4), List.of("M4_1"), 1000)));
        refused("does not exist", plan(Set.of(), island(3, List.of(3), List.of("M9_9"), 1000)));
        refused("not in a slot", plan(Set.of(), island(3, List.of(3), List.of("M1_0"), 1000)));
    }

    @Test
    void powerStaysWithinModulesGunAndSite() {
        refused("of modules for", plan(Set.of(), island(3, List.of(3), List.of("M3_0"), 30_100)));
        refused("more than its limits", plan(Set.of("MC_1"), island(1, List.of(1, 2), List.of("M1_0", "M1_1", "M2_0", "M2_1"), 110_000)));
        gridW = 140_000;
        refused("all guns together", plan(Set.of("MC_1"), GUN_1, GUN_3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void nonsenseNumbersAreRefused(double power) {
        refused("gets", plan(Set.of(), new Island(3, List.of(3), List.of("M3_0"), power, 1, 800, Island.Reason.DEMAND)));
    }

    @Test
    void noTwoGunsShareABus() {
        refused("joined on one bus", plan(Set.of("MC_1", "MC_2"), GUN_1, GUN_3));
    }

    @Test
    void aWeldedBusContactorJoinsWhateverThePlanSays() {
        contactors = List.of(new ContactorInput("MC_2", Position.CLOSED, true, false, 0));
        refused("joined on one bus", plan(Set.of("MC_1"), GUN_1, GUN_3));
    }

    @Test
    void aWeldedGunContactorCountsAsAGunOnItsBus() {
        contactors = List.of(new ContactorInput("GC_2", Position.CLOSED, true, false, 0));
        refused("joined on one bus", plan(Set.of("MC_1"), GUN_1, GUN_3));
    }

    @Test
    void aGunContactorWithoutFeedbackCountsAsClosedOnAJoinedBus() {
        contactors = List.of(new ContactorInput("GC_2", Position.UNKNOWN, false, false, 0));
        refused("joined on one bus", plan(Set.of("MC_1"), GUN_1, GUN_3));
    }

    private void excused(String expected, Plan plan) {
        refused(expected, plan);
        assertTrue(PlanGuard.excused(input(), plan));
    }

    @Test
    void twoClosedGunsOnAWeldedBusGetNothingAndTheOthersGoOn() {
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, true, false, 0),
                new ContactorInput("GC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_2", Position.CLOSED, false, false, 0));
        excused("joined on one bus", plan(Set.of(), island(1, List.of(1), List.of("M1_0"), 1000)));
        excused("joined on one bus", plan(Set.of("MC_1"), GUN_1, GUN_3));
        assertEquals(Optional.empty(), check(Plan.EMPTY));
        assertEquals(Optional.empty(), check(plan(Set.of("MC_1"), GUN_3)), "it cannot be cut");
    }

    @Test
    void silentGunsBesideAWeldedBusContactorCostNobodyElseHisPlan() {
        contactors = new ArrayList<>(List.of(new ContactorInput("MC_1", Position.UNKNOWN, true, false, 0),
                new ContactorInput("GC_1", Position.UNKNOWN, false, false, 0),
                new ContactorInput("GC_2", Position.UNKNOWN, false, false, 0)));
        assertEquals(Optional.empty(), check(plan(Set.of(), GUN_3)));
        excused("connectors [1, 2] are joined", plan(Set.of(), island(1, List.of(1), List.of("M1_0"), 1000)));
    }

    @Test
    void planThatJoinsOneGunMoreToThoseThatAreJoinedAnywayIsRefused() {
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, true, false, 0),
                new ContactorInput("GC_1", Position.UNKNOWN, false, false, 0),
                new ContactorInput("GC_2", Position.UNKNOWN, false, false, 0),
                new ContactorInput("GC_4", Position.UNKNOWN, false, false, 0));
        blamed("connectors [1, 2, 4] are joined", plan(Set.of("MC_4"), GUN_3));
        blamed("connectors [1, 2, 3] are joined", plan(Set.of("MC_2"), GUN_3));
    }

    @Test
    void planThatIsWrongBesideWhatIsSoAnywayIsWrong() {
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, true, false, 0),
                new ContactorInput("GC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_2", Position.CLOSED, false, false, 0));
        blamed("does not exist", plan(Set.of(), island(1, List.of(1), List.of("M9_9"), 1000)));
        blamed("cannot be used", plan(Set.of("MC_1"), GUN_1, island(3, List.of(3), List.of("M4_1"), 1000)));
    }

    private void blamed(String expected, Plan plan) {
        refused(expected, plan);
        assertFalse(PlanGuard.excused(input(), plan));
    }

    @Test
    void theBusOfAnIslandIsNotCut() {
        refused("cut within", plan(Set.of(), GUN_1, GUN_3));
    }

    @Test
    void unknownBusContactorsAreRefused() {
        refused("unknown bus contactor", plan(Set.of("MC_1", "MC_77"), GUN_1, GUN_3));
    }

    @Test
    void everyMutationOfAGoodPlanThatGivesMorePowerThanThereIsIsRefused() {
        UnaryOperator<Island> more = island -> island(island.connectorId(), island.slotIds(), island.moduleIds(), island.powerW() * 1.01);
        refused("connector 1", plan(Set.of("MC_1"), more.apply(GUN_1), GUN_3));
        refused("connector 3", plan(Set.of("MC_1"), GUN_1, more.apply(GUN_3)));
    }

    @Test
    void anIslandReachesNoFartherThanItMay() {
        assertEquals(Optional.empty(), check(plan(Set.of("MC_1"), GUN_1)));
        radius = 0;
        refused("farther away than 0", plan(Set.of("MC_1"), GUN_1));
    }

    @Test
    void aBusContactorThatDoesNotCloseIsNotCountedOn() {
        contactors = List.of(new ContactorInput("MC_1", Position.OPEN, false, true, 0));
        refused("MC_1 does not close", plan(Set.of("MC_1"), GUN_1, GUN_3));
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, false, true, 0));
        assertEquals(Optional.empty(), check(plan(Set.of("MC_1"), GUN_1, GUN_3)), "closed it is as good as any");
    }

    @Test
    void aWeldedModuleContactorBindsItsSlot() {
        contactors = List.of(new ContactorInput("MN_2_1", Position.CLOSED, true, false, 0));
        refused("lent although MN_2_1 is welded", plan(Set.of("MC_1"), GUN_1, GUN_3));
        assertEquals(Optional.empty(), check(plan(Set.of(), GUN_3)));
    }

    @Test
    void anIslandIsJoinedWithNothingElse() {
        refused("would join an island", plan(Set.of("MC_1", "MC_3"), GUN_1, GUN_3));
    }

    @Test
    void besideASlotThatMustNotBeLentNothingIsClosedUnlessItsGunIsJustBeingStopped() {
        refused("beside a slot that must not be lent", plan(Set.of("MC_4"), GUN_3));
        contactors = List.of(new ContactorInput("GC_1", Position.CLOSED, false, false, 0));
        assertEquals(Optional.empty(), check(plan(Set.of("MC_4"), GUN_3)));
    }

    @Test
    void aSlotWhoseGunContactorIsWeldedStaysApartUnlessItsOwnGunCharges() {
        contactors = List.of(new ContactorInput("GC_1", Position.CLOSED, true, false, 0));
        refused("beside a welded gun contactor", plan(Set.of("MC_4"), GUN_3));
        assertEquals(Optional.empty(), check(plan(Set.of("MC_1"), GUN_1, GUN_3)), "it may finish");
        contactors = List.of(new ContactorInput("GC_1", Position.CLOSED, true, false, 0),
                new ContactorInput("MC_4", Position.CLOSED, true, false, 0));
        assertEquals(Optional.empty(), check(plan(Set.of("MC_4"), GUN_3)), "what is welded nobody can part");
    }

    @Test
    void twoGunsThatAreJoinedAtThisMomentAreRefusedThoughThePlanPartsThem() {
        contactors = List.of(new ContactorInput("MC_2", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_3", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_2", Position.CLOSED, false, false, 0));
        excused("2 guns are joined", plan(Set.of(), GUN_3));
        assertEquals(Optional.empty(), check(Plan.EMPTY), "nothing builds on it");
    }

    @Test
    void contactorThatTwoClosedGunsHoldUpMayStayClosedInThePlan() {
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_2", Position.CLOSED, false, false, 0));
        assertEquals(Optional.empty(), check(plan(Set.of("MC_1"), GUN_3)), "it cannot open under their current");
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_2", Position.UNKNOWN, false, false, 0));
        blamed("connectors [1, 2] are joined", plan(Set.of("MC_1"), GUN_3));
    }

    @Test
    void aWeldMakesAPlanInForceUnsafeForThoseItJoins() {
        Plan inForce = plan(Set.of("MC_1"), GUN_1, GUN_3);
        assertEquals(Set.of(), PlanGuard.sharing(input(), inForce));
        contactors = List.of(new ContactorInput("MC_2", Position.CLOSED, true, false, 0));
        assertEquals(Set.of(1, 3), PlanGuard.sharing(input(), inForce));
    }
}
