package dcocpp.controller.internal.power;

import java.util.Map;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunState;

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

    /** Voltage at the gun, 0 when it is not measured. */
    public double presentVoltageV() {
        return Double.isFinite(gun.presentVoltageV()) ? gun.presentVoltageV() : 0;
    }

    /** Current through the gun, 0 when it is not measured. */
    public double presentCurrentA() {
        return Double.isFinite(gun.presentCurrentA()) ? gun.presentCurrentA() : 0;
    }
}
