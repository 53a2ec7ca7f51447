package dcocpp.ocpp.internal;

import java.util.function.Consumer;

import org.osgi.service.component.annotations.Component;

import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerSnapshot;

/**
 * Hears of the controller's changes and passes them on. A component of its own that references nothing, so that
 * controller and protocol do not wait for each other.
 */
@Component(service = {ChargerListener.class, ControllerEvents.class})
public final class ControllerEvents implements ChargerListener {
    private volatile Consumer<ChargerSnapshot> receiver = snapshot -> { };

    @Override
    public void changed(ChargerSnapshot snapshot) {
        receiver.accept(snapshot);
    }

    void attach(Consumer<ChargerSnapshot> newReceiver) {
        receiver = newReceiver;
    }

    void detach() {
        receiver = snapshot -> { };
    }
}
