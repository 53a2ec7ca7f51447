package dcocpp.simrun.charger;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.core.ChargePoint;
import dcocpp.ocpp.internal.core.DataTransferHandlers;
import dcocpp.ocpp.internal.core.Settings;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.store.OcppStore;

/** The protocol bundle of one process: the real charge point with its thread and its store, wired by hand to a controller. */
public final class ProtocolHost implements BackOffice, ChargerListener {

    private final ControllerHost controller;
    private final ScheduledExecutorService owner;
    private final ChargePoint point;

    /**
     * What the charge point is made of.
     *
     * @param settings its settings
     * @param keys keys of the protocol, as {@code Section.Key}
     * @param store its store, open
     * @param services the controller's services as it shall see them
     * @param transport its way to the back office
     */
    public record Parts(Settings settings, Map<String, Object> keys, OcppStore store, Controller services, Transport transport) {
    }

    /** Starts the charge point. */
    public ProtocolHost(TimeSource time, ControllerHost controller, Parts parts, long seed) {
        this.controller = controller;
        owner = time.newAgent("dcocpp-ocpp-link");
        point = new ChargePoint(parts.settings(), parts.store(), parts.keys(), new ChargePoint.Outside(parts.services(), parts.transport(),
                new NoCourier(), new DataTransferHandlers(), () -> null), time, owner, new Random(seed));
        owner.execute(point::start);
        controller.came(this, this);
    }

    /** The bundle ends in good order. */
    public void stop() {
        controller.went(this, this);
        owner.execute(() -> point.drain(() -> { }));
        owner.execute(() -> {
            point.sayGoodBye();
            point.close();
            owner.shutdown();
        });
    }

    /** Gives back what a dead process would not have held any more. */
    public void bury() {
        point.close();
    }

    /** The back office accepts us and has been told everything. */
    public boolean drained() {
        return point.link().state() == BackOfficeLink.State.ACCEPTED && point.link().queuedMessages() == 0;
    }

    @Override
    public void changed(ChargerSnapshot snapshot) {
        owner.execute(() -> point.update(snapshot));
    }

    @Override
    public void authorize(AuthorizationRequest request) {
        owner.execute(() -> point.authorize(request));
    }

    @Override
    public BackOfficeLink link() {
        return point.link();
    }

    @Override
    public void connect() {
        owner.execute(point::connect);
    }

    @Override
    public void disconnect() {
        owner.execute(point::disconnect);
    }

    @Override
    public void reset() {
        owner.execute(point::afterSoftReset);
    }
}
