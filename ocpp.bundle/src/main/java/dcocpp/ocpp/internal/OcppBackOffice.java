package dcocpp.ocpp.internal;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.backoffice.DataTransferHandler;
import dcocpp.api.journal.Journal;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.api.update.BundleInstaller;
import dcocpp.ocpp.internal.core.ChargePoint;
import dcocpp.ocpp.internal.core.DataTransferHandlers;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.core.Settings;
import dcocpp.ocpp.internal.link.JettyTransport;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.security.BackOfficeTls;
import dcocpp.ocpp.internal.transfer.PolicyCourier;

/** The OCPP 1.6-J back office as the controller sees it: one thread, one connection, one store. */
@Component(service = BackOffice.class, configurationPid = {"dcocpp.security", "dcocpp.ocpp"},
        configurationPolicy = ConfigurationPolicy.REQUIRE, property = BackOffice.PROTOCOL + "=ocpp1.6")
public final class OcppBackOffice implements BackOffice {
    private static final Logger LOG = LoggerFactory.getLogger(OcppBackOffice.class);

    /** How long the parts may take to end, real time. */
    private static final Duration END = Duration.ofSeconds(2);
    /** How long the answer to the call under way is waited for, real time. */
    private static final Duration LAST_ANSWER = Duration.ofMillis(1500);
    /** Between two attempts to run, real time. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final Controller controller;
    private final OpenQuestions questions;
    private final TimeSource time;
    private final ControllerEvents events;
    private final AtomicReference<Part> part = new AtomicReference<>();
    private final DataTransferHandlers handlers = new DataTransferHandlers();

    /** Comes and goes with its bundle, which needs nothing of ours. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile BundleInstaller installer;

    /** What there is of the protocol: a charge point, or the reason why there is none. */
    private sealed interface Part {
        void post(Consumer<ChargePoint> task);

        BackOfficeLink link();

        void close();
    }

    /** Between two, and at the end. */
    private record Nothing(BackOfficeLink link) implements Part {

        @Override
        public void post(Consumer<ChargePoint> task) {
            LOG.debug("Ended already");
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }

    /** There is no charge point yet; its keeper tries again. */
    private record Failed(Settings settings, BackOfficeLink link, ScheduledExecutorService keeper) implements Part {

        @Override
        public void post(Consumer<ChargePoint> task) {
            LOG.debug("Nobody is there to do this: {}", link.detail());
        }

        @Override
        public void close() {
            keeper.shutdownNow();
            awaitEnd(keeper);
        }
    }

    /** A charge point with its thread and its sockets. */
    private record Running(Settings settings, ScheduledExecutorService owner, Transport transport, ChargePoint chargePoint)
            implements Part {

        /** Runs on the owner thread; what comes after the end is dropped. */
        @Override
        public void post(Consumer<ChargePoint> task) {
            try {
                owner.execute(() -> {
                    try {
                        task.accept(chargePoint);
                    } catch (RuntimeException e) {
                        // An executor would keep it to itself.
                        LOG.error("A task of the protocol failed", e);
                    }
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("Ended already");
            }
        }

        @Override
        public BackOfficeLink link() {
            return chargePoint.link();
        }

        @Override
        public void close() {
            CountDownLatch drained = new CountDownLatch(1);
            post(point -> point.drain(drained::countDown));
            if (!within(LAST_ANSWER, drained)) {
                LOG.info("The back office owes an answer still, its request will be sent again");
            }
            await(ChargePoint::sayGoodBye);
            transport.close(END);
            await(ChargePoint::close);
            owner.shutdownNow();
            awaitEnd(owner);
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
        questions = new OpenQuestions(inbox, time);
        controller = new Controller(journal, status, control, questions);
        this.time = time;
        this.events = events;
        part.set(run(Settings.of(properties), Settings.keys(properties)));
        events.attach(this::update);
        status.latest().ifPresent(this::update);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHandler(DataTransferHandler handler, Map<String, Object> properties) {
        handlers.add(handler, properties);
    }

    void removeHandler(DataTransferHandler handler) {
        handlers.remove(handler);
    }

    private void update(ChargerSnapshot snapshot) {
        part.get().post(point -> point.update(snapshot));
    }

    private static void awaitEnd(ScheduledExecutorService agent) {
        try {
            if (!agent.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A thread of the protocol does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A charge point; if there can be none now, because of the disk for example, it comes as soon as there can. */
    private Part run(Settings settings, Map<String, Object> keys) {
        try {
            return tryRun(settings, keys);
        } catch (RuntimeException e) {
            LOG.error("The protocol cannot run, it is tried again: {}", e.getMessage(), e);
            BackOfficeLink link = new BackOfficeLink(BackOfficeLink.State.DISCONNECTED, settings.addressText(),
                    "cannot run: " + e.getMessage(), time.now(), 0);
            Failed failed = new Failed(settings, link, time.newAgent("dcocpp-ocpp-retry"));
            controller.inbox().link(link);
            retryLater(failed, keys);
            return failed;
        }
    }

    private void retryLater(Failed failed, Map<String, Object> keys) {
        try {
            failed.keeper().schedule(() -> retry(failed, keys), Math.round(RETRY.toNanos() * time.rate()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Ended already");
        }
    }

    private void retry(Failed failed, Map<String, Object> keys) {
        Running made;
        try {
            made = tryRun(failed.settings(), keys);
        } catch (RuntimeException e) {
            LOG.warn("The protocol still cannot run: {}", e.getMessage());
            retryLater(failed, keys);
            return;
        }
        if (part.compareAndSet(failed, made)) {
            LOG.info("The protocol runs");
            failed.keeper().shutdown();
            catchUp();
        } else {
            // Ended or replaced meanwhile.
            made.close();
        }
    }

    private Running tryRun(Settings settings, Map<String, Object> keys) {
        ScheduledExecutorService owner = time.newAgent("dcocpp-ocpp-link");
        Transport transport = new JettyTransport(new BackOfficeTls(settings.security(), time));
        try {
            ChargePoint chargePoint = new ChargePoint(settings, keys, new ChargePoint.Outside(controller, transport,
                    new PolicyCourier(settings.transfers()), handlers, () -> installer), time, owner, new SecureRandom());
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
        Map<String, Object> keys = Settings.keys(properties);
        Part old = part.get();
        if (old instanceof Running running && wanted.equals(running.settings())) {
            old.post(point -> point.rebase(keys));
        } else {
            // The old one ends first, both would use the same files.
            part.getAndSet(new Nothing(old.link())).close();
            part.set(run(wanted, keys));
            catchUp();
        }
    }

    /** What a new charge point has missed. */
    private void catchUp() {
        controller.status().latest().ifPresent(this::update);
        questions.unanswered().forEach(this::ask);
    }

    private void ask(AuthorizationRequest request) {
        part.get().post(point -> point.authorize(request));
    }

    @Deactivate
    void deactivate() {
        events.detach();
        part.getAndSet(new Nothing(BackOfficeLink.NONE)).close();
        controller.inbox().link(BackOfficeLink.NONE);
    }

    @Override
    public void authorize(AuthorizationRequest request) {
        questions.asked(request);
        ask(request);
    }

    @Override
    public BackOfficeLink link() {
        return part.get().link();
    }

    @Override
    public void connect() {
        part.get().post(ChargePoint::connect);
    }

    @Override
    public void disconnect() {
        part.get().post(ChargePoint::disconnect);
    }

    @Override
    public void reset() {
        part.get().post(ChargePoint::afterSoftReset);
    }
}
