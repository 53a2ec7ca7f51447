package com.example.charger;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;

/** One gun, one power module and the board that drives them, on a serial line. */
@Component(service = Hardware.class, property = Hardware.NAME + "=" + SampleHardware.NAME_OF_THIS)
public final class SampleHardware implements Hardware {

    static final String NAME_OF_THIS = "sample";

    /** The module's set points count, there is no ring, the connector has a sensor. */
    private static final HardwareCapabilities CAPABILITIES = new HardwareCapabilities(true, false, true);
    private static final long POLL_MS = 20;
    private static final long END_SECONDS = 1;

    private final TimeSource time;
    private final SerialLine line;
    private final FrontPanel panel;
    private final List<HardwareListener> listeners = new CopyOnWriteArrayList<>();
    private ScheduledExecutorService agent;
    private volatile Board board;

    /** As the charger starts it: with the pretended board and a panel to play with. */
    @Activate
    public SampleHardware(@Reference TimeSource time, BundleContext context) {
        this.time = time;
        PretendBoard pretended = new PretendBoard(time);
        this.line = pretended;
        String data = context.getProperty("dcocpp.data");
        this.panel = new FrontPanel(time, pretended, Path.of(data == null ? "." : data, "sample-panel.txt"));
    }

    SampleHardware(TimeSource time, SerialLine line) {
        this.time = time;
        this.line = line;
        this.panel = null;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(HardwareListener listener) {
        listeners.add(listener);
    }

    void unbindListener(HardwareListener listener) {
        listeners.remove(listener);
    }

    @Override
    public synchronized void open(Topology topology) throws HardwareException {
        if (agent != null) {
            throw new IllegalStateException("the board is in service already; close it first");
        }
        if (time.rate() != 1) {
            throw new HardwareException("the clock runs at " + time.rate() + " times real time; a board needs dcocpp.time.rate 1");
        }
        board = new Board(Wiring.of(topology), line, this::changed, this::tokenRead, time.nanoTime());
        agent = time.newAgent("dcocpp-sample-board");
        agent.scheduleAtFixedRate(() -> board.poll(time.nanoTime()), 0, POLL_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public HardwareCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public HardwareSnapshot snapshot() {
        return board.snapshot();
    }

    @Override
    public void command(HardwareCommand command) {
        Board driven = board;
        if (driven != null) {
            driven.command(command);
        }
    }

    @Override
    public synchronized void close() {
        if (agent == null) {
            return;
        }
        agent.shutdownNow();
        try {
            if (agent.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                board.end(time.nanoTime());
            }
            // Else the line hangs, and the board's own watchdog opens everything.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        agent = null;
    }

    @Deactivate
    void deactivate() {
        close();
        if (panel != null) {
            panel.close();
        }
    }

    private void changed() {
        tell(listener -> listener.changed(NAME_OF_THIS));
    }

    private void tokenRead(TokenRead token) {
        tell(listener -> listener.tokenRead(token));
    }

    private void tell(Consumer<HardwareListener> event) {
        for (HardwareListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException broken) {
                // Its own affair: the others and the board must not suffer.
            }
        }
    }
}
