package dcocpp.api.session;

import java.util.List;
import java.util.Objects;

import dcocpp.api.hardware.Fault;
import dcocpp.api.journal.MeterSample;

/**
 * One connector at one moment.
 *
 * @param connectorId connector id
 * @param label name for people
 * @param status its status
 * @param faults active and latched faults, newest first
 * @param plugged a vehicle is connected
 * @param gunContactorClosed by feedback
 * @param lockEngaged by feedback
 * @param session the session; null when there is none
 * @param live the latest measured values; never null, its register is the lifetime energy
 * @param slotIds slots on its bus now
 * @param moduleIds power modules feeding it now
 * @param info why it is in this status, for people; at most 50 characters, may be empty
 * @param maxPowerW the most it can give: its own limit, all power modules and the site's limit as configured, W
 */
public record ConnectorSnapshot(int connectorId, String label, ConnectorStatus status, List<Fault> faults, boolean plugged,
        boolean gunContactorClosed, boolean lockEngaged, SessionSnapshot session, MeterSample live, List<Integer> slotIds,
        List<String> moduleIds, String info, double maxPowerW) {

    public ConnectorSnapshot {
        Objects.requireNonNull(label);
        Objects.requireNonNull(status);
        faults = List.copyOf(faults);
        Objects.requireNonNull(live);
        slotIds = List.copyOf(slotIds);
        moduleIds = List.copyOf(moduleIds);
        Objects.requireNonNull(info);
    }
}
