package dcocpp.plcsim;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.hwsim.internal.physics.Identity;

/** What a PLC sends by itself, on the periods of the contract and where it says so also on change. One thread. */
final class PlcStatus {

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int STAGE_SESSION_SETUP = 2;
    private static final int STAGE_SERVICES = 3;
    private static final int STAGE_AUTHORIZATION = 4;
    private static final double METER_CURRENT_A = 327.67;
    private static final double MILLI_WH_PER_REGISTER_STEP = 100_000;
    private static final int DIGITAL_DUTY = 5;

    private final SimulatedPlc plc;
    private final Cabin cabin;
    private final Timer relay = new Timer();
    private final Timer safety = new Timer();
    private final Timer targets = new Timer();
    private final Timer meterValues = new Timer();
    private final Timer meterEnergy = new Timer();
    private final Timer pilot = new Timer();
    private final Timer charge = new Timer();
    private final Timer session = new Timer();
    private final Timer vehicle = new Timer();
    private final Timer error = new Timer();
    private final Timer controller = new Timer();
    private final Timer ring = new Timer();
    private int errorCode;
    private boolean busOff;
    private boolean errorTold;
    private Identity identity = Identity.NONE;
    private int stage;

    PlcStatus(SimulatedPlc plc, Cabin cabin) {
        this.plc = plc;
        this.cabin = cabin;
    }

    /** When a frame was sent, and what stood in it. */
    private static final class Timer {

        private long sentNanos;
        private Object content;

        boolean due(Object now, long period, long nowNanos) {
            if (content != null && content.equals(now) && nowNanos - sentNanos < period) {
                return false;
            }
            content = now;
            sentNanos = nowNanos;
            return true;
        }

        void forget() {
            content = null;
        }
    }

    void restart(long nowNanos) {
        for (Timer timer : new Timer[] {relay, safety, targets, meterValues, meterEnergy, pilot, charge, session, vehicle, error,
                controller, ring}) {
            timer.forget();
        }
        // The pages of the meter take turns.
        meterEnergy.due("", 0, nowNanos - 250 * MS);
        stage = 0;
    }

    /** Tells this code until it is 0. */
    void errorCode(int code) {
        errorCode = code;
    }

    /** Tells that the bus controller is off, for as long as it is. */
    void busOff(boolean off) {
        busOff = off;
    }

    void identity(Identity said) {
        identity = said;
    }

    void step(long nowNanos) {
        GunState gun = cabin.gun();
        boolean active = cabin.truth().car() != null;
        safetyFrames(gun, nowNanos);
        pilotFrames(gun, nowNanos);
        ringFrames(gun, nowNanos);
        troubleFrames(nowNanos);
        if (active && targets.due("", 200 * MS, nowNanos)) {
            plc.send("EVDC_Targets", Map.of("EV_TARGET_V", known(gun.targetVoltageV()), "EV_TARGET_I", known(gun.targetCurrentA()),
                    "EV_PRESENT_V", known(gun.presentVoltageV()), "EV_PRESENT_I", known(gun.presentCurrentA())), nowNanos);
        }
        meterFrames(gun.meter(), active ? 500 * MS : 2000 * MS, nowNanos);
        if (active) {
            vehicleFrames(known(gun.evMaxVoltageV()), Math.floor(known(gun.evMaxCurrentA())), Math.floor(known(gun.evMaxPowerW()) / 1000),
                    nowNanos);
        }
        identities(gun.hlc().stage(), nowNanos);
    }

    private void vehicleFrames(double voltageV, double currentA, double powerKw, long nowNanos) {
        if (vehicle.due(List.of(voltageV, currentA, powerKw), 5000 * MS, nowNanos)) {
            plc.send("EVDC_MaxLimits", Map.of("EVDC_MAX_V", voltageV, "EVDC_MAX_I", currentA, "EVDC_MAX_P", powerKw), nowNanos);
        }
    }

    private static double known(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** The safety inputs, as two frames tell them. */
    private record Inputs(boolean switchClosed, boolean locked, boolean stopLatched, boolean stopPressed, boolean earthFault,
            boolean safe) {

        Map<String, Integer> signals() {
            return new LinkedHashMap<>(Map.of("SW1", bit(switchClosed), "SW3", bit(locked), "ESTOP_LATCHED", bit(stopLatched),
                    "ESTOP_INPUT", bit(stopPressed), "EARTH_FAULT", bit(earthFault), "SAFETY_OK", bit(safe)));
        }
    }

    /** What RelayStatus is sent for at once when it changes. */
    private record Relays(Inputs inputs, int closed, int faulty, boolean timedOut, int reason) {
    }

    private void safetyFrames(GunState gun, long nowNanos) {
        Map<FaultCause, Boolean> faults = cabin.faults();
        boolean estop = faults.containsKey(FaultCause.EMERGENCY_STOP);
        Inputs inputs = new Inputs(!faults.containsKey(FaultCause.SAFETY_LOOP), gun.lockEngaged(), estop,
                estop && !faults.get(FaultCause.EMERGENCY_STOP), faults.containsKey(FaultCause.EARTH_FAULT), gun.safe());
        Relays now = new Relays(inputs, cabin.closed(), cabin.faulty(), plc.timedOut(), plc.reason());
        if (relay.due(now, 200 * MS, nowNanos)) {
            Map<String, Integer> relays = inputs.signals();
            for (int i = 0; i < Cabin.RELAYS; i++) {
                relays.put("RLY" + (i + 1) + "_STATE", now.closed >> i & 1);
                relays.put("RLY" + (i + 1) + "_FAULT", now.faulty >> i & 1);
            }
            relays.put("SAFETY_ACTIVE", bit(!inputs.safe));
            relays.put("COMM_FAULT", bit(now.timedOut));
            relays.put("FAULT_REASON", now.reason);
            relays.put("LAST_CMD_SEQ_APPLIED", plc.applied());
            relays.put("UPTIME", (int) (plc.uptimeSeconds(nowNanos) & 0xFFFF));
            plc.send("RelayStatus", relays, nowNanos);
            plc.watch().told(inputs.safe, nowNanos);
        }
        if (safety.due(inputs, 250 * MS, nowNanos)) {
            Map<String, Integer> switches = inputs.signals();
            switches.put("SAFETY_MASK", 7);
            plc.send("SafetySwitchStatus", switches, nowNanos);
        }
    }

    /** For a host that sends GCMC_Command, and for no other: it would take an eighth of the bus for nothing. */
    private void ringFrames(GunState gun, long nowNanos) {
        Map<String, Double> command = plc.watch().ringCommand();
        if (command.isEmpty()) {
            return;
        }
        // It has no output for MC: what is requested there is neither taken nor done.
        int closed = cabin.closed();
        Map<String, Integer> status = new LinkedHashMap<>(Map.of("GC_CMD", command.get("GC_REQ").intValue(), "MN0_CMD",
                command.get("MN0_REQ").intValue(), "MN1_CMD", command.get("MN1_REQ").intValue(), "GC_FB", closed & 1, "MN0_FB",
                closed >> 1 & 1, "MN1_FB", closed >> 2 & 1, "GCMC_FAULT_REASON", plc.reason(), "GCMC_COMM_FAULT", bit(plc.timedOut()),
                "GCMC_SAFETY_ACTIVE", bit(!gun.safe())));
        if (ring.due(Map.copyOf(status), 200 * MS, nowNanos)) {
            status.put("SEQ_RECEIVED", command.get("GCMC_SEQ").intValue());
            status.put("SEQ_APPLIED", plc.applied());
            plc.send("GCMC_Status", status, nowNanos);
        }
    }

    /** How its bus controller is; an error code only while there is one, and once more when it is over. */
    private void troubleFrames(long nowNanos) {
        if ((errorCode != 0 || errorTold) && error.due(errorCode, 1000 * MS, nowNanos)) {
            errorTold = errorCode != 0;
            plc.send("ErrorCodes", Map.of("ERROR_CODE", errorCode), nowNanos);
        }
        if (controller.due(busOff, 1000 * MS, nowNanos)) {
            // A controller that counts more errors than fit into its byte is off.
            plc.send("HwStatus", Map.of("CAN_BUS_OFF", bit(busOff), "CAN_TEC", busOff ? 255 : 0, "RX_COUNT",
                    (int) (plc.hostFrames() & 0xFF), "TX_COUNT", (int) (plc.sentFrames() & 0xFF), "HW_UPTIME",
                    (int) (plc.uptimeSeconds(nowNanos) & 0xFFFF)), nowNanos);
        }
    }

    private static int bit(boolean set) {
        return set ? 1 : 0;
    }

    private void pilotFrames(GunState gun, long nowNanos) {
        char letter = gun.cp() == CpState.UNKNOWN ? 'U' : gun.cp().name().charAt(0);
        int milliV = switch (gun.cp()) {
            case A -> 12_000;
            case B -> 9_000;
            case C -> 6_000;
            case D -> 3_000;
            default -> 0;
        };
        if (pilot.due(letter, 500 * MS, nowNanos)) {
            // The low level of the pilot is −12 V; the contract carries it as two's complement.
            plc.send("CP_VoltageLevels", Map.of("CP_MV_ROBUST", milliV, "CP_STATE", (int) letter, "CP_DUTY", DIGITAL_DUTY, "CP_MV_PEAK",
                    milliV, "CP_MV_MIN", -12_000 & 0xFFFF), nowNanos);
        }
        if (charge.due(List.of(gun.hlc(), gun.authorizedEcho(), plc.pending(), gun.lockEngaged()), 500 * MS, nowNanos)) {
            plc.send("ChargeInfo", Map.of("HLC_STAGE", gun.hlc().stage(), "HLC_CHARGE_COMPLETE", bit(gun.hlc().chargeComplete()),
                    "HLC_PRECHARGE_ACTIVE", bit(gun.hlc().prechargeActive()), "HLC_CABLE_CHECK_OK", bit(gun.hlc().cableCheckOk()),
                    "AUTH_GRANTED", bit(gun.authorizedEcho()), "AUTH_PENDING", bit(plc.pending()), "LOCK_ENGAGED",
                    bit(gun.lockEngaged())), nowNanos);
        }
        if (session.due("", 1000 * MS, nowNanos)) {
            plc.send("ChargingSession", Map.of("SESSION_EPOCH", plc.uptimeSeconds(nowNanos), "SESS_CP_STATE", (int) letter, "SESS_DUTY",
                    DIGITAL_DUTY, "SESS_HLC_STAGE", gun.hlc().stage(), "SESS_AUTH_PENDING", bit(plc.pending())), nowNanos);
        }
    }

    private void meterFrames(MeterReading reading, long period, long nowNanos) {
        int works = bit(reading.valid());
        if (meterValues.due("", period, nowNanos)) {
            double currentA = Math.max(-METER_CURRENT_A, Math.min(METER_CURRENT_A, known(reading.currentA())));
            plc.send("EnergyMeterData", Map.of("METER_MUX", 0, "METER_OK", works, "METER_DATA_STALE", 1 - works, "METER_VOLTAGE",
                    known(reading.voltageV()), "METER_CURRENT", currentA, "METER_POWER", known(reading.powerW()) / 1000), nowNanos);
        }
        if (meterEnergy.due("", period, nowNanos)) {
            double steps = Math.floor(cabin.registerMilliWh() / MILLI_WH_PER_REGISTER_STEP);
            plc.send("EnergyMeterData", Map.of("METER_MUX", 1, "METER_OK", works, "METER_DATA_STALE", 1 - works, "METER_IMPORT_ENERGY",
                    steps / 10, "METER_FREQ", 50), nowNanos);
        }
    }

    /** The car says who it is in these stages only. */
    private void identities(int now, long nowNanos) {
        if (now == stage) {
            return;
        }
        stage = now;
        switch (stage) {
            case STAGE_SESSION_SETUP -> hexadecimal("EVMAC", identity.macAddress(), nowNanos);
            case STAGE_SERVICES -> hexadecimal("EVCCID", identity.evccId(), nowNanos);
            case STAGE_AUTHORIZATION -> plc.sendIdentity("EMAID0", identity.emaId().getBytes(StandardCharsets.US_ASCII), nowNanos);
            default -> {
                // Nothing is said.
            }
        }
    }

    private void hexadecimal(String message, String digits, long nowNanos) {
        plc.sendIdentity(message, HexFormat.of().parseHex(digits), nowNanos);
    }
}
