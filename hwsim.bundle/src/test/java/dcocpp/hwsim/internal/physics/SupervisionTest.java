package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.ModuleState;

class SupervisionTest {

    private final Rig rig = new Rig(3);

    @BeforeEach
    void charging() {
        rig.session(1, "compact-400", 20, 100);
        rig.runUntil("just commanded", 200, () -> rig.cabinet.nowNanos() / 1_000_000 % Rig.TICK_MS == Cabinet.STEP_MS);
    }

    @Test
    void silentHostOffersNothingAfterHalfASecond() {
        rig.commanding = false;
        rig.run(460);
        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);
        rig.run(60);
        assertEquals(0, rig.state(1).presentCurrentA());
        assertEquals(0, rig.truth(1).offeredCurrentA());
        assertTrue(rig.closed("GC_1"), "but the contactor stays");
    }

    @Test
    void silentHostForcesEverythingOffAfterASecond() {
        rig.commanding = false;
        rig.run(1100);
        assertFalse(rig.closed("GC_1"));
        assertFalse(rig.closed("MN_1_0"));
        assertFalse(rig.moduleState("M1_0").on());
        assertEquals(List.of(), rig.cabinet.violations(), "what is forced is no fault of the host");
    }

    @Test
    void grantOfASilentHostRunsOut() {
        rig.commanding = false;
        rig.run(4000);
        assertFalse(rig.state(1).authorizedEcho());
        assertFalse(rig.state(1).hlc().powerReady());
    }

    @Test
    void hostThatComesBackMayGoOn() {
        rig.commanding = false;
        rig.run(700);
        rig.commanding = true;
        rig.run(1000);
        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);
    }

    @Test
    void forceOffOpensAtOnceWhateverFlows() {
        rig.gun(1).forceOff = true;
        rig.run(160);
        assertEquals(0, rig.state(1).presentCurrentA());
        assertFalse(rig.closed("GC_1"));
        assertFalse(rig.closed("MN_1_0"));
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void shutDownOpensEverythingWithin300Milliseconds() {
        rig.cabinet.shutDown();
        rig.run(300);
        assertTrue(rig.cabinet.snapshot().contactors().stream().noneMatch(contactor -> rig.closed(contactor.contactorId())));
        assertTrue(rig.cabinet.snapshot().modules().stream().noneMatch(ModuleState::on));
    }

    @Test
    void commandThatDoesNotNameAGunSwitchesItOff() {
        rig.guns.clear();
        rig.modules.clear();
        rig.run(500);
        assertFalse(rig.closed("GC_1"));
        assertFalse(rig.moduleState("M1_0").on());
    }

    @Test
    void grantThatIsNoLongerRepeatedRunsOut() {
        rig.gun(1).authorization = Authorization.UNKNOWN;
        rig.run(1500);
        assertTrue(rig.state(1).authorizedEcho());
        rig.run(1000);
        assertFalse(rig.state(1).authorizedEcho());
        assertEquals(0, rig.state(1).presentCurrentA());
    }
}
