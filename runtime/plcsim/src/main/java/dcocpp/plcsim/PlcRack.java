package dcocpp.plcsim;

import java.util.ArrayList;
import java.util.List;

/** The PLCs on one bus. Knows no clock and no socket. One thread. */
public final class PlcRack {

    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE_OR_ERROR = 0x6000_0000;
    private static final int EXTENDED_MASK = 0x1FFF_FFFF;

    private final Dbc contract = Dbc.contract();
    private final List<SimulatedPlc> plcs = new ArrayList<>();
    private long nowNanos;

    /** Where frames go. */
    @FunctionalInterface
    public interface FrameSink {

        /** Takes a frame with a 29-bit identifier. */
        void frame(int id, byte[] data);
    }

    /**
     * PLCs with consecutive addresses, switched on.
     *
     * @param first the first plcId
     * @param count how many, at most 16 in all
     * @param bus where their frames go
     * @param nowNanos process time
     */
    public PlcRack(int first, int count, FrameSink bus, long nowNanos) {
        if (first < 0 || count < 1 || first + count > 16) {
            throw new IllegalArgumentException("a bus has the plcIds 0 to 15, not " + first + " to " + (first + count - 1));
        }
        for (int plcId = first; plcId < first + count; plcId++) {
            plcs.add(new SimulatedPlc(plcId, contract, bus, nowNanos));
        }
        this.nowNanos = nowNanos;
    }

    /** The identifiers of the frames that a host sends to these PLCs. */
    int[] hostIds() {
        return contract.messages().stream().filter(message -> message.sender().equals("HOST"))
                .flatMapToInt(message -> plcs.stream().mapToInt(plc -> message.id(plc.plcId()))).toArray();
    }

    /**
     * Takes a frame from the bus; others than those of a host to one of these PLCs are ignored.
     *
     * @param rawId the identifier with the flags of SocketCAN
     */
    public void take(int rawId, byte[] data, long atNanos) {
        nowNanos = atNanos;
        if ((rawId & EXTENDED) == 0 || (rawId & REMOTE_OR_ERROR) != 0) {
            return;
        }
        int id = rawId & EXTENDED_MASK;
        contract.of(id).filter(message -> message.sender().equals("HOST")).ifPresent(message -> plcs.stream()
                .filter(plc -> plc.plcId() == (id & 0xF)).forEach(plc -> plc.take(message, data, atNanos)));
    }

    /** Moves the PLCs and the physics up to this moment; to be called every 20 ms or more often. */
    public void step(long atNanos) {
        nowNanos = atNanos;
        plcs.forEach(plc -> plc.step(atNanos));
    }

    /** The moment of the last frame or step. */
    public long nowNanos() {
        return nowNanos;
    }

    /** All PLCs. */
    public List<SimulatedPlc> plcs() {
        return List.copyOf(plcs);
    }

    /** The PLC with this address. */
    public SimulatedPlc plc(int plcId) {
        return plcs.stream().filter(plc -> plc.plcId() == plcId).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "there is no PLC " + plcId + "; there are " + plcs.stream().map(SimulatedPlc::plcId).toList()));
    }
}
