package dcocpp.can.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot.Condition;
import dcocpp.api.hardware.TokenRead;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.Frames;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.testkit.RealTimeSource;

/** The thread itself, in real time, on a bus in memory. */
@Timeout(60)
class BusThreadTest {

    private final BlockingQueue<Consumer<Bus.FrameSink>> incoming = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lifeCycle = new LinkedBlockingQueue<>();
    private final CanHardware hardware = new CanHardware(DriverSettings.of(true, "strict", "1", 9, false, true, false, true, 50),
            new RealTimeSource(), (name, ids) -> new MemoryBus());
    private volatile boolean lost;

    @AfterEach
    void end() throws InterruptedException {
        hardware.deactivate();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("dcocpp-can-")) {
                thread.join(20_000);
                assertFalse(thread.isAlive(), thread + " is left");
            }
        }
    }

    @Test
    void sendsWithoutBeingAskedAndEndsWithEverythingForcedOffAndTheBusClosed() throws Exception {
        hardware.open(Cabinets.guns(2));
        await(sent, frame -> frame.startsWith("340 18"));
        await(sent, frame -> frame.startsWith("341 18"));
        sent.clear();
        hardware.close();
        await(sent, frame -> frame.startsWith("340 18"));
        assertEquals("opened", lifeCycle.poll(20, TimeUnit.SECONDS));
        assertEquals("closed", lifeCycle.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aLostBusIsUnavailableWithItsReasonAndOpenedAgain() throws Exception {
        hardware.open(Cabinets.guns(1));
        await(sent, frame -> frame.startsWith("340"));
        lost = true;
        await(lifeCycle, "closed"::equals);
        while (hardware.snapshot().condition() != Condition.UNAVAILABLE) {
            assertNotNull(lifeCycle.poll(10, TimeUnit.SECONDS), "the bus is tried again and again");
        }
        assertEquals("network is down", hardware.snapshot().detail());
        lost = false;
        sent.clear();
        await(sent, frame -> frame.startsWith("340"));
        assertNotEquals(Condition.UNAVAILABLE, hardware.snapshot().condition());
    }

    /** Defect of the original: a read that blocks held up the restart, and the error handler touched what another thread owned. */
    @Test
    void aBusOffIsAnsweredByTheThreadOfTheBusAndOpenedAgainAtOnce() throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        hardware.open(Cabinets.guns(1));
        await(sent, frame -> frame.startsWith("340"));
        long before = System.nanoTime();
        incoming.add(sink -> {
            threads.add(Thread.currentThread().getName());
            sink.frame(Bus.ERROR | 0x40, 8, 0);
        });
        await(lifeCycle, "closed"::equals);
        await(lifeCycle, "opened"::equals);
        sent.clear();
        await(sent, frame -> frame.startsWith("340 18"));
        assertEquals("dcocpp-can-bus", threads.poll());
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(5), "and not only with the next try of a bus that is missing");
    }

    @Test
    void aListenerThatHangsDoesNotHoldUpTheBus() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hardware.bindListener(new HardwareListener() {
            @Override
            public void changed(String hardwareName) {
                called.countDown();
                await(release);
            }

            @Override
            public void tokenRead(TokenRead token) {
                throw new AssertionError("nobody swiped");
            }
        });
        hardware.open(Cabinets.guns(1));
        assertTrue(called.await(10, TimeUnit.SECONDS));
        sent.clear();
        for (int i = 0; i < 5; i++) {
            await(sent, frame -> frame.startsWith("340"));
        }
        release.countDown();
    }

    @Test
    void aCommandWakesTheThread() throws HardwareException, InterruptedException {
        hardware.open(Cabinets.guns(1));
        await(sent, frame -> frame.startsWith("340"));
        hardware.command(new HardwareCommand(1, System.nanoTime(), List.of(new GunCommand(1, GunCommand.Authorization.PENDING, false,
                false, false, 0, 0, 0, 0, false, Set.of())), List.of(), Set.of()));
        await(sent, frame -> frame.startsWith("380 15 00 01"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BlockingQueue<String> queue, Predicate<String> wanted) throws InterruptedException {
        String next;
        do {
            next = queue.poll(10, TimeUnit.SECONDS);
            assertNotNull(next, "nothing more came");
        } while (!wanted.test(next));
    }

    private final class MemoryBus implements Bus {

        MemoryBus() {
            lifeCycle.add("opened");
        }

        @Override
        public void poll(long timeoutNanos, FrameSink sink) throws IOException {
            if (lost) {
                throw new IOException("network is down");
            }
            try {
                Consumer<FrameSink> frame = incoming.poll(Math.max(0, timeoutNanos), TimeUnit.NANOSECONDS);
                if (frame != null) {
                    frame.accept(sink);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean send(int id, long payload) {
            sent.add(Integer.toHexString(id) + " " + Frames.hex(payload));
            return true;
        }

        @Override
        public void wakeup() {
            incoming.add(sink -> { });
        }

        @Override
        public void close() {
            lifeCycle.add("closed");
        }
    }
}
