package dcocpp.can.internal;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.can.internal.driver.DriverEvents;
import dcocpp.can.internal.driver.UnavailableCabinet;

/** The thread {@code dcocpp-can-bus}: it alone opens, reads, writes and closes the bus. */
final class BusThread {

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TimeSource time;
    private final ScheduledExecutorService agent;
    private final Bus.Opener opener;
    private final Topology topology;
    private final DriverEvents events;
    private final String interfaceName;
    private String reported = "";
    private volatile HardwareSnapshot snapshot;

    BusThread(TimeSource time, Bus.Opener opener, Topology topology, DriverEvents events) {
        this.time = time;
        this.opener = opener;
        this.topology = topology;
        this.events = events;
        this.interfaceName = topology.connectors().get(0).canInterface();
        this.agent = time.newAgent("dcocpp-can-bus");
        this.snapshot = UnavailableCabinet.snapshot(topology, "opening " + interfaceName, time.nanoTime());
    }

    void start() {
        agent.execute(this::attempt);
    }

    HardwareSnapshot snapshot() {
        return snapshot;
    }

    private void attempt() {
        try {
            opener.open(interfaceName, new int[0]).close();
            unavailable("the driver of the PLC bus is not complete");
        } catch (BusUnavailableException e) {
            unavailable(e.getMessage());
        }
        agent.schedule(this::attempt, RETRY_NANOS, TimeUnit.NANOSECONDS);
    }

    private void unavailable(String reason) {
        snapshot = UnavailableCabinet.snapshot(topology, reason, time.nanoTime());
        if (!reason.equals(reported)) {
            reported = reason;
            events.warn("PLC bus " + interfaceName + " unavailable, every connector is faulted, tried again every 5 s: " + reason);
            events.changed();
        }
    }

    void close() {
        agent.shutdownNow();
        try {
            if (!agent.awaitTermination(1, TimeUnit.SECONDS)) {
                events.warn("The bus thread does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
