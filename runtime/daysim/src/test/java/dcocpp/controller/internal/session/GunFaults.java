package dcocpp.controller.internal.session;

import java.util.Collection;

import dcocpp.api.hardware.Fault;

/** The faults of one gun by the controller's own rules. */
public final class GunFaults {

    private final FaultBook book = new FaultBook();

    /** Takes over what is active now; latched ones stay. */
    public void update(Collection<Fault> active) {
        book.update(active);
    }

    /** A fault forbids energy at this gun. */
    public boolean block() {
        return book.blocking().isPresent();
    }

    /** A fault of this gun forbids energy at the whole site. */
    public boolean tripSite() {
        return book.siteTrip().isPresent();
    }

    /** An operator clears what is not active any more. */
    public void clear() {
        book.clearLatched();
    }

    /** The car is gone. */
    public void unplugged() {
        book.unplugged();
    }

    @Override
    public String toString() {
        return book.all().toString();
    }
}
