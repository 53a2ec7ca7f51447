package dcocpp.plcsim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;

/**
 * One PLC as the contract describes it: takes the host's frames, guards its relays by a watchdog and its safety chain, sends its status,
 * and watches the host. Knows no clock. One thread.
 */
public final class SimulatedPlc {

    /** Reasons as the contract numbers them. */
    static final int REASON_SWITCH_1 = 1;
    static final int REASON_ESTOP_LATCHED = 4;
    static final int REASON_WATCHDOG = 5;
    static final int REASON_FORCED = 7;
    static final int REASON_INTERNAL = 9;
    static final int REASON_EARTH = 10;
    static final int REASON_ESTOP_INPUT = 12;

    private static final int AUTH_STATE = 20;
    private static final int AUTH_PENDING = 21;
    private static final int LOCK = 30;
    private static final int LIMIT_ACK = 90;
    private static final int PROTOCOL = 91;
    private static final int REFUSED = 2;
    /** The host repeats a grant every second. */
    private static final long GRANT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long BOOT_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final int plcId;
    private final Dbc contract;
    private final LinkFaults link;
    private final HostWatch watch;
    private final Cabin cabin;
    private final PlcStatus status;
    private int protocolVersion = 1;

    private long bootNanos;
    private boolean up;
    private boolean handshaken;
    private int relays;
    private boolean forced;
    private boolean timedOut;
    private long clears;
    private boolean granted;
    private boolean pending;
    private boolean authorizationSaid;
    private long grantNanos;
    private boolean lock;
    private double[] limits = new double[3];
    private long limitCounter;
    private int rfidEvent;
    private Pretence pretence = new Pretence();

    SimulatedPlc(int plcId, Dbc contract, PlcRack.FrameSink bus, long nowNanos) {
        this.plcId = plcId;
        this.contract = contract;
        this.link = new LinkFaults(bus);
        this.watch = new HostWatch(plcId);
        this.cabin = new Cabin(nowNanos);
        this.status = new PlcStatus(this, cabin);
        this.bootNanos = nowNanos;
    }

    // ---- the host speaks

    void take(Dbc.Message message, byte[] data, long nowNanos) {
        if (!up) {
            return;
        }
        watch.take(message, data, nowNanos).ifPresent(signals -> {
            switch (message.name()) {
                case "RelayControl" -> relayControl(signals, nowNanos);
                case "ConfigCmd" -> config(signals, nowNanos);
                case "EVSE_DC_MaxLimits" -> limits(signals, nowNanos);
                case "EVSE_DC_Present" -> watch.present(nowNanos);
                // It repeats RelayControl, which goes before it and is what counts.
                case "GCMC_Command" -> watch.repeated(signals, nowNanos);
                default -> {
                    // A host has no other frame.
                }
            }
        });
    }

    private void relayControl(Map<String, Double> signals, long nowNanos) {
        int commanded = 0;
        int addressed = 0;
        for (int relay = 0; relay < Cabin.RELAYS; relay++) {
            commanded |= isSet(signals, "RLY" + (relay + 1) + "_CMD") ? 1 << relay : 0;
            addressed |= isSet(signals, "RLY" + (relay + 1) + "_ENABLE") ? 1 << relay : 0;
        }
        forced = isSet(signals, "FORCE_ALL_OFF");
        boolean on = !forced && (commanded & addressed) != 0;
        watch.control(signals.get("CMD_SEQ").intValue(), on, forced, handshaken, nowNanos);
        relays = handshaken && !forced ? relays & ~addressed | commanded & addressed : 0;
        timedOut = false;
        if (isSet(signals, "CLEAR_FAULTS")) {
            clears++;
        }
    }

    private static boolean isSet(Map<String, Double> signals, String name) {
        return signals.get(name) != 0;
    }

    private void config(Map<String, Double> signals, long nowNanos) {
        int parameter = signals.get("CFG_PARAM_ID").intValue();
        boolean ask = signals.get("CFG_OP") != 0;
        long value = signals.get("CFG_VALUE").longValue();
        switch (parameter) {
            case PROTOCOL -> {
                boolean accepted = ask || value == protocolVersion;
                handshaken |= accepted && !ask;
                acknowledge(PROTOCOL, accepted ? 0 : REFUSED, protocolVersion, nowNanos);
                watch.served(nowNanos);
            }
            case AUTH_STATE -> {
                granted = value == 1;
                authorizationSaid = true;
                grantNanos = nowNanos;
                acknowledge(AUTH_STATE, 0, value, nowNanos);
            }
            case AUTH_PENDING -> {
                pending = value == 1;
                authorizationSaid = true;
                acknowledge(AUTH_PENDING, 0, value, nowNanos);
            }
            case LOCK -> {
                lock = value == 1;
                acknowledge(LOCK, 0, value, nowNanos);
            }
            default -> acknowledge(parameter, REFUSED, value, nowNanos);
        }
    }

    private void limits(Map<String, Double> signals, long nowNanos) {
        watch.limits(nowNanos);
        limits = new double[] {signals.get("EVSE_MAX_V"), signals.get("EVSE_MAX_I"), signals.get("EVSE_MAX_P") * 1000};
        limitCounter++;
        if (pretence.acknowledgesLimits) {
            acknowledge(LIMIT_ACK, 0, limitCounter, nowNanos);
        }
    }

    private void acknowledge(int parameter, int result, long value, long nowNanos) {
        send("ConfigAck", Map.of("ACK_PARAM_ID", parameter, "ACK_STATUS", result, "ACK_VALUE", value, "ACK_PLC_ID", plcId), nowNanos);
    }

    // ---- the PLC works

    void step(long nowNanos) {
        if (!up && nowNanos - bootNanos >= 0) {
            boot(nowNanos);
        }
        if (up && watch.timedOut(nowNanos)) {
            timedOut = true;
            relays = 0;
        }
        if (granted && nowNanos - grantNanos > GRANT_NANOS) {
            granted = false;
        }
        cabin.advance(relays, authorization(), lock, !up || forced || timedOut, clears, limits, nowNanos);
        watch.physics(cabin.violations(), cabin.latestViolation(), nowNanos);
        if (up) {
            watch.step(nowNanos);
            status.step(nowNanos);
        }
        link.step(nowNanos);
    }

    private Authorization authorization() {
        if (!authorizationSaid) {
            return Authorization.UNKNOWN;
        }
        return granted ? Authorization.GRANTED : pending ? Authorization.PENDING : Authorization.DENIED;
    }

    private void boot(long nowNanos) {
        up = true;
        watch.restart(nowNanos);
        status.restart(nowNanos);
        send("BootConfig", Map.of("FW_MAJOR", 1, "FW_MINOR", 4, "FW_PATCH", 2, "FEAT_RELAYS", 1, "FEAT_SAFETY",
                pretence.safetyInputs ? 1 : 0, "FEAT_METER", 1, "FEAT_RFID", 1, "CAN_BITRATE", 125), nowNanos);
    }

    /** The reason of the contract for the present state of the relays. */
    int reason() {
        return pretence.reason >= 0 ? pretence.reason : ownReason();
    }

    private int ownReason() {
        Map<FaultCause, Boolean> faults = cabin.faults();
        if (faults.containsKey(FaultCause.EMERGENCY_STOP)) {
            return faults.get(FaultCause.EMERGENCY_STOP) ? REASON_ESTOP_LATCHED : REASON_ESTOP_INPUT;
        }
        if (faults.containsKey(FaultCause.EARTH_FAULT)) {
            return REASON_EARTH;
        }
        if (faults.containsKey(FaultCause.SAFETY_LOOP)) {
            return REASON_SWITCH_1;
        }
        if (timedOut) {
            return REASON_WATCHDOG;
        }
        if (!cabin.gun().safe() && !faults.containsKey(FaultCause.GC_WELD)) {
            return REASON_INTERNAL;
        }
        return forced ? REASON_FORCED : 0;
    }

    boolean timedOut() {
        return timedOut;
    }

    boolean pending() {
        return pending;
    }

    int applied() {
        return pretence.applied >= 0 ? pretence.applied : Math.max(0, watch.sequence());
    }

    long sentFrames() {
        return link.sent();
    }

    long uptimeSeconds(long nowNanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nowNanos - bootNanos);
    }

    HostWatch watch() {
        return watch;
    }

    void send(String message, Map<String, ? extends Number> values, long nowNanos) {
        Dbc.Message format = contract.message(message);
        link.send(format, plcId, format.encode(values), nowNanos);
    }

    /** Sends bytes in segments of five. */
    void sendIdentity(String message, byte[] bytes, long nowNanos) {
        sendSegments(message, message, Map.of(message + "_TOTAL_LEN", bytes.length), bytes, nowNanos);
    }

    private void sendSegments(String message, String prefix, Map<String, Integer> head, byte[] bytes, long nowNanos) {
        int segments = (bytes.length + 4) / 5;
        for (int index = 0; index < segments; index++) {
            Map<String, Integer> values = new LinkedHashMap<>(head);
            values.put(prefix + "_SEG_CNT", segments);
            values.put(prefix + "_SEG_IDX", index);
            for (int i = 0; i < 5 && 5 * index + i < bytes.length; i++) {
                values.put(prefix + "_D" + i, bytes[5 * index + i] & 0xFF);
            }
            send(message, values, nowNanos);
        }
    }

    // ---- what people and tests do

    /** The address of this PLC. */
    public int plcId() {
        return plcId;
    }

    /** A car comes. */
    public void plug(PlugIn car) {
        cabin.plug(car);
        status.identity(car.identity());
    }

    /** The car is torn off, whatever flows. */
    public void unplug() {
        cabin.unplug();
        status.identity(Identity.NONE);
    }

    /** A card is held to the reader of this gun. */
    public void swipe(byte[] uid, long nowNanos) {
        if (uid.length < 1 || uid.length > 15) {
            throw new IllegalArgumentException("a card has 1 to 15 bytes, not " + uid.length);
        }
        rfidEvent = rfidEvent + 1 & 0xFF;
        sendSegments("RfidEvent", "RFID", Map.of("UID_LEN", uid.length, "EVENT_ID", rfidEvent), uid, nowNanos);
    }

    /** Something breaks. */
    public void inject(PlcFault fault, double value, long nowNanos) {
        switch (fault) {
            case SILENT -> link.silent(true);
            case DROP -> link.drop((int) Math.max(1, value));
            case LOSE_NEXT -> link.loseNext((long) Math.max(1, value));
            case DELAY -> link.delay(TimeUnit.MILLISECONDS.toNanos((long) Math.max(0, value)));
            case BAD_CRC -> link.wrongChecksum(true);
            case BAD_CRC_NEXT -> link.wrongNext((long) Math.max(1, value));
            case BAD_LENGTH -> link.wrongLength(true);
            case PROTOCOL -> protocolVersion = (int) Math.max(0, value);
            case REBOOT -> reboot(nowNanos);
            case NO_SAFETY -> {
                pretence.safetyInputs = false;
                reboot(nowNanos);
            }
            case FROZEN_ACK -> pretence.applied = applied();
            case NO_LIMIT_ACK -> pretence.acknowledgesLimits = false;
            case ERROR_CODE -> status.errorCode((int) value & 0xFF);
            case REASON -> pretence.reason = (int) value & 0xFF;
            case BUS_OFF -> status.busOff(true);
            case RENEGOTIATE -> cabin.renegotiate();
            default -> cabin.fault(fault.cause());
        }
    }

    /**
     * It no longer sends this message.
     *
     * @throws IllegalArgumentException when it never does
     */
    public void miss(String message) {
        if (!contract.message(message).sender().equals("PLC")) {
            throw new IllegalArgumentException("a PLC does not send " + message);
        }
        link.miss(message);
    }

    private void reboot(long nowNanos) {
        up = false;
        bootNanos = nowNanos + BOOT_NANOS;
        handshaken = false;
        relays = 0;
        forced = false;
        timedOut = false;
        granted = false;
        pending = false;
        authorizationSaid = false;
        limitCounter = 0;
        pretence.applied = -1;
    }

    /** Everything is mended; what is latched stays so until the host clears it. */
    public void mend(long nowNanos) {
        if (link.silent()) {
            watch.restart(nowNanos);
        }
        link.clear();
        cabin.clear();
        status.errorCode(0);
        status.busOff(false);
        protocolVersion = 1;
        pretence = new Pretence();
    }

    /** What is really so at the gun. */
    public GunTruth truth() {
        return cabin.truth();
    }

    /** Which relays are closed, bit 0 = gun contactor. */
    public int closedRelays() {
        return cabin.closed();
    }

    /** Whether the host has shaken hands. */
    public boolean handshaken() {
        return handshaken;
    }

    /** What the host has done wrong, oldest first; at most the last thousand. */
    public List<Finding> findings() {
        return watch.findings();
    }

    /** The longest pause between two RelayControl frames of which the first had a relay on, ns. */
    public long longestGapOnNanos() {
        return watch.longestGapOnNanos();
    }

    /** The longest pause between two RelayControl frames, ns. */
    public long longestGapNanos() {
        return watch.longestGapNanos();
    }

    /** From the word of the PLC that it is not safe to the host's first frame with everything off, ns; −1 = not yet, 0 = it was off. */
    public long reactionNanos() {
        return watch.reactionNanos();
    }

    /** Frames of the host to this PLC. */
    public long hostFrames() {
        return watch.frames();
    }
}
