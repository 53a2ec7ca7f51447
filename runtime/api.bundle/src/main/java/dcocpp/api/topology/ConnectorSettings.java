package dcocpp.api.topology;

import java.util.Objects;

/**
 * One gun as {@code charger.json} describes it.
 *
 * @param id connector id as the back office counts, 1…n
 * @param plcId address of its PLC on the bus, 0…15
 * @param label name for people, may be empty
 * @param canInterface SocketCAN interface of its PLC
 * @param maxCurrentA cable limit in A; 0 = not limited
 * @param maxPowerW power limit in W; 0 = not limited
 * @param minVoltageV lowest output voltage in V
 * @param maxVoltageV highest output voltage in V; 0 = not limited
 * @param priority 0 = normal; the planner's weight is 1 + priority
 * @param requireLock energy only while the connector's lock reports engaged; false where there may be none
 * @param lockInputSwitch which switch input of the PLC reports the lock, 1…4
 * @param meterSource where energy comes from
 * @param meterScale factor on all that is measured, &gt; 0
 * @param meterOffsetWh added once, when the connector counts for the first time, in Wh
 * @param meterSampleIntervalSeconds live sampling interval, ≥ 1 s
 * @param autochargePrefix put before an EVCCID or MAC to make an idTag
 * @param autochargeSource which identity is offered as a token: {@code EVMAC}, {@code EVCCID} or {@code both}
 */
public record ConnectorSettings(int id, int plcId, String label, String canInterface, double maxCurrentA, double maxPowerW,
        double minVoltageV, double maxVoltageV, int priority, boolean requireLock, int lockInputSwitch, MeterSource meterSource,
        double meterScale, double meterOffsetWh, int meterSampleIntervalSeconds, String autochargePrefix, String autochargeSource) {

    public ConnectorSettings {
        if (id < 1) {
            throw new IllegalArgumentException("connector id " + id + " is below 1");
        }
        if (plcId < 0 || plcId > 15) {
            throw new IllegalArgumentException("plcId " + plcId + " of connector " + id + " is outside 0…15");
        }
        Objects.requireNonNull(label);
        Objects.requireNonNull(canInterface);
        Objects.requireNonNull(meterSource);
        Objects.requireNonNull(autochargePrefix);
        Objects.requireNonNull(autochargeSource);
    }

    /** Where the energy of a connector is read. */
    public enum MeterSource {
        /** The register that the PLC reports. */
        PLC,
        /** Integration of measured voltage and current. */
        SHUNT
    }
}
