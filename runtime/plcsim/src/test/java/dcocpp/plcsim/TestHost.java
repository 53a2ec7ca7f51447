package dcocpp.plcsim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A host that does what a test says, on a fake clock, and hears what one PLC sends. */
final class TestHost {

    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final int PLC = 3;

    final Dbc contract = Dbc.contract();
    final List<Heard> heard = new ArrayList<>();
    final PlcRack rack = new PlcRack(PLC, 1, this::hear, 0);
    final SimulatedPlc plc = rack.plc(PLC);
    int relays;
    boolean forced;
    boolean clear;
    boolean controls = true;
    boolean granted;
    boolean locks;
    int sequence;
    double offerA = 200;
    long now;

    record Heard(long nanos, String message, byte[] data, Map<String, Double> values) {
    }

    private void hear(int id, byte[] data) {
        Dbc.Message message = contract.of(id).orElseThrow();
        assertTrue((id & 0xF) == PLC, "identifier " + Integer.toHexString(id));
        heard.add(new Heard(now, message.name(), data, message.decode(data)));
    }

    void send(String name, Map<String, ? extends Number> values) {
        Dbc.Message message = contract.message(name);
        raw(name, message.encode(values));
    }

    void raw(String name, byte[] data) {
        rack.take(0x8000_0000 | contract.message(name).id(PLC), data, now);
    }

    void handshake() {
        send("ConfigCmd", Map.of("CFG_PARAM_ID", 91, "CFG_VALUE", 1));
    }

    void control() {
        send("RelayControl", Map.of("RLY1_CMD", relays & 1, "RLY2_CMD", relays >> 1 & 1, "RLY3_CMD", relays >> 2 & 1, "SYS_ENABLE", 1,
                "FORCE_ALL_OFF", forced ? 1 : 0, "CLEAR_FAULTS", clear ? 1 : 0, "CMD_SEQ", sequence, "RLY1_ENABLE", 1, "RLY2_ENABLE", 1,
                "RLY3_ENABLE", 1));
        sequence = sequence + 1 & 0xFF;
    }

    /** Lets time pass, with RelayControl every 100 ms and the rest every second. */
    void run(long millis) {
        for (long end = now + millis * MS; now < end; now += 20 * MS) {
            if (controls && now % (100 * MS) == 0) {
                control();
            }
            if (controls && now % (1000 * MS) == 0) {
                send("EVSE_DC_MaxLimits", Map.of("EVSE_MAX_V", 1000, "EVSE_MAX_I", offerA, "EVSE_MAX_P", 60));
                send("EVSE_DC_Present", Map.of());
                send("ConfigCmd", Map.of("CFG_PARAM_ID", 20, "CFG_VALUE", granted ? 1 : 0));
                send("ConfigCmd", Map.of("CFG_PARAM_ID", 30, "CFG_VALUE", locks ? 1 : 0));
            }
            rack.step(now);
        }
    }

    void runUntil(BooleanSupplier condition, long limitMillis) {
        for (long waited = 0; !condition.getAsBoolean(); waited += 20) {
            assertTrue(waited < limitMillis, "not within " + limitMillis + " ms; stage " + plc.truth().hlcStageName());
            run(20);
        }
    }

    List<Heard> heard(String message) {
        return heard.stream().filter(frame -> frame.message.equals(message)).toList();
    }

    Map<String, Double> last(String message) {
        List<Heard> frames = heard(message);
        return frames.get(frames.size() - 1).values;
    }
}
