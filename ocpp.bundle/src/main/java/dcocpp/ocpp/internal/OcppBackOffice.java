package dcocpp.ocpp.internal;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.journal.Journal;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.core.ChargePoint;
import dcocpp.ocpp.internal.core.Controller;
import dcocpp.ocpp.internal.core.Settings;
import dcocpp.ocpp.internal.link.JettyTransport;
import dcocpp.ocpp.internal.link.Transport;

/** The OCPP 1.6-J back office as the controller sees it: one thread, one connection, one store. */
@Component(service = BackOffice.class, configurationPid = "dcocpp.ocpp", configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = BackOffice.PROTOCOL + "=ocpp1.6")
public final class OcppBackOffice implements BackOffice {
    private static final Logger LOG = LoggerFactory.getLogger(OcppBackOffice.class);

    /** How long the parts may take to end, real time. */
    private static final Duration END = Duration.ofSeconds(2);
    /** How long the answer to the call under way is waited for, real time. */
    private static final Duration LAST_ANSWER = Duration.ofMillis(1500);

    private final Controller controller;
    private final TimeSource time;
    private final ControllerEvents events;
    private volatile Running running;

    /** A charge point with its thread and its sockets. */
    private record Running(Settings settings, ScheduledExecutorService owner, Transport transport, ChargePoint chargePoint) {

        /** Runs on the owner thread; what comes after the end is dropped. */
        void post(Consumer<ChargePoint> task) {
            try {
                owner.execute(() -> task.accept(chargePoint));
            } catch (RejectedExecutionException e) {
                LOG.debug("Ended already");
            }
        }

        void close() {
            CountDownLatch drained = new CountDownLatch(1);
            post(point -> point.drain(drained::countDown));
            if (!within(LAST_ANSWER, drained)) {
                LOG.info("The back office owes an answer still, its request will be sent again");
            }
            await(ChargePoint::sayGoodBye);
            transport.close(END);
            await(ChargePoint::close);
            owner.shutdownNow();
            try {
                if (!owner.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("The protocol's thread does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // The owner thread may have been too busy to get to it; the file must be free for whoever comes next.
            chargePoint.close();
        }

        private void await(Consumer<ChargePoint> task) {
            CountDownLatch done = new CountDownLatch(1);
            post(point -> {
                try {
                    task.accept(point);
                } finally {
                    done.countDown();
                }
            });
            if (!within(END, done)) {
                LOG.warn("The protocol's thread is busy");
            }
        }

        private static boolean within(Duration duration, CountDownLatch latch) {
            try {
                return latch.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Activate
    public OcppBackOffice(Map<String, Object> properties, @Reference TimeSource time, @Reference Journal journal,
            @Reference ChargerStatus status, @Reference ChargerControl control, @Reference BackOfficeInbox inbox,
            @Reference ControllerEvents events) {
        this.controller = new Controller(journal, status, control, inbox);
        this.time = time;
        this.events = events;
        this.running = run(Settings.of(properties), properties);
        events.attach(snapshot -> running.post(point -> point.update(snapshot)));
    }

    private Running run(Settings settings, Map<String, Object> properties) {
        ScheduledExecutorService owner = time.newAgent("dcocpp-ocpp-link");
        Transport transport = new JettyTransport(new SslContextFactory.Client());
        try {
            ChargePoint chargePoint = new ChargePoint(settings, Settings.keys(properties), controller, time, owner, transport,
                    new SecureRandom());
            Running made = new Running(settings, owner, transport, chargePoint);
            made.post(ChargePoint::start);
            return made;
        } catch (RuntimeException e) {
            transport.close(END);
            owner.shutdownNow();
            throw e;
        }
    }

    /** Values of keys are taken over in place; another address, id or folder makes a new charge point. */
    @Modified
    void modified(Map<String, Object> properties) {
        Settings wanted;
        try {
            wanted = Settings.of(properties);
        } catch (IllegalArgumentException e) {
            LOG.error("The changed configuration is not taken: {}", e.getMessage());
            return;
        }
        if (wanted.equals(running.settings())) {
            running.post(point -> point.rebase(Settings.keys(properties)));
        } else {
            running.close();
            running = run(wanted, properties);
        }
    }

    @Deactivate
    void deactivate() {
        events.detach();
        running.close();
        controller.inbox().link(BackOfficeLink.NONE);
    }

    @Override
    public void authorize(AuthorizationRequest request) {
        running.post(point -> point.authorize(request));
    }

    @Override
    public BackOfficeLink link() {
        return running.chargePoint().link();
    }

    @Override
    public void connect() {
        running.post(ChargePoint::connect);
    }

    @Override
    public void disconnect() {
        running.post(ChargePoint::disconnect);
    }
}
