package dcocpp.controller.internal.ring;

import java.util.Map;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.ModuleState;

/**
 * What the hardware reports at one moment. Values that are not measured are NaN, what is missing is not known.
 *
 * @param nowNanos process time at which the hardware took its snapshot
 * @param capabilities what the hardware can do
 * @param present false while there is no hardware service
 * @param guns guns by connector id
 * @param modules power modules by id
 * @param contactors contactors by name
 */
public record RingFeedback(long nowNanos, HardwareCapabilities capabilities, boolean present, Map<Integer, GunState> guns,
        Map<String, ModuleState> modules, Map<String, ContactorState> contactors) {

    public RingFeedback {
        guns = Map.copyOf(guns);
        modules = Map.copyOf(modules);
        contactors = Map.copyOf(contactors);
    }
}
