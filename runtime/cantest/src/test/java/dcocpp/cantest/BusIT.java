package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanFrame;
import tel.schich.javacan.RawCanChannel;

import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.can.internal.bus.JavacanBus;

/** The driver's socket on a kernel that has SocketCAN. */
@Timeout(60)
class BusIT {

    private static final String INTERFACE = "vcan0";
    private static final int RELAY_STATUS = 0x160;
    private static final int SAFETY_SWITCH_STATUS = 0x190;
    private static final int BUS_OFF = 0x040;
    private static final int LOST_ARBITRATION = 0x002;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The last frame of a test: when it has arrived, everything before it has too. */
    private static final byte[] LAST = {0x7F};

    private final List<Received> received = new ArrayList<>();
    private RawCanChannel plc;
    private Bus bus;

    private record Received(int rawId, int length, long payload) {
    }

    @BeforeEach
    void openBothEnds() throws Exception {
        link("up");
        plc = CanChannels.newRawChannel(INTERFACE);
        bus = JavacanBus.open(INTERFACE, new int[] {RELAY_STATUS | 3, SAFETY_SWITCH_STATUS | 3});
    }

    @AfterEach
    void closeBothEnds() throws Exception {
        bus.close();
        plc.close();
        link("up");
    }

    @Test
    void onlyTheFramesOfItsPlcsPassTheKernel() throws Exception {
        plc.write(CanFrame.createExtended(RELAY_STATUS | 2, (byte) 0, new byte[] {1}));
        plc.write(CanFrame.create(RELAY_STATUS | 3, (byte) 0, new byte[] {2}));
        plc.write(CanFrame.createRaw(Bus.EXTENDED | Bus.REMOTE | RELAY_STATUS | 3, (byte) 0, new byte[0], 0, 0));
        plc.write(CanFrame.createExtended(0x10000 | RELAY_STATUS | 3, (byte) 0, new byte[] {3}));
        plc.write(CanFrame.createExtended(RELAY_STATUS | 3, (byte) 0, new byte[] {0x06, 0x2A, 0x14, 0x00, 0x10, 0x0E, 0x00, 0x23}));
        plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
        awaitLast();
        assertEquals(List.of(new Received(Bus.EXTENDED | RELAY_STATUS | 3, 8, 0x23_00_0E_10_00_14_2A_06L),
                new Received(Bus.EXTENDED | SAFETY_SWITCH_STATUS | 3, 1, 0x7F)), received);
    }

    @Test
    void itsOwnFramesAreOnTheBusAndDoNotComeBack() throws Exception {
        assertTrue(bus.send(RELAY_STATUS | 3, 0x36_00_00_00_00_00_2B_18L));
        plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
        awaitLast();
        assertEquals(List.of(new Received(Bus.EXTENDED | SAFETY_SWITCH_STATUS | 3, 1, 0x7F)), received);
        CanFrame heard = plc.read();
        assertTrue(heard.isExtended());
        assertEquals(RELAY_STATUS | 3, heard.getId());
        byte[] data = new byte[heard.getDataLength()];
        heard.getData(data, 0, data.length);
        assertEquals("182b000000000036", HexFormat.of().formatHex(data));
    }

    @Test
    void busOffArrivesAndWhatIsNoFaultDoesNot() throws Exception {
        plc.write(CanFrame.createRaw(Bus.ERROR | LOST_ARBITRATION, (byte) 0, new byte[8], 0, 8));
        plc.write(CanFrame.createRaw(Bus.ERROR | BUS_OFF, (byte) 0, new byte[8], 0, 8));
        plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
        awaitLast();
        assertEquals(List.of(Bus.ERROR | BUS_OFF, Bus.EXTENDED | SAFETY_SWITCH_STATUS | 3),
                received.stream().map(Received::rawId).toList());
    }

    @Test
    void aBurstArrivesWholeAndInOrder() throws Exception {
        int frames = 200;
        for (int i = 0; i < frames; i++) {
            plc.write(CanFrame.createExtended(RELAY_STATUS | 3, (byte) 0, new byte[] {(byte) i, 0, 0, 0, 0, 0, 0, 0}));
        }
        plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
        awaitLast();
        assertEquals(frames + 1, received.size());
        for (int i = 0; i < frames; i++) {
            assertEquals(i, received.get(i).payload & 0xFF);
        }
    }

    @Test
    void framesThatAreNotReadInTimeAreCountedToTheLast() throws Exception {
        // A kernel gives at most net.core.rmem_max; a second of a full bus fits into what is asked for, this never does.
        int frames = 20_000;
        for (int i = 0; i < frames; i++) {
            plc.write(CanFrame.createExtended(RELAY_STATUS | 3, (byte) 0, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}));
        }
        assertEquals(0, bus.lostFrames());
        pollUntilQuiet();
        assertTrue(received.size() < frames, received.size() + " frames in the socket");
        // The count of what was lost comes with frames that were queued afterwards, and with one of sixteen.
        for (int i = 0; i < 16; i++) {
            plc.write(CanFrame.createExtended(RELAY_STATUS | 3, (byte) 0, new byte[] {2, 0, 0, 0, 0, 0, 0, 0}));
        }
        plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
        awaitLast();
        assertEquals(frames + 17, received.size() + bus.lostFrames());
    }

    private void pollUntilQuiet() throws IOException {
        int before;
        do {
            before = received.size();
            bus.poll(SECOND_NANOS / 10, (rawId, length, payload) -> received.add(new Received(rawId, length, payload)));
        } while (received.size() > before);
    }

    @Test
    void aLinkThatGoesDownIsToldAndWorksAgainWhenItIsUp() throws Exception {
        link("down");
        IOException down = assertThrows(IOException.class, () -> pollUntil(SECOND_NANOS * 5, () -> false));
        assertTrue(down.getMessage().contains(INTERFACE + " is down"), down.getMessage());
        BusUnavailableException refused = assertThrows(BusUnavailableException.class,
                () -> JavacanBus.open(INTERFACE, new int[] {RELAY_STATUS}));
        assertTrue(refused.getMessage().contains("is down"), refused.getMessage());
        bus.close();
        link("up");
        bus = JavacanBus.open(INTERFACE, new int[] {SAFETY_SWITCH_STATUS | 3});
        plc.close();
        plc = CanChannels.newRawChannel(INTERFACE);
        plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
        awaitLast();
    }

    @Test
    void anInterfaceThatIsTakenAwayIsTold() throws Exception {
        run("ip", "link", "add", "vcan9", "type", "vcan");
        run("ip", "link", "set", "vcan9", "up");
        bus.close();
        bus = JavacanBus.open("vcan9", new int[] {RELAY_STATUS});
        run("ip", "link", "del", "vcan9");
        IOException gone = assertThrows(IOException.class, () -> pollUntil(SECOND_NANOS * 5, () -> false));
        assertTrue(gone.getMessage().contains("vcan9"), gone.getMessage());
        BusUnavailableException refused = assertThrows(BusUnavailableException.class,
                () -> JavacanBus.open("vcan9", new int[] {RELAY_STATUS}));
        assertTrue(refused.getMessage().contains("no CAN interface vcan9"), refused.getMessage());
    }

    @Test
    void aWakeUpEndsAPollAndOneAfterTheCloseHarmsNobody() throws Exception {
        CompletableFuture<Long> polled = CompletableFuture.supplyAsync(() -> {
            long began = System.nanoTime();
            try {
                bus.poll(SECOND_NANOS * 30, (rawId, length, payload) -> { });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return System.nanoTime() - began;
        });
        while (!polled.isDone()) {
            bus.wakeup();
        }
        assertTrue(polled.get(10, TimeUnit.SECONDS) < SECOND_NANOS * 10, "waited " + polled.get() + " ns");
        bus.close();
        bus.close();
        try (ClosingBus next = new ClosingBus(JavacanBus.open(INTERFACE, new int[] {SAFETY_SWITCH_STATUS | 3}))) {
            // The new socket may have the descriptor of the old one.
            bus.wakeup();
            plc.write(CanFrame.createExtended(SAFETY_SWITCH_STATUS | 3, (byte) 0, LAST));
            next.bus.poll(SECOND_NANOS * 5, (rawId, length, payload) -> received.add(new Received(rawId, length, payload)));
        }
        assertEquals(1, received.size());
    }

    /** A bus that closes with its block. */
    private record ClosingBus(Bus bus) implements AutoCloseable {
        @Override
        public void close() {
            bus.close();
        }
    }

    @Test
    void aQuietBusPollsUntilItsTimeAndNotLonger() throws Exception {
        long began = System.nanoTime();
        bus.poll(SECOND_NANOS / 5, (rawId, length, payload) -> received.add(new Received(rawId, length, payload)));
        long waited = System.nanoTime() - began;
        assertTrue(received.isEmpty());
        assertTrue(waited >= SECOND_NANOS / 5 - SECOND_NANOS / 50 && waited < SECOND_NANOS * 3, "waited " + waited + " ns");
    }

    private void awaitLast() throws Exception {
        pollUntil(SECOND_NANOS * 20, () -> received.stream().anyMatch(frame -> frame.length == 1 && frame.payload == LAST[0]));
    }

    private void pollUntil(long limitNanos, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + limitNanos;
        while (!condition.call()) {
            assertTrue(System.nanoTime() - deadline < 0, () -> "not in time; received " + received);
            bus.poll(SECOND_NANOS / 10, (rawId, length, payload) -> received.add(new Received(rawId, length, payload)));
        }
    }

    private static void link(String state) throws Exception {
        run("ip", "link", "set", INTERFACE, state);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), String.join(" ", command));
        assertEquals(0, process.exitValue(), String.join(" ", command));
    }
}
