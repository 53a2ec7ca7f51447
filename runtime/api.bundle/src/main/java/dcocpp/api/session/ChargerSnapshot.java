package dcocpp.api.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleState;

/**
 * The whole charger at one moment, immutable.
 *
 * @param number increases with every snapshot
 * @param takenNanos process time
 * @param at wall time
 * @param hardwareName the hardware in use, or the one that is waited for
 * @param hardwareCondition its condition
 * @param hardwareDetail why it cannot be used, for people; else empty
 * @param connectors every connector, by id
 * @param modules every power module
 * @param plan the plan in force
 * @param planners every planner bundle that is present
 * @param backOffice the link to the back office
 * @param maxPowerW the most all connectors together can give: all power modules and the site's limit as configured, W
 * @param pending what the configuration wants and waits until no session runs, for people; empty = nothing
 * @param wishesNumber number of the {@link dcocpp.api.backoffice.BackOfficeState} that is obeyed
 * @param endedReservations ids of those of its reservations that are over although it names them: used, or what they were for can no
 *        longer be had
 * @param buses the field buses of the hardware
 * @param pace how the control thread keeps its period
 */
public record ChargerSnapshot(long number, long takenNanos, Instant at, String hardwareName,
        HardwareSnapshot.Condition hardwareCondition, String hardwareDetail, List<ConnectorSnapshot> connectors,
        List<ModuleState> modules, PlanSnapshot plan, List<PlannerSnapshot> planners, BackOfficeLink backOffice,
        double maxPowerW, String pending, long wishesNumber, Set<Integer> endedReservations, List<BusState> buses,
        ControlPace pace) {

    public ChargerSnapshot {
        Objects.requireNonNull(at);
        Objects.requireNonNull(hardwareName);
        Objects.requireNonNull(hardwareCondition);
        Objects.requireNonNull(hardwareDetail);
        connectors = List.copyOf(connectors);
        modules = List.copyOf(modules);
        Objects.requireNonNull(plan);
        planners = List.copyOf(planners);
        Objects.requireNonNull(backOffice);
        Objects.requireNonNull(pending);
        endedReservations = Set.copyOf(endedReservations);
        buses = List.copyOf(buses);
        Objects.requireNonNull(pace);
    }

    /** Of a charger whose control thread nobody has watched. */
    public ChargerSnapshot(long number, long takenNanos, Instant at, String hardwareName, HardwareSnapshot.Condition hardwareCondition,
            String hardwareDetail, List<ConnectorSnapshot> connectors, List<ModuleState> modules, PlanSnapshot plan,
            List<PlannerSnapshot> planners, BackOfficeLink backOffice, double maxPowerW, String pending, long wishesNumber,
            Set<Integer> endedReservations, List<BusState> buses) {
        this(number, takenNanos, at, hardwareName, hardwareCondition, hardwareDetail, connectors, modules, plan, planners, backOffice,
                maxPowerW, pending, wishesNumber, endedReservations, buses, ControlPace.NONE);
    }

    /** Of a charger without a field bus. */
    public ChargerSnapshot(long number, long takenNanos, Instant at, String hardwareName, HardwareSnapshot.Condition hardwareCondition,
            String hardwareDetail, List<ConnectorSnapshot> connectors, List<ModuleState> modules, PlanSnapshot plan,
            List<PlannerSnapshot> planners, BackOfficeLink backOffice, double maxPowerW, String pending, long wishesNumber,
            Set<Integer> endedReservations) {
        this(number, takenNanos, at, hardwareName, hardwareCondition, hardwareDetail, connectors, modules, plan, planners, backOffice,
                maxPowerW, pending, wishesNumber, endedReservations, List.of());
    }

    /** Of a charger without a field bus of which no back office has wanted anything. */
    public ChargerSnapshot(long number, long takenNanos, Instant at, String hardwareName, HardwareSnapshot.Condition hardwareCondition,
            String hardwareDetail, List<ConnectorSnapshot> connectors, List<ModuleState> modules, PlanSnapshot plan,
            List<PlannerSnapshot> planners, BackOfficeLink backOffice, double maxPowerW, String pending) {
        this(number, takenNanos, at, hardwareName, hardwareCondition, hardwareDetail, connectors, modules, plan, planners, backOffice,
                maxPowerW, pending, 0, Set.of());
    }

    /** The connector with this id. */
    public Optional<ConnectorSnapshot> connector(int connectorId) {
        return connectors.stream().filter(connector -> connector.connectorId() == connectorId).findFirst();
    }

    /** Some output is on or some session has not ended: bundles that own hardware must not be replaced. */
    public boolean busy() {
        return connectors.stream().anyMatch(connector -> connector.gunContactorClosed()
                || connector.session() != null && connector.session().phase() != SessionPhase.ENDED);
    }
}
