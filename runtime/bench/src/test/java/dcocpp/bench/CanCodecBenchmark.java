package dcocpp.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.HostFrames;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.PlcLayout.EvTargets;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.Signal;
import dcocpp.plcsim.Dbc;

/**
 * One frame of the PLC bus: its message found, its checksum checked and its signals read; or its signals set and the checksum made. Beside
 * it the same by the decoder of the simulated PLC, which reads the DBC at run time and goes by names.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CanCodecBenchmark {

    private final int[] ids = {0x162, 0x16B};
    private final long[] statuses = {0x2300_0E10_0014_2A06L, 0x2D00_0E12_0C84_2C48L};
    private final long[] targets = {0x03DB_101D_05DC_1068L, 0};
    private final byte[][] statusBytes = {{0x06, 0x2A, 0x14, 0x00, 0x10, 0x0E, 0x00, 0x23},
        {0x48, 0x2C, (byte) 0x84, 0x0C, 0x12, 0x0E, 0x00, 0x2D}};
    private final Dbc contract = Dbc.contract();
    private int next;

    private int next() {
        next = 1 - next;
        return next;
    }

    /** Everything that the driver takes from RelayStatus. */
    @Benchmark
    public long decodeRelayStatus() {
        int index = next();
        long payload = statuses[index];
        Message message = Message.of(ids[index]);
        if (!message.checksummed() || !CrcMode.STRICT.accepts(payload)) {
            throw new IllegalStateException("a good frame is refused");
        }
        long bits = Signal.isSet(RelayStatus.SAFETY_OK, payload) ? 1 : 0;
        bits += Signal.isSet(RelayStatus.SAFETY_ACTIVE, payload) ? 2 : 0;
        bits += Signal.isSet(RelayStatus.ESTOP_LATCHED, payload) ? 4 : 0;
        bits += Signal.isSet(RelayStatus.ESTOP_INPUT, payload) ? 8 : 0;
        bits += Signal.isSet(RelayStatus.EARTH_FAULT, payload) ? 16 : 0;
        bits += Signal.isSet(RelayStatus.COMM_FAULT, payload) ? 32 : 0;
        bits += Signal.isSet(RelayStatus.RLY1_FAULT, payload) ? 64 : 0;
        bits += Signal.isSet(RelayStatus.RLY1_STATE, payload) ? 128 : 0;
        bits += Signal.isSet(RelayStatus.RLY2_STATE, payload) ? 256 : 0;
        bits += Signal.isSet(RelayStatus.RLY3_STATE, payload) ? 512 : 0;
        return bits + Signal.number(RelayStatus.FAULT_REASON, payload) + Signal.number(RelayStatus.LAST_CMD_SEQ_APPLIED, payload)
                + Signal.number(RelayStatus.UPTIME, payload);
    }

    @Benchmark
    public double decodeTargets() {
        long payload = targets[next()];
        return Signal.value(EvTargets.EV_TARGET_V, payload) + Signal.value(EvTargets.EV_TARGET_I, payload)
                + Signal.value(EvTargets.EV_PRESENT_V, payload) + Signal.value(EvTargets.EV_PRESENT_I, payload);
    }

    @Benchmark
    public long encodeRelayControl() {
        return HostFrames.relayControl(next() * 6, 7, false, next);
    }

    @Benchmark
    public long encodePresent() {
        return HostFrames.present(412.5 + next(), 98.7, 40_700, true, true, 0);
    }

    /** RelayStatus by the other decoder. */
    @Benchmark
    public double decodeRelayStatusByName() {
        int index = next();
        byte[] data = statusBytes[index];
        Dbc.Message message = contract.of(ids[index]).orElseThrow();
        if (!message.checksummed() || !message.intact(data)) {
            throw new IllegalStateException("a good frame is refused");
        }
        Map<String, Double> signals = message.decode(data);
        return signals.get("SAFETY_OK") + signals.get("FAULT_REASON") + signals.get("LAST_CMD_SEQ_APPLIED");
    }

    /** RelayControl by the other encoder. */
    @Benchmark
    public byte[] encodeRelayControlByName() {
        int on = next();
        return contract.message("RelayControl").encode(Map.of("RLY2_CMD", on, "RLY3_CMD", on, "SYS_ENABLE", 1, "CMD_SEQ", 42, "RLY1_ENABLE",
                1, "RLY2_ENABLE", 1, "RLY3_ENABLE", 1));
    }
}
