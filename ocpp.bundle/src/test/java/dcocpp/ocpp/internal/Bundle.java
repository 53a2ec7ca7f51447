package dcocpp.ocpp.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dcocpp.ocpp.internal.testing.FakeCharger;
import dcocpp.ocpp.internal.testing.FakeJournal;
import dcocpp.testkit.RealTimeSource;

/** The component as the framework runs it, over real sockets, in front of a charger that a test controls. */
final class Bundle {

    final RealTimeSource time = new RealTimeSource();
    final FakeCharger charger = new FakeCharger(time, 2);
    final FakeJournal journal = new FakeJournal(time);
    final Map<String, Object> properties = new TreeMap<>();
    private ControllerEvents events;
    OcppBackOffice component;

    Bundle(Path folder, String address) {
        properties.put("chargePointId", "cp 1");
        properties.put("centralSystemURI", address);
        properties.put("databaseDir", folder.resolve("db").toString());
        properties.put("messageLogPath", folder.resolve("log").toString());
        properties.put("userConfig", folder.resolve("user.json").toString());
        properties.put("csmsCaBundle", folder.resolve("csms.pem").toString());
        properties.put("manufacturerCaBundle", folder.resolve("manufacturer.pem").toString());
        properties.put("clientCertDir", folder.resolve("client").toString());
        properties.put("clientKeyDir", folder.resolve("client").toString());
        properties.put("config.generation", 1L);
        properties.put("Internal.ChargePointVendor", "DC OCPP");
        properties.put("Internal.ChargePointModel", "Ring 12");
        properties.put("Internal.RetryBackoffWaitMinimum", 1);
        properties.put("Internal.RetryBackoffRandomRange", 0);
        properties.put("Core.NumberOfConnectors", 2);
        properties.put("Core.MeterValueSampleInterval", 1);
        properties.put("Core.TransactionMessageRetryInterval", 0);
    }

    void start() {
        events = new ControllerEvents();
        component = new OcppBackOffice(properties, time, journal, charger, charger, charger, events);
    }

    void stop() {
        component.deactivate();
    }

    void changed() {
        events.changed(charger.snapshot());
    }
}
