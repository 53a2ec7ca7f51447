package dcocpp.can.internal;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.can.internal.driver.DriverEvents;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.can.internal.driver.PlcDriver;

/**
 * The thread {@code dcocpp-can-bus}: it alone opens, reads, writes and closes the bus and drives the driver. While there is no bus it
 * tries again every five seconds; after a bus-off, or when an open bus is lost, at once and then ever more slowly.
 */
final class BusThread {

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A snapshot that is old is taken for a hung driver. */
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FIRST_REOPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long an ending driver waits for the contactors to open. */
    private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final TimeSource time;
    private final ScheduledExecutorService agent;
    private final Bus.Opener opener;
    private final String interfaceName;
    private final PlcDriver driver;
    private final DriverEvents events;
    private final AtomicReference<HardwareCommand> command = new AtomicReference<>();
    private final AtomicReference<DriverSettings> settings = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Bus bus;
    private volatile boolean stopping;
    private long attemptNanos;
    private String reported = "";
    private long reopenNanos = FIRST_REOPEN_NANOS;
    private boolean stopRequested;
    private long stopDeadlineNanos;

    BusThread(TimeSource time, Bus.Opener opener, String interfaceName, PlcDriver driver, DriverEvents events) {
        this.time = time;
        this.opener = opener;
        this.interfaceName = interfaceName;
        this.driver = driver;
        this.events = events;
        this.attemptNanos = time.nanoTime();
        this.agent = time.newAgent("dcocpp-can-bus");
    }

    void start() {
        agent.execute(this::openAndServe);
    }

    HardwareSnapshot snapshot() {
        return driver.snapshot();
    }

    void command(HardwareCommand wanted) {
        command.set(wanted);
        Bus open = bus;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Other settings, taken over as soon as no gun is in use. */
    void settings(DriverSettings wanted) {
        settings.set(wanted);
    }

    private void openAndServe() {
        if (stopping) {
            ended.countDown();
            return;
        }
        if (time.nanoTime() - attemptNanos >= 0) {
            try {
                attemptNanos = serve(opener.open(interfaceName, driver.receivedIds())) + time.nanoTime();
            } catch (BusUnavailableException e) {
                unavailable(e.getMessage());
                attemptNanos = time.nanoTime() + RETRY_NANOS;
            }
        } else {
            driver.stillClosed();
        }
        if (stopping) {
            ended.countDown();
        } else {
            agent.schedule(this::openAndServe, Math.min(REFRESH_NANOS, attemptNanos - time.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    /** Runs the open bus until it is lost or the end; after how long to open it again. */
    private long serve(Bus opened) {
        bus = opened;
        long openedNanos = time.nanoTime();
        try {
            driver.busOpened(opened);
            while (!driver.busOff() && !(stopping && stopped())) {
                HardwareCommand wanted = command.getAndSet(null);
                if (wanted != null) {
                    driver.command(wanted);
                }
                applySettings();
                long next = driver.work();
                opened.poll(next - time.nanoTime(), driver);
                if (!reported.isEmpty() && time.nanoTime() - openedNanos > RETRY_NANOS) {
                    reported = "";
                    events.info("PLC bus " + interfaceName + " works again");
                }
            }
        } catch (IOException e) {
            unavailable(e.getMessage());
        } catch (RuntimeException e) {
            events.error("The driver of the PLC bus failed", e);
            unavailable("the driver failed: " + e);
        } finally {
            bus = null;
            opened.close();
        }
        reopenNanos = time.nanoTime() - openedNanos > STEADY_NANOS ? FIRST_REOPEN_NANOS : Math.min(RETRY_NANOS, reopenNanos * 2);
        return reopenNanos;
    }

    private void applySettings() {
        DriverSettings wanted = settings.get();
        if (wanted != null && driver.reconfigure(wanted)) {
            settings.compareAndSet(wanted, null);
            events.info("PLC settings in force: " + wanted);
        }
    }

    /** Forces everything off and waits for the feedback, but not for ever. */
    private boolean stopped() {
        if (!stopRequested) {
            stopRequested = true;
            stopDeadlineNanos = time.nanoTime() + STOP_NANOS;
            driver.stop();
            return false;
        }
        return driver.allOpen() || time.nanoTime() - stopDeadlineNanos >= 0;
    }

    private void unavailable(String reason) {
        driver.busUnavailable(reason);
        if (!reason.equals(reported)) {
            reported = reason;
            events.changed();
            events.warn("PLC bus " + interfaceName + " unavailable, every connector is faulted, tried again every 5 s: " + reason);
        }
    }

    void close() {
        stopping = true;
        Bus open = bus;
        try {
            if (open != null) {
                open.wakeup();
                if (!ended.await(2 * STOP_NANOS, TimeUnit.NANOSECONDS)) {
                    events.warn("The PLC bus does not end in time");
                }
            }
            agent.shutdownNow();
            if (!agent.awaitTermination(1, TimeUnit.SECONDS)) {
                events.warn("The thread of the PLC bus does not end");
            }
        } catch (InterruptedException e) {
            agent.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
