package dcocpp.controller.internal.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;

/** Shows the latest snapshot to everybody and tells listeners of changes, on a thread of its own: a slow listener delays no tick. */
@Component(service = {ChargerStatus.class, StatusBoard.class})
public final class StatusBoard implements ChargerStatus {

    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

    private final List<ChargerListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledExecutorService agent;
    private volatile ChargerSnapshot latest;

    @Activate
    public StatusBoard(@Reference TimeSource time) {
        agent = time.newAgent("dcocpp-controller-notify");
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        agent.shutdownNow();
        if (!agent.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("A listener does not return; its thread is left behind");
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindListener(ChargerListener listener) {
        listeners.add(listener);
    }

    public void unbindListener(ChargerListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Optional<ChargerSnapshot> latest() {
        return Optional.ofNullable(latest);
    }

    /** Shows a new snapshot; never blocks. */
    public void show(ChargerSnapshot snapshot) {
        latest = snapshot;
    }

    /** Tells the listeners of the latest snapshot. Several changes in a row may become one call. */
    public void ring() {
        if (pending.compareAndSet(false, true) && !agent.isShutdown()) {
            agent.execute(this::tell);
        }
    }

    private void tell() {
        pending.set(false);
        ChargerSnapshot snapshot = latest;
        if (snapshot == null) {
            return;
        }
        for (ChargerListener listener : listeners) {
            try {
                listener.changed(snapshot);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A listener failed: {}", listener.getClass().getName(), e);
            }
        }
    }
}
