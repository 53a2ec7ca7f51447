package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;

/** Whatever asks for it: each step that a rule forbids is not done, and the contactor stays as it is. Gun 1 charges from slots 1 and 2. */
class StepGuardTest {

    private final RingBench bench = new RingBench();
    private final StepGuard guard = new StepGuard();
    private final Map<Integer, Double> setpoints = new HashMap<>(Map.of(1, 171.0));
    private Set<String> anyway = Set.of();

    @BeforeEach
    void gunOneCharges() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.run(1);
    }

    /** What becomes of a command that differs from the one in force. */
    private HardwareCommand checked(Set<String> busContactors, List<GunCommand> guns, List<ModuleCommand> modules) {
        bench.state = bench.ring.see(bench.feedback());
        return guard.checked(bench.state, bench.command, new HardwareCommand(9, 9, guns, modules, busContactors),
                new StepGuard.Rules(RingBench.LIMITS, bench.input(), setpoints, anyway));
    }

    private Set<String> withBus(String... closed) {
        return checked(new TreeSet<>(List.of(closed)), bench.command.guns(), bench.command.modules()).closedBusContactors();
    }

    private ModuleCommand withModule(ModuleCommand module) {
        List<ModuleCommand> modules = new ArrayList<>(bench.command.modules());
        modules.replaceAll(one -> one.moduleId().equals(module.moduleId()) ? module : one);
        return checked(bench.command.closedBusContactors(), bench.command.guns(), modules).modules().stream()
                .filter(one -> one.moduleId().equals(module.moduleId())).findFirst().orElseThrow();
    }

    private GunCommand withGun(int id, boolean close) {
        List<GunCommand> guns = new ArrayList<>(bench.command.guns());
        guns.replaceAll(gun -> gun.connectorId() != id ? gun : new GunCommand(id, gun.authorization(), close, true, false, 0, 1000, 0, 0,
                false, Set.of()));
        return checked(bench.command.closedBusContactors(), guns, bench.command.modules()).guns().get(id - 1);
    }

    @Test
    void whatIsInForceStaysAsItIs() {
        assertEquals(Set.of("MC_1"), withBus("MC_1"));
        assertEquals(0, guard.refusals());
    }

    @Test
    void aBusContactorDoesNotOpenUnderLoad() {
        assertEquals(Set.of("MC_1"), withBus());
        bench.moduleA.putAll(Map.of("M2_0", Double.NaN, "M2_1", 0.0));
        bench.gunA.put(1, 50.0);
        assertEquals(Set.of("MC_1"), withBus(), "what is not known is not zero");
    }

    /** A contactor that was told to be closed and is not seen for a moment: neither is it a new closing, nor may it open under load. */
    @Test
    void whatIsClosedStaysClosedWhileItsFeedbackIsLost() {
        bench.freeze("GC_1", Position.UNKNOWN);
        bench.freeze("MN_1_0", Position.UNKNOWN);
        assertTrue(withGun(1, true).closeContactor());
        assertTrue(withGun(1, false).closeContactor(), "under load");
        ModuleCommand told = bench.told("M1_0");
        assertTrue(withModule(told).closeContactor());
        assertTrue(withModule(new ModuleCommand("M1_0", false, false, 0, 0)).closeContactor(), "under load");
        anyway = Set.of("GC_1");
        assertFalse(withGun(1, false).closeContactor(), "an emergency waits for nothing");
    }

    @Test
    void aRefusalIsCountedOnce() {
        withBus();
        withBus();
        assertEquals(1, guard.refusals());
    }

    @Test
    void aBusContactorOpensOnlyWhenTheModulesBehindItAreToldNothing() {
        bench.moduleA.putAll(Map.of("M2_0", 0.2, "M2_1", 0.2));
        bench.run(0.5);
        assertEquals(Set.of("MC_1"), withBus(), "current would begin to flow while it opens");
        List<ModuleCommand> silent = bench.command.modules().stream().map(module -> module.moduleId().startsWith("M2")
                ? new ModuleCommand(module.moduleId(), true, true, 700, 0) : module).toList();
        assertEquals(Set.of(), checked(Set.of(), bench.command.guns(), silent).closedBusContactors());
    }

    @Test
    void aModuleContactorDoesNotOpenUnderLoadNorWithoutTwoHundredMilliseconds() {
        assertTrue(withModule(new ModuleCommand("M2_0", false, false, 0, 0)).closeContactor());
        bench.moduleA.put("M2_0", 0.3);
        assertTrue(withModule(new ModuleCommand("M2_0", false, false, 0, 0)).closeContactor(), "low for the first time");
        bench.run(0.3);
        assertFalse(withModule(new ModuleCommand("M2_0", false, false, 0, 0)).closeContactor());
    }

    @Test
    void aGunContactorDoesNotOpenUnderLoadUnlessItMayAnyway() {
        assertTrue(withGun(1, false).closeContactor());
        anyway = Set.of("GC_1");
        assertFalse(withGun(1, false).closeContactor());
    }

    @Test
    void aGunContactorClosesOnlyWhenBusAndVehicleMatch() {
        assertFalse(withGun(3, true).closeContactor(), "the bus is dead, the vehicle has 700 V");
        bench.gunV.put(3, 10.0);
        assertFalse(withGun(3, true).closeContactor(), "a gun has no dead side: nothing is measured on the bus");
        bench.freeze("MN_3_0", Position.CLOSED);
        bench.moduleV.put("M3_0", 700.0);
        bench.gunV.put(3, Double.NaN);
        assertFalse(withGun(3, true).closeContactor(), "the vehicle's voltage is not known");
        bench.gunV.put(3, 679.0);
        assertFalse(withGun(3, true).closeContactor(), "21 V");
        bench.gunV.put(3, 681.0);
        assertTrue(withGun(3, true).closeContactor());
    }

    @Test
    void noSecondGunClosesOnABus() {
        assertFalse(withGun(2, true).closeContactor());
    }

    @Test
    void aBusContactorDoesNotJoinTwoGuns() {
        bench.freeze("GC_3", Position.CLOSED);
        bench.freeze("MN_3_0", Position.CLOSED);
        bench.moduleV.put("M3_0", 700.0);
        assertEquals(Set.of("MC_1"), withBus("MC_1", "MC_2"));
    }

    @Test
    void aBusContactorClosesOnlyAcrossMatchingVoltagesOrBetweenDeadBuses() {
        assertEquals(Set.of("MC_1"), withBus("MC_1", "MC_2"), "slot 3 is dead: its capacitors would be charged through the contact");
        assertEquals(Set.of("MC_1", "MC_3"), withBus("MC_1", "MC_3"), "slots 3 and 4 are both dead");
        bench.freeze("MN_3_0", Position.CLOSED);
        bench.moduleV.put("M3_0", 650.0);
        assertEquals(Set.of("MC_1"), withBus("MC_1", "MC_2"), "50 V");
        bench.moduleV.put("M3_0", 690.0);
        assertEquals(Set.of("MC_1", "MC_2"), withBus("MC_1", "MC_2"));
        bench.moduleV.put("M3_0", Double.NaN);
        assertEquals(Set.of("MC_1"), withBus("MC_1", "MC_2"), "not known");
    }

    @Test
    void aDeadBusThatAModuleIsAboutToDriveIsNotDead() {
        bench.freeze("MN_3_0", Position.CLOSED);
        bench.moduleV.put("M3_0", 0.0);
        List<ModuleCommand> modules = new ArrayList<>(bench.command.modules());
        modules.replaceAll(module -> module.moduleId().equals("M3_0") ? new ModuleCommand("M3_0", true, true, 700, 0) : module);
        assertEquals(Set.of("MC_1", "MC_3"), withBus("MC_1", "MC_3"));
        bench.moduleV.put("M3_0", 25.0);
        bench.freeze("MN_4_0", Position.CLOSED);
        bench.moduleV.put("M4_0", 50.0);
        assertEquals(Set.of("MC_1"), checked(Set.of("MC_1", "MC_3"), bench.command.guns(), modules).closedBusContactors());
    }

    @Test
    void aModuleContactorClosesOnlyWhenModuleAndBusMatch() {
        bench.run(0.1);
        bench.freeze("MN_2_0", Position.OPEN);
        bench.moduleV.put("M2_0", 600.0);
        assertFalse(withModule(new ModuleCommand("M2_0", true, true, 700, 0)).closeContactor());
        bench.moduleV.put("M2_0", 695.0);
        assertTrue(withModule(new ModuleCommand("M2_0", true, true, 700, 0)).closeContactor());
        bench.moduleV.put("M2_0", Double.NaN);
        assertFalse(withModule(new ModuleCommand("M2_0", true, true, 700, 0)).closeContactor());
    }

    @Test
    void setPointsStayWithinModuleGunAndSite() {
        assertEquals(30_000 / 700.0, withModule(new ModuleCommand("M2_0", true, true, 700, 500)).currentA(), 3, "the module");
        setpoints.put(1, 100.0);
        assertEquals(100, sum(checked(Set.of("MC_1"), bench.command.guns(), bench.command.modules())), 1.1, "what the gun shall have");
        setpoints.put(1, 171.0);
        bench.limitW.put(1, 35_000.0);
        assertEquals(50, sum(checked(Set.of("MC_1"), bench.command.guns(), bench.command.modules())), 0.6, "the gun's limit");
        bench.limitW.clear();
        bench.gridW = 70_000;
        assertEquals(100, sum(checked(Set.of("MC_1"), bench.command.guns(), bench.command.modules())), 0.001, "the site, exactly");
    }

    @Test
    void nobodyGetsMoreWhileWhatIsDrawnExceedsTheSitesLimit() {
        bench.gridW = 100_000;
        bench.gunA.put(1, 171.0);
        setpoints.put(1, 120.0);
        List<ModuleCommand> more = bench.command.modules().stream().map(module -> module.moduleId().equals("M1_0")
                ? new ModuleCommand("M1_0", true, true, 700, 42.9) : module.on()
                ? new ModuleCommand(module.moduleId(), true, true, 700, 10) : module).toList();
        bench.command = new HardwareCommand(8, 8, bench.command.guns(), bench.command.modules().stream().map(module -> module.on()
                ? new ModuleCommand(module.moduleId(), true, true, 700, 20) : module).toList(), Set.of("MC_1"));
        HardwareCommand checked = checked(Set.of("MC_1"), bench.command.guns(), more);
        assertEquals(20, checked.modules().get(0).currentA(), 0.01);
    }

    @Test
    void theConfigurationCannotMakeTheLimitsLooser() {
        RingLimits limits = new RingLimits(5, 80, 1);
        assertEquals(1, limits.openCurrentA());
        assertEquals(20, limits.toleranceV());
        assertEquals(0.5, new RingLimits(0.5, 80, 1).openCurrentA());
    }

    private static double sum(HardwareCommand command) {
        return command.modules().stream().mapToDouble(ModuleCommand::currentA).sum();
    }
}
