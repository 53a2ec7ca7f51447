package dcocpp.controller.internal.power;

import java.util.List;
import java.util.Map;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.topology.ConnectorSettings.MeterSource;

/**
 * What one tick knows of a gun.
 *
 * @param now process time at which the hardware took its snapshot, ns: a simulation that is held up must not look like a stuck
 *        contactor
 * @param gun the gun
 * @param contactors all contactors by name
 */
public record GunView(long now, GunState gun, Map<String, ContactorState> contactors) {

    public boolean is(String contactorId, Position position) {
        ContactorState contactor = contactors.get(contactorId);
        return contactor != null && contactor.position() == position;
    }

    /** A gun of which nothing is known. */
    public static GunState unknownGun(int connectorId, long now, String why) {
        return new GunState(connectorId, false, false, List.of(new Fault(FaultCause.PLC_UNAVAILABLE, why)), CpState.UNKNOWN, false,
                false, HlcState.NONE, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, new MeterReading(false, 0, Double.NaN, Double.NaN, Double.NaN, now), now);
    }

    /** Voltage at the gun, 0 when it is not measured. */
    public double presentVoltageV() {
        return Double.isFinite(gun.presentVoltageV()) ? gun.presentVoltageV() : 0;
    }

    /** Current through the gun, 0 when it is not measured. */
    public double presentCurrentA() {
        return Double.isFinite(gun.presentCurrentA()) ? gun.presentCurrentA() : 0;
    }

    /**
     * What is measured at the gun.
     *
     * @param registerMilliWh lifetime energy of the connector, mWh
     * @param offeredW power offered to the vehicle, W
     * @param source what is believed: the meter, as long as it answers, or the measurement of the gun
     */
    public MeterSample sample(long registerMilliWh, double offeredW, MeterSource source) {
        boolean meter = source == MeterSource.PLC && gun.meter().valid();
        double voltageV = meter ? gun.meter().voltageV() : gun.presentVoltageV();
        double currentA = meter ? gun.meter().currentA() : gun.presentCurrentA();
        return new MeterSample(registerMilliWh, meter ? gun.meter().powerW() : voltageV * currentA, voltageV, currentA, gun.socPercent(),
                gun.connectorTemperatureC(), offeredW, voltageV > 0 ? offeredW / voltageV : 0);
    }
}
