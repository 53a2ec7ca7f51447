package dcocpp.controller.internal.power;

import java.util.Map;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.ModuleState;

/**
 * What one tick knows of a gun.
 *
 * @param now process time at which the hardware took its snapshot, ns: a simulation that is held up must not look like a stuck
 *        contactor
 * @param gun the gun
 * @param capabilities what the hardware can do
 * @param contactors all contactors by name
 * @param modules all modules by id
 * @param hardwarePresent false while there is no hardware service: the gun is a stand-in and nothing is known by feedback
 */
public record GunView(long now, GunState gun, HardwareCapabilities capabilities, Map<String, ContactorState> contactors,
        Map<String, ModuleState> modules, boolean hardwarePresent) {

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
