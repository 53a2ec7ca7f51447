package dcocpp.controller.internal.ring;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareSnapshot;
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

    /** A snapshot as it is. */
    public static RingFeedback of(HardwareSnapshot snapshot, HardwareCapabilities capabilities) {
        return new RingFeedback(snapshot.takenNanos(), capabilities, true, byId(snapshot.guns(), GunState::connectorId),
                byId(snapshot.modules(), ModuleState::moduleId), byId(snapshot.contactors(), ContactorState::contactorId));
    }

    private static <K, V> Map<K, V> byId(List<V> values, Function<V, K> id) {
        return values.stream()
                .collect(Collectors.toMap(id, Function.identity(), (one, other) -> other));
    }
}
