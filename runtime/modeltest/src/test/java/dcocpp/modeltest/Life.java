package dcocpp.modeltest;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.controller.internal.ModelCabinet;
import dcocpp.controller.internal.ModelController;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.journal.JournalSync;
import dcocpp.ocpp.internal.core.ChargePoint;
import dcocpp.ocpp.internal.core.DataTransferHandlers;
import dcocpp.ocpp.internal.core.Settings;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.security.SecurityFiles;
import dcocpp.ocpp.internal.transfer.TransferPolicy;
import dcocpp.testkit.FakeTimeSource;

/** One life of the process: the real controller with its journal, and the protocol bundle, which may be replaced within it. */
final class Life {
    private static final String JOURNAL = "journal.db";
    private static final String STORE = "ocpp.db";
    /** Offline everybody may charge, so that there are transactions that nobody knows a number for. */
    private static final Map<String, Object> KEYS = new TreeMap<>(Map.ofEntries(
            Map.entry("Internal.ChargePointVendor", "DC OCPP"), Map.entry("Internal.ChargePointModel", "Ring 12"),
            Map.entry("Internal.FirmwareVersion", "1.0.0"), Map.entry("Core.NumberOfConnectors", World.CONNECTORS),
            Map.entry("Core.MeterValueSampleInterval", 7), Map.entry("Core.ClockAlignedDataInterval", 0),
            Map.entry("Core.TransactionMessageAttempts", 0), Map.entry("Core.TransactionMessageRetryInterval", 5),
            Map.entry("Internal.RetryBackoffRandomRange", 0), Map.entry("Internal.RetryBackoffRepeatTimes", 1),
            Map.entry("Core.LocalAuthorizeOffline", true), Map.entry("Core.AllowOfflineTxForUnknownId", true)));

    private final ModelCsms csms;
    private final Path folder;
    private final Path writtenBack;
    private final PlantedBug bug;
    private final Consumer<KillPoint> hook;
    private final ProcessTime time;
    private final JournalStore journal;
    private final ModelController controller;
    private boolean alive = true;
    private Protocol protocol;

    /**
     * @param folder where the databases are
     * @param writtenBack where the copies are that the system has written back by itself
     * @param hook hears of each kill point before it is passed
     */
    Life(FakeTimeSource clock, ModelCabinet cabinet, ModelCsms csms, Path folder, Path writtenBack, PlantedBug bug, Consumer<KillPoint> hook) {
        this.csms = csms;
        this.folder = folder;
        this.writtenBack = writtenBack;
        this.bug = bug;
        this.hook = point -> {
            if (alive) {
                hook.accept(point);
            }
        };
        time = new ProcessTime(clock, () -> {
            this.hook.accept(KillPoint.TASK);
            return alive;
        });
        journal = new JournalStore(folder.resolve(JOURNAL));
        bug.spoil(journal);
        controller = new ModelController(time, folder, World.CONNECTORS, cabinet, journal, () -> alive);
        protocol = new Protocol();
        // What was there at the start has long been written back.
        writeBack();
    }

    ModelController controller() {
        return controller;
    }

    boolean alive() {
        return alive;
    }

    /** What the journal says, for the verdict. */
    Journal journal() {
        return journal;
    }

    /** The system writes back what nobody has asked it to. */
    void writeBack() {
        if (bug.unsynced()) {
            Disk.copy(folder, writtenBack, JOURNAL);
        }
    }

    /** The power goes: what is on the disk now is what the next life finds. What this one still does, nobody sees. */
    void die(Path next) {
        Disk.copy(JournalSync.level(journal) == JournalSync.FULL ? folder : writtenBack, next, JOURNAL);
        if (protocol != null) {
            if (protocol.store.syncLevel() != JournalSync.FULL) {
                throw new AssertionError("the protocol's store does not sync its commits");
            }
        }
        Disk.copy(folder, next, STORE);
        alive = false;
        csms.drop();
    }

    /** Gives back what a dead process would not have held any more. */
    void bury() {
        time.end();
        if (protocol != null) {
            protocol.point.close();
        }
        journal.close();
    }

    /** The protocol bundle ends in good order. */
    void stopProtocol() {
        protocol.stop();
        protocol = null;
    }

    void startProtocol() {
        protocol = new Protocol();
    }

    boolean protocolRuns() {
        return protocol != null;
    }

    boolean drained() {
        return protocol != null && protocol.point.link().state() == BackOfficeLink.State.ACCEPTED
                && protocol.point.link().queuedMessages() == 0;
    }

    /** The protocol bundle: the real charge point, its thread and its store. */
    private final class Protocol implements BackOffice, ChargerListener {
        private final ScheduledExecutorService owner = time.newAgent("dcocpp-ocpp-link");
        private final HookedStore store = bug.store(folder, hook);
        private final ChargePoint point;

        private Protocol() {
            Path certificates = folder.resolve("certs");
            TransferPolicy transfers = TransferPolicy.of(Map.of("dataDir", folder.toString()));
            Settings settings = new Settings("cp", URI.create("ws://csms/cp"), folder, folder.resolve("log"), folder.resolve("user.json"),
                    new SecurityFiles(certificates.resolve("csms.pem"), certificates.resolve("manufacturer.pem"), certificates, certificates),
                    time.bootId(), transfers);
            Controller services = new Controller(new HookedJournal(), controller.status(), controller.control(),
                    bug.inbox(controller.inbox()));
            point = new ChargePoint(settings, store, KEYS, new ChargePoint.Outside(services, new Wire(), new NoCourier(),
                    new DataTransferHandlers(), () -> null), time, owner, new Random(1));
            owner.execute(point::start);
            controller.came(this, this);
        }

        private void stop() {
            controller.went(this, this);
            owner.execute(() -> point.drain(() -> { }));
            owner.execute(() -> {
                point.sayGoodBye();
                point.close();
                owner.shutdown();
            });
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

    /** The real journal, with instants to die at around what leaves a trace. */
    private final class HookedJournal implements Journal {

        @Override
        public List<JournalEvent> read(long afterNumber, int max) {
            List<JournalEvent> events = journal.read(afterNumber, max);
            if (events.stream().anyMatch(event -> !(event instanceof MeterSampled))) {
                hook.accept(KillPoint.NEWS);
            }
            return events;
        }

        @Override
        public OptionalLong oldestUndelivered() {
            return journal.oldestUndelivered();
        }

        @Override
        public long newest() {
            return journal.newest();
        }

        @Override
        public void markDelivered(long number, String remoteId) {
            hook.accept(KillPoint.MARK);
            journal.markDelivered(number, remoteId);
            hook.accept(KillPoint.MARKED);
        }

        @Override
        public void markUndeliverable(long number, String reason) {
            hook.accept(KillPoint.MARK);
            journal.markUndeliverable(number, reason);
            hook.accept(KillPoint.MARKED);
        }

        @Override
        public List<JournalEvent> undelivered(long afterNumber, int max) {
            return journal.undelivered(afterNumber, max);
        }

        @Override
        public void markPending(long number) {
            journal.markPending(number);
        }

        @Override
        public List<TransactionRecord> undeliverable(int max) {
            return journal.undeliverable(max);
        }

        @Override
        public Optional<TransactionRecord> transaction(String transactionId) {
            return journal.transaction(transactionId);
        }

        @Override
        public List<TransactionRecord> transactions(int max) {
            return journal.transactions(max);
        }
    }

    /** The way to the CSMS; a dead process reaches nobody, and nobody reaches it. */
    private final class Wire implements Transport {

        @Override
        public void connect(LinkSettings settings, Events events) {
            if (alive && csms.connect(settings, events)) {
                events.opened(new Open(events));
            } else {
                events.closed("nobody listens");
            }
        }

        @Override
        public void close(Duration timeout) {
            csms.drop();
        }

        private final class Open implements Connection {
            private final Events events;

            private Open(Events events) {
                this.events = events;
            }

            private boolean open() {
                return alive && csms.isConnection(events);
            }

            @Override
            public void send(String text) {
                hook.accept(KillPoint.SEND);
                if (open()) {
                    Optional<String> answer = csms.take(text);
                    hook.accept(KillPoint.SENT);
                    if (open()) {
                        answer.ifPresent(events::text);
                    }
                }
            }

            @Override
            public void ping() {
                if (open()) {
                    events.pong();
                }
            }

            @Override
            public void close(int code, String reason) {
                if (open()) {
                    csms.drop();
                    events.closed("closed with " + code);
                }
            }

            @Override
            public void abort() {
                if (open()) {
                    csms.drop();
                }
            }
        }
    }
}
