package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.hwsim.internal.TestTopology;

/** The same hour in steps of 20 ms and in steps as long as nothing happens. */
class AdvanceTest {

    private static final long PERIOD_MS = 1000;
    private static final double FACTOR = 10;

    private long number;

    private static Cabinet cabinet(long nowNanos) {
        try {
            return new Cabinet(TestTopology.ring(3), id -> 0, FACTOR, nowNanos);
        } catch (HardwareException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A host that starts a session, charges with falling current and stops; second by second from what it sees. */
    private void command(Cabinet cabinet, long second) {
        GunTruth gun = cabinet.truth().get(0);
        boolean session = second > 5 && second < 3000;
        double busV = Math.max(gun.modules().get(0).voltageV(), gun.busVoltageV());
        boolean close = session && gun.powerReady() && (gun.gunContactorClosed() || Math.abs(busV - gun.voltageV()) < 20);
        double currentA = gun.gunContactorClosed() && second < 2980 ? 160 - second / 40 : 0;
        GunCommand command = new GunCommand(1, session ? GunCommand.Authorization.GRANTED : GunCommand.Authorization.DENIED, close,
                session, false, 0, 1000, currentA, 1e6, close, Set.of());
        List<ModuleCommand> modules = List.of(new ModuleCommand("M1_0", session, session, gun.targetVoltageV(), currentA / 2),
                new ModuleCommand("M1_1", session, session, gun.targetVoltageV(), currentA / 2));
        cabinet.command(new HardwareCommand(++number, cabinet.nowNanos(), List.of(command), modules, Set.of()));
    }

    private static long energy(Cabinet cabinet) {
        return cabinet.truth().get(0).meterMilliWh();
    }

    @Test
    void leapsGiveTheEnergyTheTemperaturesAndTheSwitchingOfTheSteps() {
        Cabinet steps = cabinet(0);
        Cabinet leaps = cabinet(0);
        for (Cabinet each : List.of(steps, leaps)) {
            each.plug(1, new PlugIn(Rig.car("compact-400"), 20, 80, Identity.NONE));
        }
        for (long second = 0; second < 3600; second++) {
            command(steps, second);
            for (int i = 0; i < PERIOD_MS / Cabinet.STEP_MS; i++) {
                steps.step();
            }
            command(leaps, second);
            leaps.advance(PERIOD_MS);
            assertEquals(steps.nowNanos(), leaps.nowNanos());
            GunTruth one = steps.truth().get(0);
            GunTruth other = leaps.truth().get(0);
            assertEquals(one.gunContactorClosed(), other.gunContactorClosed(), "second " + second);
            assertEquals(one.hlcStageName(), other.hlcStageName(), "second " + second);
            assertEquals(one.voltageV(), other.voltageV(), 0.5, "second " + second);
            assertEquals(one.currentA(), other.currentA(), 0.5, "second " + second);
            assertEquals(one.temperatureC(), other.temperatureC(), 0.05, "second " + second);
            assertEquals(one.modules().get(0).contactorClosed(), other.modules().get(0).contactorClosed(), "second " + second);
        }
        assertTrue(energy(steps) > 20_000_000, energy(steps) + " mWh");
        assertEquals(energy(steps), energy(leaps), energy(steps) * 0.001);
        assertEquals(List.of(), steps.violations());
        assertEquals(List.of(), leaps.violations());
    }

    @Test
    void leapJudgesTheSwitchingWithinIt() {
        Cabinet cabinet = cabinet(0);
        cabinet.plug(1, new PlugIn(Rig.car("compact-400"), 20, 80, Identity.NONE));
        for (long second = 0; second < 60; second++) {
            command(cabinet, second);
            cabinet.advance(PERIOD_MS);
        }
        assertTrue(cabinet.truth().get(0).currentA() > 100);
        cabinet.command(new HardwareCommand(++number, cabinet.nowNanos(), List.of(new GunCommand(1, GunCommand.Authorization.GRANTED,
                false, true, false, 0, 1000, 150, 1e6, true, Set.of())), List.of(
                        new ModuleCommand("M1_0", true, true, 400, 75), new ModuleCommand("M1_1", true, true, 400, 75)),
                Set.of()));
        cabinet.advance(PERIOD_MS);
        assertEquals(Violation.Kind.OPENED_UNDER_LOAD, cabinet.violations().get(0).kind());
        assertEquals(40, (cabinet.violations().get(0).atNanos() / 1_000_000 - 60_000), 20, "in the step it happened");
    }

    @Test
    void leapSeesTheWatchdogWhereTheStepsSeeIt() {
        Cabinet cabinet = cabinet(0);
        cabinet.plug(1, new PlugIn(Rig.car("compact-400"), 20, 80, Identity.NONE));
        for (long second = 0; second < 60; second++) {
            command(cabinet, second);
            cabinet.advance(PERIOD_MS);
        }
        cabinet.advance(4000);
        assertTrue(cabinet.truth().get(0).currentA() > 100, "the last command is still good");
        cabinet.advance(7000);
        assertEquals(0, cabinet.truth().get(0).currentA());
    }

    @Test
    void partOfAStepIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> cabinet(0).advance(30));
    }
}
