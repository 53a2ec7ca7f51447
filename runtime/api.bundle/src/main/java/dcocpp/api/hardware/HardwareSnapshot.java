package dcocpp.api.hardware;

import java.util.List;
import java.util.Objects;

/**
 * The state of the cabinet at one moment.
 *
 * @param takenNanos when, in process time
 * @param condition whether the hardware can be used at all
 * @param detail why not, for people; empty when {@link Condition#READY}
 * @param guns one entry per connector of the topology
 * @param modules one entry per power module of the topology
 * @param contactors one entry per contactor (GC, MC, MN) of the topology
 * @param buses the field buses that are open; empty where there are none, or none that is measured
 */
public record HardwareSnapshot(long takenNanos, Condition condition, String detail, List<GunState> guns, List<ModuleState> modules,
        List<ContactorState> contactors, List<BusState> buses) {

    public HardwareSnapshot {
        Objects.requireNonNull(condition);
        Objects.requireNonNull(detail);
        guns = List.copyOf(guns);
        modules = List.copyOf(modules);
        contactors = List.copyOf(contactors);
        buses = List.copyOf(buses);
    }

    /** Of hardware that has no field bus to tell of. */
    public HardwareSnapshot(long takenNanos, Condition condition, String detail, List<GunState> guns, List<ModuleState> modules,
            List<ContactorState> contactors) {
        this(takenNanos, condition, detail, guns, modules, contactors, List.of());
    }

    /** Whether the hardware can be used. */
    public enum Condition {
        /** Opened, nothing heard yet. */
        STARTING,
        /** In service. */
        READY,
        /** Not reachable; retried by the hardware. Every connector is faulted meanwhile. */
        UNAVAILABLE
    }
}
