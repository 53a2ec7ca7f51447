package dcocpp.can.internal.driver;

import java.util.List;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.can.internal.codec.HostFrames;

/** The contactors that one PLC switches, by its feedback. */
final class GunContactors {

    final Contactor gun;
    final Contactor[] modules;
    /** The bus contactor of its slot; null where the PLC cannot switch it. */
    final Contactor bus;

    /**
     * @param slot the gun's slot; null for a gun without
     * @param ring the PLC switches the slot's bus contactor
     */
    GunContactors(int connectorId, SlotSettings slot, boolean ring, long nowNanos) {
        gun = new Contactor(slot == null ? "GC_" + connectorId : slot.gunContactor(), nowNanos);
        List<ModuleSettings> settings = slot == null ? List.of() : slot.modules();
        modules = new Contactor[settings.size()];
        for (int i = 0; i < modules.length; i++) {
            modules[i] = new Contactor(settings.get(i).contactor(), nowNanos);
        }
        bus = ring ? new Contactor(slot.busContactor(), nowNanos) : null;
    }

    static int moduleRelay(int index) {
        return HostFrames.RELAY_MODULE_0 << index;
    }

    void lose(long nowNanos) {
        gun.feedback(Position.UNKNOWN, nowNanos);
        for (Contactor contactor : modules) {
            contactor.feedback(Position.UNKNOWN, nowNanos);
        }
        if (bus != null) {
            bus.feedback(Position.UNKNOWN, nowNanos);
        }
    }

    /** @param relays the PLC's feedback, a bit for each relay */
    void modules(long relays, long nowNanos) {
        for (int i = 0; i < modules.length; i++) {
            modules[i].feedback(position((relays & moduleRelay(i)) != 0), nowNanos);
        }
    }

    void bus(boolean closed, long nowNanos) {
        if (bus != null) {
            bus.feedback(position(closed), nowNanos);
        }
    }

    static Position position(boolean closed) {
        return closed ? Position.CLOSED : Position.OPEN;
    }

    /**
     * Supervises what is beside the gun contactor.
     *
     * @param commanded what the last frame told to be closed
     * @param applied the PLC has acknowledged it
     * @param mayFollow and nothing keeps it from closing
     * @param clearing an operator asks to clear what is over
     */
    void superviseOthers(int commanded, boolean applied, boolean mayFollow, boolean clearing, long nowNanos) {
        for (int i = 0; i < modules.length; i++) {
            supervise(modules[i], (commanded & moduleRelay(i)) != 0, applied, mayFollow, clearing, nowNanos);
        }
        if (bus != null) {
            supervise(bus, (commanded & HostFrames.BUS_CONTACTOR) != 0, applied, mayFollow, clearing, nowNanos);
        }
    }

    private static void supervise(Contactor contactor, boolean closed, boolean applied, boolean mayFollow, boolean clearing,
            long nowNanos) {
        contactor.supervise(closed ? mayFollow : applied, closed, nowNanos);
        if (clearing && !contactor.differs()) {
            contactor.setWelded(false);
        }
    }

    /** None of them is known to be closed. */
    boolean allOpen() {
        boolean open = !gun.closed() && (bus == null || !bus.closed());
        for (Contactor contactor : modules) {
            open &= !contactor.closed();
        }
        return open;
    }

    /** All positions as one number, to see that one changed. */
    long key() {
        long key = gun.state().position().ordinal();
        for (Contactor contactor : modules) {
            key = key << 2 | contactor.state().position().ordinal();
        }
        return key << 2 | (bus == null ? 0 : bus.state().position().ordinal());
    }
}
