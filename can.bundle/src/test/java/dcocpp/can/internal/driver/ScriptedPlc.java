package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.Frames;

/**
 * A PLC as the contract describes it, without the driver's codec: it packs and reads bytes by hand, watches the host as the real one does
 * and can be told to misbehave.
 */
final class ScriptedPlc {

    static final long MILLI = 1_000_000;

    final int plcId;
    final List<Received> received = new ArrayList<>();
    boolean powered = true;
    boolean answersConfig = true;
    boolean grants = true;
    boolean answersLimits = true;
    int limitStatus;
    boolean countsLimits = true;
    boolean acknowledges = true;
    boolean followsCommands = true;
    boolean sendsRelayStatus = true;
    boolean sendsSafetyStatus = true;
    boolean sendsCp = true;
    boolean sendsMeter = true;
    boolean wrongCrc;
    int uptime = 3600;
    int protocolVersion = 1;
    long statusPeriod = 100 * MILLI;
    long targetsPeriod = 100 * MILLI;
    long cpPeriod = 200 * MILLI;
    /** It sends GCMC_Status, and switches a bus contactor as GCMC_Command asks. */
    boolean sendsGcmc;
    int gcmcCommands;
    int gcmcSequence;
    boolean busClosed;
    boolean busWelded;
    boolean followsBus = true;

    int relays;
    int relayFaults;
    int welded;
    int applied;
    boolean safetyActive;
    boolean safetyOk = true;
    boolean estopInput;
    boolean estopLatched;
    boolean earthFault;
    int reason;
    char cp = 'A';
    int stage;
    int hlcFlags;
    boolean authorized;
    boolean locked;
    int targetVoltage = 4000;
    int targetCurrent = 1000;
    int presentVoltage;
    int presentCurrent;
    int meterFlags = 1;
    /** -1 = none. */
    int meterPageLeftOut = -1;
    int meterVoltage;
    int meterCurrent;
    int meterPower;
    long meterEnergy = 123_456;
    long meterPeriod = 500 * MILLI;

    private final Bus.FrameSink host;
    private final List<Runnable> answers = new ArrayList<>();
    private long nextRelayStatus;
    private long nextSafetyStatus;
    private long nextCp;
    private long nextCharge;
    private long nextTargets;
    private long nextMeter;
    private long nextGcmc;
    private int meterPage;
    private long limitCounter;
    private long lastRelayControl = Long.MIN_VALUE;
    private int lastSequence = -1;

    /** A frame of the host. */
    record Received(long nanos, int base, int[] bytes) {

        boolean forced() {
            return (bytes[0] & 0x10) != 0;
        }
    }

    ScriptedPlc(int plcId, Bus.FrameSink host) {
        this.plcId = plcId;
        this.host = host;
        nextRelayStatus = plcId * 7 * MILLI;
        nextSafetyStatus = nextRelayStatus + 31 * MILLI;
        nextCp = nextRelayStatus + 3 * MILLI;
        nextCharge = nextCp;
        nextTargets = nextCp;
        nextMeter = nextCp;
    }

    // ---- the host speaks

    void take(int id, long payload, long now) {
        int[] bytes = new int[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (int) (payload >>> 8 * i & 0xFF);
        }
        assertEquals(crc(bytes), bytes[7], "checksum of the host's frame " + Frames.hex(payload));
        received.add(new Received(now, id & ~0xF, bytes));
        if (!powered) {
            return;
        }
        switch (id & ~0xF) {
            case 0x340 -> relayControl(bytes, now);
            case 0x380 -> config(bytes);
            case 0x300 -> {
                if (answersLimits) {
                    limitCounter += countsLimits ? 1 : 0;
                    answer(0x1A0, 90, limitStatus, (int) (limitCounter & 0xFF), (int) (limitCounter >> 8), 0, 0, plcId);
                }
            }
            case 0x390 -> gcmcCommand(bytes);
            default -> {
            }
        }
    }

    private void relayControl(int[] bytes, long now) {
        if (lastSequence >= 0 && lastRelayControl != Long.MIN_VALUE && now - lastRelayControl <= 300 * MILLI && acknowledges) {
            int step = bytes[1] - lastSequence & 0xFF;
            assertTrue(step == 1 || (bytes[0] & 0x10) != 0, "sequence " + lastSequence + " then " + bytes[1]);
        }
        lastSequence = bytes[1];
        lastRelayControl = now;
        if (reason == 5) {
            reason = 0;
        }
        if (!acknowledges) {
            return;
        }
        applied = bytes[1];
        boolean forced = (bytes[0] & 0x10) != 0;
        reason = forced && reason == 0 ? 7 : !forced && reason == 7 ? 0 : reason;
        if ((bytes[0] & 0x20) != 0 && !estopInput) {
            estopLatched = false;
            relayFaults = 0;
        }
        boolean safe = safetyOk && !safetyActive && !estopInput && !estopLatched && !earthFault && !forced;
        int before = relays;
        if (followsCommands) {
            relays = safe ? relays & ~bytes[2] | bytes[0] & bytes[2] & 7 : 0;
            relays |= welded;
        }
        if (relays != before) {
            nextRelayStatus = now;
        }
    }

    private void gcmcCommand(int[] bytes) {
        gcmcCommands = (bytes[0] & 0x80) != 0 ? 0 : bytes[0] & 0xF;
        gcmcSequence = bytes[1];
        busClosed = busWelded || followsBus && (gcmcCommands & 2) != 0;
        nextGcmc = 0;
    }

    private void config(int[] bytes) {
        switch (bytes[0]) {
            case 91 -> {
                if (answersConfig) {
                    answer(0x1A0, 91, bytes[2] == protocolVersion ? 0 : 2, protocolVersion, 0, 0, 0, plcId);
                }
            }
            case 20 -> {
                authorized = bytes[2] == 1 && grants;
                nextCharge = 0;
                answer(0x1A0, 20, 0, bytes[2], 0, 0, 0, plcId);
            }
            case 30 -> {
                locked = bytes[2] == 1;
                answer(0x1A0, 30, 0, bytes[2], 0, 0, 0, plcId);
            }
            default -> {
            }
        }
    }

    /** An answer leaves the PLC later than the question reached it. */
    private void answer(int base, int... content) {
        answers.add(() -> send(base, content));
    }

    // ---- the PLC speaks

    void tick(long now) {
        if (!powered) {
            return;
        }
        List<Runnable> due = List.copyOf(answers);
        answers.clear();
        due.forEach(Runnable::run);
        if (lastRelayControl != Long.MIN_VALUE && now - lastRelayControl > 300 * MILLI && reason == 0) {
            relays = welded;
            reason = 5;
        }
        if (sendsRelayStatus && now >= nextRelayStatus) {
            nextRelayStatus = now + statusPeriod;
            relayStatus();
        }
        if (sendsSafetyStatus && now >= nextSafetyStatus) {
            nextSafetyStatus = now + statusPeriod;
            safetyStatus();
        }
        if (sendsCp && now >= nextCp) {
            nextCp = now + cpPeriod;
            send(0x430, 0x7A, 0x17, cp, 5, 0xC0, 0x17, 0x3E, 0x17);
        }
        if (now >= nextCharge) {
            nextCharge = now + 500 * MILLI;
            send(0x100, stage, hlcFlags | (authorized ? 8 : 0) | (locked ? 0x20 : 0));
        }
        if (now >= nextTargets && cp != 'A') {
            nextTargets = now + targetsPeriod;
            send(0x210, low(targetVoltage), high(targetVoltage), low(targetCurrent), high(targetCurrent), low(presentVoltage),
                    high(presentVoltage), low(presentCurrent), high(presentCurrent));
        }
        if (sendsGcmc && now >= nextGcmc) {
            nextGcmc = now + statusPeriod;
            gcmcStatus();
        }
        if (sendsMeter && now >= nextMeter) {
            nextMeter = now + meterPeriod;
            meter();
        }
    }

    void relayStatus() {
        send(0x160, relays | relayFaults << 3 | (safetyActive ? 0x40 : 0) | (reason == 5 ? 0x80 : 0), applied, switches(), reason,
                uptime & 0xFF, uptime >> 8, 0);
    }

    void safetyStatus() {
        send(0x190, switches(), 0, 7, 0, 0, 0, 0);
    }

    void gcmcStatus() {
        int feedback = relays & 1 | (busClosed ? 2 : 0) | (relays & 6) << 1;
        send(0x150, gcmcCommands, feedback, reason, 0, safetyActive ? 1 : 0, gcmcSequence, gcmcSequence);
    }

    private int switches() {
        return (locked ? 4 : 0) | (estopLatched ? 8 : 0) | (safetyOk && !estopInput && !estopLatched && !earthFault ? 0x10 : 0)
                | (earthFault ? 0x20 : 0) | (estopInput ? 0x80 : 0);
    }

    void meter() {
        if (meterPage == meterPageLeftOut) {
            meterPage = 1 - meterPage;
            return;
        }
        if (meterPage == 0) {
            send(0x170, 0, meterFlags, low(meterVoltage), high(meterVoltage), low(meterCurrent), high(meterCurrent), low(meterPower),
                    high(meterPower));
        } else {
            send(0x170, 1, meterFlags, (int) (meterEnergy & 0xFF), (int) (meterEnergy >> 8 & 0xFF), (int) (meterEnergy >> 16 & 0xFF),
                    (int) (meterEnergy >> 24), 0x89, 0x13);
        }
        meterPage = 1 - meterPage;
    }

    private static int low(int value) {
        return value & 0xFF;
    }

    private static int high(int value) {
        return value >> 8 & 0xFF;
    }

    /** Sends a frame; seven bytes are sealed with the checksum. */
    void send(int base, int... content) {
        int[] bytes = new int[8];
        System.arraycopy(content, 0, bytes, 0, content.length);
        if (content.length == 7) {
            bytes[7] = crc(bytes) ^ (wrongCrc ? 0x55 : 0);
        }
        long payload = 0;
        for (int i = 0; i < 8; i++) {
            payload |= (bytes[i] & 0xFFL) << 8 * i;
        }
        host.frame(Bus.EXTENDED | base | plcId, 8, payload);
    }

    private static int crc(int[] bytes) {
        int crc = 0;
        for (int i = 0; i < 7; i++) {
            crc ^= bytes[i];
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1 ^ ((crc & 0x80) != 0 ? 0x07 : 0)) & 0xFF;
            }
        }
        return crc;
    }

    // ---- what a test asks

    List<Received> frames(int base) {
        return received.stream().filter(frame -> frame.base == base).toList();
    }

    Received last(int base) {
        List<Received> frames = frames(base);
        return frames.get(frames.size() - 1);
    }

    long longestGap(int base, long fromNanos) {
        long gap = 0;
        long before = -1;
        for (Received frame : frames(base)) {
            if (frame.nanos >= fromNanos) {
                gap = before < 0 ? 0 : Math.max(gap, frame.nanos - before);
                before = frame.nanos;
            }
        }
        return gap;
    }
}
