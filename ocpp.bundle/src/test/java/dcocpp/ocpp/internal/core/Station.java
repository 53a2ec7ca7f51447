package dcocpp.ocpp.internal.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.security.SecurityFiles;
import dcocpp.ocpp.internal.testing.FakeBackOffice;
import dcocpp.ocpp.internal.testing.FakeCharger;
import dcocpp.ocpp.internal.testing.FakeCourier;
import dcocpp.ocpp.internal.testing.FakeInstaller;
import dcocpp.ocpp.internal.testing.FakeJournal;
import dcocpp.ocpp.internal.testing.FragileStore;
import dcocpp.ocpp.internal.transfer.TransferPolicy;
import dcocpp.testkit.FakeTimeSource;

/** A charge point between a charger, a journal and a back office that a test controls; time stands still by itself. */
final class Station {

    final FakeTimeSource time = new FakeTimeSource();
    FakeJournal journal = new FakeJournal(time);
    final FakeCharger charger = new FakeCharger(time, 2);
    final FakeBackOffice backOffice = new FakeBackOffice(time);
    final DataTransferHandlers handlers = new DataTransferHandlers();
    final FakeCourier courier = new FakeCourier();
    FakeInstaller installer = new FakeInstaller();
    /** What the disk refuses from now on. */
    FragileStore.Disk disk = FragileStore.Disk.GOOD;
    final Map<String, Object> keys = new TreeMap<>();
    private final Path folder;
    private ScheduledExecutorService owner;
    ChargePoint point;

    Station(Path folder) {
        this.folder = folder;
        keys.put("Internal.ChargePointVendor", "DC OCPP");
        keys.put("Internal.ChargePointModel", "Ring 12");
        keys.put("Internal.FirmwareVersion", "1.0.0");
        keys.put("Core.NumberOfConnectors", 2);
        keys.put("Core.MeterValueSampleInterval", 0);
        keys.put("Core.ClockAlignedDataInterval", 0);
        keys.put("Core.TransactionMessageAttempts", 3);
        keys.put("Core.TransactionMessageRetryInterval", 10);
        keys.put("Internal.RetryBackoffRandomRange", 0);
        // Whoever is not about them counts messages without them.
        keys.put("Security.DisableSecurityEventNotifications", true);
    }

    /** Where the back office is; null = nowhere. */
    URI address = URI.create("ws://host/cp");
    /** Another run of the process is another number. */
    int run = 1;

    /** Starts the bundle, and lets it connect and register. */
    Station start() {
        owner = time.newAgent("dcocpp-ocpp-link");
        Settings settings = new Settings("cp", address, folder.resolve("db"), folder.resolve("log"), folder.resolve("user.json"),
                security(), "run " + run, TransferPolicy.of(Map.of("dataDir", folder.toString())));
        point = new ChargePoint(settings, new FragileStore(settings.databaseFolder(), () -> disk), keys,
                new ChargePoint.Outside(new Controller(journal, charger, charger, charger), backOffice, courier, handlers,
                        () -> installer), time, owner, new Random(1));
        owner.execute(point::start);
        time.runDue();
        return this;
    }

    /** The bundle is stopped in good order, as for a replacement. */
    void stop() {
        point.sayGoodBye();
        point.close();
        owner.shutdownNow();
        backOffice.close(Duration.ZERO);
    }

    /** The process is killed: nothing gets a chance to say or write anything. */
    void kill() {
        backOffice.close(Duration.ZERO);
        owner.shutdownNow();
        point.close();
    }

    /** The controller tells of a change. */
    void changed() {
        owner.execute(() -> point.update(charger.snapshot()));
        time.runDue();
    }

    void post(Runnable task) {
        owner.execute(task);
        time.runDue();
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    Path folder() {
        return folder;
    }

    SecurityFiles security() {
        return new SecurityFiles(folder.resolve("csms.pem"), folder.resolve("roots/manufacturer.pem"), folder.resolve("client"),
                folder.resolve("client"));
    }
}
