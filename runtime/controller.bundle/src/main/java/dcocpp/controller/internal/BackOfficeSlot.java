package dcocpp.controller.internal;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeLink;

/**
 * The protocol bundles that are present, of which the first is used. Foreign code: what it throws costs only what it was asked for.
 * Belongs to the control thread.
 */
final class BackOfficeSlot {

    private static final Logger LOG = LoggerFactory.getLogger(BackOfficeSlot.class);

    private final List<BackOffice> present = new ArrayList<>();

    void add(BackOffice backOffice) {
        present.add(backOffice);
    }

    void remove(BackOffice backOffice) {
        present.remove(backOffice);
    }

    /** How the link is; {@link BackOfficeLink#NONE} without a protocol bundle. */
    BackOfficeLink link() {
        try {
            return present.isEmpty() ? BackOfficeLink.NONE : present.get(0).link();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("a protocol bundle on its way out", e);
            return BackOfficeLink.NONE;
        }
    }

    /** Asks whether a token may charge; no effect without a protocol bundle. */
    void authorize(AuthorizationRequest request) {
        if (!present.isEmpty()) {
            try {
                present.get(0).authorize(request);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("The protocol bundle failed at an authorization", e);
            }
        }
    }

    /** Connects to or disconnects from the back office; false when there is no protocol bundle. */
    boolean connect(boolean wanted) {
        if (present.isEmpty()) {
            return false;
        }
        if (wanted) {
            present.get(0).connect();
        } else {
            present.get(0).disconnect();
        }
        return true;
    }

    /** Nothing waits to be told to a back office that listens. */
    boolean delivered() {
        BackOfficeLink now = link();
        return now.state() != BackOfficeLink.State.ACCEPTED || now.queuedMessages() == 0;
    }

    /** Opens the link anew. */
    void reset() {
        if (!present.isEmpty()) {
            try {
                present.get(0).reset();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("The protocol bundle failed at a reset", e);
            }
        }
    }
}
