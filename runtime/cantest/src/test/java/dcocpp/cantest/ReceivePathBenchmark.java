package dcocpp.cantest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanFilter;
import tel.schich.javacan.CanFrame;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.RawCanChannel;

import dcocpp.can.internal.DriverAlone;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.bus.JavacanBus;
import dcocpp.can.internal.driver.PlcDriver;
import dcocpp.plcsim.Dbc;

/**
 * What it takes to receive a frame that waits in the socket: read by javacan alone, handed on by the driver's bus, and taken by the driver,
 * which checks it, keeps what it says and decides. The frames are those of twelve guns in use, 200 at a time: more a socket's buffer does
 * not hold.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReceivePathBenchmark {

    static final int FRAMES = 200;
    private static final int GUNS = 12;
    private static final String INTERFACE = "vcan0";

    /** The other end of the bus. */
    @State(Scope.Thread)
    public static class Plcs {

        private final List<CanFrame> frames = new ArrayList<>();
        private RawCanChannel channel;

        @Setup
        public void open() throws IOException {
            channel = CanChannels.newRawChannel(INTERFACE);
            Dbc contract = Dbc.contract();
            // In the ratio of the contract's periods: five RelayStatus to four SafetySwitchStatus, and so on.
            List<String> names = List.of("RelayStatus", "SafetySwitchStatus", "EVDC_Targets", "EnergyMeterData", "RelayStatus",
                    "SafetySwitchStatus", "EVDC_Targets", "CP_VoltageLevels", "RelayStatus", "SafetySwitchStatus", "EVDC_Targets",
                    "EnergyMeterData", "RelayStatus", "SafetySwitchStatus", "EVDC_Targets", "ChargeInfo", "RelayStatus");
            for (int i = 0; i < FRAMES; i++) {
                Dbc.Message message = contract.message(names.get(i / GUNS % names.size()));
                frames.add(CanFrame.createExtended(message.id(i % GUNS), (byte) 0, message.encode(values(message.name()))));
            }
        }

        private static Map<String, Integer> values(String message) {
            return switch (message) {
                case "RelayStatus", "SafetySwitchStatus" -> Map.of("SAFETY_OK", 1, "SW1", 1, "SW3", 1);
                case "EVDC_Targets" -> Map.of("EV_TARGET_V", 420, "EV_TARGET_I", 150, "EV_PRESENT_V", 412, "EV_PRESENT_I", 98);
                case "EnergyMeterData" -> Map.of("METER_OK", 1, "METER_VOLTAGE", 412, "METER_CURRENT", 98, "METER_POWER", 40);
                case "CP_VoltageLevels" -> Map.of("CP_STATE", (int) 'C', "CP_DUTY", 5);
                default -> Map.of("HLC_STAGE", 10, "AUTH_GRANTED", 1);
            };
        }

        /** The frames of a third of a second, before the clock runs. */
        @Setup(Level.Invocation)
        public void send() throws IOException {
            for (CanFrame frame : frames) {
                channel.write(frame);
            }
        }

        @TearDown
        public void close() throws IOException {
            channel.close();
        }
    }

    /** javacan and nothing else. */
    @State(Scope.Thread)
    public static class BareSocket {

        private final ByteBuffer in = RawCanChannel.allocateSufficientMemory().order(ByteOrder.nativeOrder());
        private RawCanChannel channel;

        @Setup
        public void open() throws IOException {
            channel = CanChannels.newRawChannel(INTERFACE);
            int[] ids = DriverAlone.driver(GUNS).receivedIds();
            CanFilter[] filters = new CanFilter[ids.length];
            for (int i = 0; i < ids.length; i++) {
                filters[i] = new CanFilter(ids[i] | Bus.EXTENDED, Bus.EXTENDED | Bus.EXTENDED_MASK);
            }
            channel.setOption(CanSocketOptions.FILTER, filters);
        }

        @TearDown
        public void close() throws IOException {
            channel.close();
        }
    }

    /** The driver's bus with the driver behind it. */
    @State(Scope.Thread)
    public static class DriversBus implements Bus.FrameSink {

        private PlcDriver driver;
        private Bus bus;
        private int taken;
        private long sum;

        @Setup
        public void open() throws Exception {
            driver = DriverAlone.driver(GUNS);
            bus = JavacanBus.open(INTERFACE, driver.receivedIds());
            driver.busOpened(bus);
        }

        @Override
        public void batchBegins() {
            driver.batchBegins();
        }

        @Override
        public void frame(int rawId, int length, long payload) {
            taken++;
            driver.frame(rawId, length, payload);
        }

        @Override
        public void batchEnds() {
            driver.batchEnds();
        }

        @TearDown
        public void close() {
            bus.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long bareRead(Plcs plcs, BareSocket socket) throws IOException {
        long sum = 0;
        for (int i = 0; i < FRAMES; i++) {
            socket.in.clear();
            socket.channel.readUnsafe(socket.in);
            sum += socket.in.getInt(0);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long driversBus(Plcs plcs, DriversBus receiver) throws IOException {
        receiver.taken = 0;
        while (receiver.taken < FRAMES) {
            receiver.bus.poll(TimeUnit.SECONDS.toNanos(1), (rawId, length, payload) -> {
                receiver.taken++;
                receiver.sum += payload;
            });
        }
        return receiver.sum;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int wholePath(Plcs plcs, DriversBus receiver) throws IOException {
        receiver.taken = 0;
        while (receiver.taken < FRAMES) {
            receiver.bus.poll(TimeUnit.SECONDS.toNanos(1), receiver);
        }
        return receiver.taken;
    }

    /** The clock, which the driver reads once for all frames that wait: nothing on a real kernel, a system call in user-mode Linux. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }
}
