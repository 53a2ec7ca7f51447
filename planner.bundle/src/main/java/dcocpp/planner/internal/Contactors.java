package dcocpp.planner.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;

/** The contactors by name. One that is not listed is like one without feedback. */
final class Contactors {

    private final Map<String, ContactorInput> byName;
    private final long nowNanos;

    Contactors(List<ContactorInput> contactors, long nowNanos) {
        byName = new HashMap<>(contactors.size() * 2);
        for (ContactorInput contactor : contactors) {
            byName.putIfAbsent(contactor.contactorId(), contactor);
        }
        this.nowNanos = nowNanos;
    }

    /** Known to be open: what must hold where a closed one is dangerous. */
    boolean open(String name) {
        ContactorInput contactor = byName.get(name);
        return contactor != null && contactor.position() == Position.OPEN && !contactor.welded();
    }

    /** Known to be closed. */
    boolean closed(String name) {
        ContactorInput contactor = byName.get(name);
        return contactor != null && (contactor.position() == Position.CLOSED || contactor.welded());
    }

    boolean welded(String name) {
        ContactorInput contactor = byName.get(name);
        return contactor != null && contactor.welded();
    }

    boolean stuckOpen(String name) {
        ContactorInput contactor = byName.get(name);
        return contactor != null && contactor.stuckOpen();
    }

    /** Whether it changed less than this time ago. */
    boolean changedWithin(String name, long millis) {
        ContactorInput contactor = byName.get(name);
        return contactor != null && nowNanos - contactor.sinceNanos() < millis * 1_000_000L;
    }
}
