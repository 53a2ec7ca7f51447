package dcocpp.api.session;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told of changes. A service of whoever wants to know; registered by a component that references nothing of the controller, so that no
 * circle of references arises.
 */
@ConsumerType
public interface ChargerListener {

    /**
     * Status, phase, faults, plug, contactor, token, link, hardware or planners have changed, or an event was written to the journal.
     * Measured values alone are no change. Called on a thread of the controller made for it; must return at once.
     */
    void changed(ChargerSnapshot snapshot);
}
