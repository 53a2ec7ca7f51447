package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.topology.Topology;

class RealClockBenchTest {

    private final RealClockBench bench = new Empty();

    @Test
    void waitsForWhatAnotherThreadBringsAbout() throws InterruptedException, ExecutionException, TimeoutException {
        ScheduledExecutorService agent = bench.time().newAgent("dcocpp-hardwarekit-test");
        try {
            AtomicInteger calls = new AtomicInteger();
            agent.schedule(calls::incrementAndGet, 30, TimeUnit.MILLISECONDS);
            assertTrue(bench.await(() -> calls.get() == 1, Duration.ofSeconds(20)));
            assertEquals("dcocpp-hardwarekit-test", agent.submit(() -> Thread.currentThread().getName()).get(20, TimeUnit.SECONDS));
        } finally {
            agent.shutdownNow();
        }
    }

    @Test
    void givesUpAtTheLimitAndNotBefore() {
        long began = bench.time().nanoTime();
        assertFalse(bench.await(() -> false, Duration.ofMillis(40)));
        assertTrue(bench.time().nanoTime() - began >= Duration.ofMillis(40).toNanos());
    }

    @Test
    void asksAtLeastOnce() {
        AtomicInteger asked = new AtomicInteger();
        assertFalse(bench.await(() -> asked.incrementAndGet() > 1, Duration.ZERO));
        assertEquals(1, asked.get());
    }

    @Test
    void theWallClockCanBeSetAndTheOtherOneCannot() {
        long before = bench.time().nanoTime();
        bench.time().adjust(Instant.parse("2030-01-01T00:00:00Z"));
        assertEquals(0, Duration.between(Instant.parse("2030-01-01T00:00:00Z"), bench.time().now()).toHours());
        assertTrue(bench.time().nanoTime() - before >= 0 && bench.time().nanoTime() - before < Duration.ofHours(1).toNanos());
    }

    /** A bench with nothing on it: only its time is looked at. */
    private static final class Empty extends RealClockBench {

        @Override
        public Hardware hardware() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String hardwareName() {
            return "empty";
        }

        @Override
        public void listen(HardwareListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ignore(HardwareListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Topology topology() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Topology> impossibleTopologies() {
            return Map.of();
        }

        @Override
        public void plug(int connectorId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void plugNearlyFull(int connectorId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unplug(int connectorId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void card(int connectorId, String idTag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<FaultCause> causes() {
            return Set.of();
        }

        @Override
        public void raise(int connectorId, FaultCause cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void mend(int connectorId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean closed(String contactorId) {
            return false;
        }

        @Override
        public double currentA(int connectorId) {
            return 0;
        }

        @Override
        public double busVoltageV(int connectorId) {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
