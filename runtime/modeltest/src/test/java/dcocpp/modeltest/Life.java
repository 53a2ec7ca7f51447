package dcocpp.modeltest;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.controller.internal.ModelCabinet;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.journal.JournalSync;
import dcocpp.ocpp.internal.core.Settings;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.security.SecurityFiles;
import dcocpp.ocpp.internal.transfer.TransferPolicy;
import dcocpp.simrun.charger.ControllerHost;
import dcocpp.simrun.charger.CsmsWire;
import dcocpp.simrun.charger.ProcessTime;
import dcocpp.simrun.charger.ProtocolHost;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.testkit.FakeTimeSource;

/** One life of the process: the real controller with its journal, and the protocol bundle, which may be replaced within it. */
final class Life {
    private static final String JOURNAL = "journal.db";
    private static final String STORE = "ocpp.db";
    /** Half as often as in the product: an hour of a charger's life takes half as long. */
    private static final int TICK_MS = 200;
    /** Offline everybody may charge, so that there are transactions that nobody knows a number for. */
    private static final Map<String, Object> KEYS = new TreeMap<>(Map.ofEntries(
            Map.entry("Internal.ChargePointVendor", "DC OCPP"), Map.entry("Internal.ChargePointModel", "Ring 12"),
            Map.entry("Internal.FirmwareVersion", "1.0.0"), Map.entry("Core.NumberOfConnectors", World.CONNECTORS),
            Map.entry("Core.MeterValueSampleInterval", 7), Map.entry("Core.ClockAlignedDataInterval", 0),
            Map.entry("Core.TransactionMessageAttempts", 0), Map.entry("Core.TransactionMessageRetryInterval", 5),
            Map.entry("Internal.RetryBackoffRandomRange", 0), Map.entry("Internal.RetryBackoffRepeatTimes", 1),
            Map.entry("Core.LocalAuthorizeOffline", true), Map.entry("Core.AllowOfflineTxForUnknownId", true)));

    private final SimulatedCsms csms;
    private final Path folder;
    private final Path writtenBack;
    private final PlantedBug bug;
    private final Consumer<KillPoint> hook;
    private final ProcessTime time;
    private final JournalStore journal;
    private final ControllerHost controller;
    private boolean alive = true;
    private Protocol protocol;

    /**
     * @param folder where the databases are
     * @param writtenBack where the copies are that the system has written back by itself
     * @param hook hears of each kill point before it is passed
     */
    Life(FakeTimeSource clock, ModelCabinet cabinet, SimulatedCsms csms, Path folder, Path writtenBack, PlantedBug bug, Consumer<KillPoint> hook) {
        this.csms = csms;
        this.folder = folder;
        this.writtenBack = writtenBack;
        this.bug = bug;
        this.hook = point -> {
            if (alive) {
                hook.accept(point);
            }
        };
        time = new ProcessTime(clock, UUID.randomUUID().toString(), () -> {
            this.hook.accept(KillPoint.TASK);
            return alive;
        });
        journal = new JournalStore(folder.resolve(JOURNAL));
        bug.spoil(journal);
        controller = new ControllerHost(time, journal, ModelCabinet.configuration(folder, World.CONNECTORS), cabinet.drivenBy(() -> alive),
                ModelCabinet.planner());
        controller.thread().scheduleAtFixedRate(controller::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        protocol = newProtocol();
        // What was there at the start has long been written back.
        writeBack();
    }

    /** A card is held to the reader. */
    void swipe(String idTag, int connectorId) {
        controller.events().tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, time.nanoTime()));
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
            if (protocol.store().syncLevel() != JournalSync.FULL) {
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
            protocol.host().bury();
        }
        journal.close();
    }

    /** The protocol bundle ends in good order. */
    void stopProtocol() {
        protocol.host().stop();
        protocol = null;
    }

    void startProtocol() {
        protocol = newProtocol();
    }

    boolean protocolRuns() {
        return protocol != null;
    }

    boolean drained() {
        return protocol != null && protocol.host().drained();
    }

    /** The protocol bundle with its store. */
    private Protocol newProtocol() {
        Path certificates = folder.resolve("certs");
        TransferPolicy transfers = TransferPolicy.of(Map.of("dataDir", folder.toString()));
        Settings settings = new Settings("cp", URI.create("ws://csms/cp"), folder, folder.resolve("log"), folder.resolve("user.json"),
                new SecurityFiles(certificates.resolve("csms.pem"), certificates.resolve("manufacturer.pem"), certificates, certificates),
                time.bootId(), transfers);
        Controller services = new Controller(new HookedJournal(), controller.status(), controller.control(),
                bug.inbox(controller.inbox()));
        HookedStore store = bug.store(folder, hook);
        Transport wire = new CsmsWire(csms, () -> alive, () -> hook.accept(KillPoint.SEND), () -> hook.accept(KillPoint.SENT));
        return new Protocol(store, new ProtocolHost(time, controller, new ProtocolHost.Parts(settings, KEYS, store, services, wire), 1));
    }

    private record Protocol(HookedStore store, ProtocolHost host) {
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
}
