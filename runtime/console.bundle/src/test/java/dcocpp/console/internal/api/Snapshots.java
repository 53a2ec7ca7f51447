package dcocpp.console.internal.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.ControlPace;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.PlannerComparison;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;

/** A charger with one gun that charges, one that has finished and one that is broken. */
final class Snapshots {

    static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final MeterSample NOTHING_MEASURED = new MeterSample(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
            Double.NaN, Double.NaN);

    private Snapshots() {
    }

    static ChargerSnapshot charging(long takenNanos) {
        Token token = new Token("TAG-1", Token.Source.RFID);
        ConnectorSnapshot charging = new ConnectorSnapshot(1, "Gun 1", ConnectorStatus.CHARGING, List.of(), true, true, true,
                new SessionSnapshot("s-1", SessionPhase.ENERGY, token, "t-1", AT, AT, null, 1_000_000, 2_345_678),
                new MeterSample(3_345_678, 59_999.9999, 400.1, 150, 42, 31.25, 60_000, 150), List.of(1, 2), List.of("M1_0", "M1_1"), "",
                60_000);
        ConnectorSnapshot finishing = new ConnectorSnapshot(2, "Gun 2", ConnectorStatus.SUSPENDED_EVSE, List.of(), true, false, false,
                new SessionSnapshot("s-2", SessionPhase.ENDED, token, "t-2", AT, AT, StopReason.EV_DISCONNECTED, 0, 10), NOTHING_MEASURED,
                List.of(), List.of(), "over", 60_000);
        ConnectorSnapshot broken = new ConnectorSnapshot(3, "Gun 3", ConnectorStatus.FAULTED,
                List.of(new Fault(FaultCause.EMERGENCY_STOP, "<b>pressed</b>")), false, false, false, null, NOTHING_MEASURED, List.of(),
                List.of(), "emergency stop", 60_000);
        Plan plan = new Plan(List.of(new Island(1, List.of(1, 2), List.of("M1_0", "M1_1"), 60_000, 150, 400, Island.Reason.DEMAND)),
                Set.of("MC_1"), PlannerMemory.NONE);
        return new ChargerSnapshot(7, takenNanos, AT, "sim", HardwareSnapshot.Condition.READY, "", List.of(charging, finishing, broken),
                List.of(new ModuleState("M1_0", true, true, 400, 75, Double.NaN, "")),
                new PlanSnapshot(plan, PlanSnapshot.State.FRESH, takenNanos, Double.POSITIVE_INFINITY, 60_000, 0, 2, 1, input()),
                List.of(new PlannerSnapshot(12, "dcocpp.planner", "1.0.0", "file:planner.jar", PlannerSnapshot.Role.ACTIVE, 100, 0, "",
                        Optional.of(new PlannerComparison("dcocpp.planner 0.9.0", 20, 3,
                                List.of(new PlannerComparison.Gun(1, -1500.5, -30_000)),
                                new PlannerComparison.Effort(4, 250_000, 900_000, 1_000_000),
                                new PlannerComparison.Effort(2, 50_000, 60_000, 70_000))))),
                new BackOfficeLink(BackOfficeLink.State.ACCEPTED, "ws://127.0.0.1:8180/", "", AT, 0), 180_000, "", 0, Set.of(),
                List.of(new BusState("can0", 54.3219, 482, 3, 1, 2), new BusState("can1", Double.NaN, 0, 0, 0, 0)),
                new ControlPace(36_000, 41_500_000, 2));
    }

    /** A ring of three slots; the vehicle at gun 1 would like more than its two modules give. */
    private static PlanningInput input() {
        PlannerSettings settings = new PlannerSettings(true, 2, 1, 6, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
        return new PlanningInput(0, settings, Double.POSITIVE_INFINITY, List.of(slot(1, 2), slot(2, 3), slot(3, 1)),
                List.of(new GunInput(1, true, 90_000, 120_000, 300, 400, 1), new GunInput(2, false, 0, 120_000, 300, 400, 1)), List.of(),
                Plan.EMPTY);
    }

    private static SlotInput slot(int id, int clockwise) {
        return new SlotInput(id, id, "GC_" + id, "MC_" + id, clockwise, false, List.of(
                new ModuleInput("M" + id + "_0", "MN_" + id + "_0", 30_000, true, 12.5, Double.NaN, 240),
                new ModuleInput("M" + id + "_1", "MN_<" + id + ">", 30_000, true, 0, Double.NaN)));
    }
}
