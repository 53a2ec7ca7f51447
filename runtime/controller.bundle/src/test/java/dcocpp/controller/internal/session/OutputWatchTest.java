package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.controller.internal.power.GunView;

class OutputWatchTest {

    private static final long TICK = Duration.ofMillis(100).toNanos();
    private static final double CABLE_A = 300;
    private static final double HIGHEST_V = 1000;
    private static final double LOWEST_V = 200;
    private static final double EV_MAX_V = 450;

    private final OutputWatch watch = new OutputWatch(new ConnectorSettings(1, 0, "", "can0", CABLE_A, 0, LOWEST_V, HIGHEST_V, 0, true, 3,
            MeterSource.PLC, 1, 0, 30, "", "both"));
    private long now;

    /** One tick with everything as given; meter values are those of now. */
    private List<FaultCause> tick(boolean on, double targetA, double voltageV, double currentA, double meterV, double meterA) {
        now += TICK;
        MeterReading meter = new MeterReading(true, 0, meterV, meterA, meterV * meterA, now);
        GunState gun = new GunState(1, true, true, List.of(), CpState.C, true, true, HlcState.NONE, 400, targetA, voltageV, currentA, EV_MAX_V,
                500, 0, 50, 25, meter, now);
        return watch.see(new GunView(now, gun, Map.of()), on).stream().map(Fault::cause).toList();
    }

    /** All that is seen in so many ticks at this voltage and current, where meter and gun agree. */
    private Set<FaultCause> seen(int ticks, double voltageV, double currentA) {
        Set<FaultCause> causes = EnumSet.noneOf(FaultCause.class);
        for (int tick = 0; tick < ticks; tick++) {
            causes.addAll(tick(true, currentA, voltageV, currentA, voltageV, currentA));
        }
        return causes;
    }

    /** The same curve of a current, by gun and meter, one of them later than the other. */
    private Set<FaultCause> lagging(int ticks, IntToDoubleFunction currentA, int gunTicks, int meterTicks) {
        Set<FaultCause> causes = EnumSet.noneOf(FaultCause.class);
        for (int tick = 0; tick < ticks; tick++) {
            causes.addAll(tick(true, CABLE_A, 400, currentA.applyAsDouble(tick - gunTicks), 400, currentA.applyAsDouble(tick - meterTicks)));
        }
        return causes;
    }

    @Test
    void limitsAreReachedAndOverstepForAMomentWithoutAFault() {
        assertEquals(Set.of(), seen(100, EV_MAX_V * 1.04, CABLE_A * 1.1 + 1));
        assertEquals(Set.of(), seen(4, EV_MAX_V * 1.06, CABLE_A));
        assertEquals(Set.of(), seen(100, LOWEST_V, CABLE_A));
        assertEquals(Set.of(), seen(10, 400, CABLE_A * 1.1 + 3));
        assertEquals(Set.of(), seen(1, 400, CABLE_A));
        assertEquals(Set.of(), seen(20, LOWEST_V * 0.89, 10));
    }

    @Test
    void whatLastsBeyondALimitIsAFault() {
        assertEquals(Set.of(FaultCause.OVER_VOLTAGE), seen(5, EV_MAX_V * 1.06, 10));
        assertEquals(Set.of(FaultCause.OVER_CURRENT), seen(11, 400, CABLE_A * 1.1 + 3));
        assertEquals(Set.of(FaultCause.UNDER_VOLTAGE), seen(21, LOWEST_V * 0.89, 10));
    }

    @Test
    void anOutputThatIsNotUpIsNotLookedAt() {
        for (int tick = 0; tick < 100; tick++) {
            assertEquals(List.of(), tick(false, Double.NaN, 0, 0, 400, 0));
        }
    }

    @Test
    void valuesThatAreNotRenewedAreMissedAndThoseThatNeverWereAreNot() {
        for (int tick = 0; tick < 30; tick++) {
            assertEquals(List.of(), tick(true, Double.NaN, 400, 50, 400, 50));
        }
        assertEquals(Set.of(), seen(1, 400, 50));
        for (int tick = 0; tick < 5; tick++) {
            assertEquals(List.of(), tick(true, Double.NaN, 400, 50, 400, 50));
        }
        assertEquals(List.of(FaultCause.TELEMETRY), tick(true, Double.NaN, 400, 50, 400, 50));
    }

    @Test
    void aMeterThatShowsAQuarterMoreIsAFaultAfterTwoSeconds() {
        for (int tick = 0; tick < 20; tick++) {
            assertEquals(List.of(), tick(true, 100, 400, 100, 500, 100));
        }
        assertEquals(List.of(FaultCause.TELEMETRY_MISMATCH), tick(true, 100, 400, 100, 500, 100));
    }

    @Test
    void aMeterThatShowsNoCurrentIsAFault() {
        assertEquals(Set.of(FaultCause.TELEMETRY_MISMATCH), lagging(60, tick -> Math.max(0, Math.min(200, tick * 20)), 0, 1000));
    }

    @Test
    void aRampThatOneOfTheTwoSeesLaterIsNoMismatch() {
        IntToDoubleFunction fast = tick -> Math.max(0, Math.min(CABLE_A, tick * 20));
        IntToDoubleFunction slow = tick -> Math.max(0, Math.min(CABLE_A, tick * 2));
        IntToDoubleFunction upAndDown = tick -> 150 + 140 * Math.sin(tick / 15.0);
        for (IntToDoubleFunction ramp : List.of(fast, slow, upAndDown)) {
            for (int lag : List.of(3, 10, 15)) {
                assertEquals(Set.of(), lagging(300, ramp, 0, lag));
                assertEquals(Set.of(), lagging(1, tick -> 0, 0, 0));
                assertEquals(Set.of(), lagging(300, ramp, lag, 0));
                assertEquals(Set.of(), lagging(1, tick -> 0, 0, 0));
            }
        }
    }
}
