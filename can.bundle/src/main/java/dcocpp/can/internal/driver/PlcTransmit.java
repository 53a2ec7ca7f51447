package dcocpp.can.internal.driver;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.MeterReading;
import dcocpp.can.internal.codec.HostFrames;
import dcocpp.can.internal.codec.Message;

/** When each frame to one PLC is due, how important it is, and what it says. */
final class PlcTransmit {

    /** Priorities of the contract; the smaller goes first. */
    static final int RELAY_OFF = 0;
    static final int RELAY_ON = 1;
    /** GCMC_Command where it commands a contactor itself, and does not only repeat RelayControl. */
    static final int RING = 2;
    static final int DENIAL = 3;
    static final int PRESENT = 4;
    static final int MAX_LIMITS = 5;
    static final int OTHER = 6;
    static final int PRIORITIES = 7;

    private final PlcNode node;
    private final Stamp presentFrame = new Stamp();
    private final Stamp limitsFrame = new Stamp();
    private final long phaseNanos;
    private long presentPeriodNanos = Limits.PRESENT_ACTIVE_PERIOD;
    private long limitsSent;
    private boolean gcmcDue;
    private boolean gcmcUrgent;
    private long gcmcPayload;

    PlcTransmit(PlcNode node, long phaseNanos) {
        this.node = node;
        this.phaseNanos = phaseNanos;
    }

    /** How often present values are sent while the gun is in use. */
    void presentPeriod(long nanos) {
        presentPeriodNanos = nanos;
    }

    /** When something is due at the latest; a change may come before. */
    long nextDueNanos(long nowNanos) {
        long due = nowNanos + Limits.RELAY_OFF_PERIOD;
        due = earlier(due, node.relays.dueNanos(nowNanos), nowNanos);
        if (node.link.heard()) {
            due = earlier(due, presentDueNanos(), nowNanos);
            due = earlier(due, limitsDueNanos(nowNanos), nowNanos);
        }
        return due;
    }

    private long limitsDueNanos(long nowNanos) {
        if (!limitsFrame.isSet()) {
            return phaseNanos;
        }
        boolean mayChange = nowNanos - limitsFrame.at() < Limits.MAX_LIMITS_SPACING;
        return limitsFrame.at() + (mayChange ? Limits.MAX_LIMITS_SPACING : Limits.MAX_LIMITS_PERIOD);
    }

    private static long earlier(long a, long b, long nowNanos) {
        return b - nowNanos < a - nowNanos ? b : a;
    }

    private long presentDueNanos() {
        long period = node.active() ? presentPeriodNanos : Limits.PRESENT_IDLE_PERIOD;
        return presentFrame.isSet() ? presentFrame.at() + period : phaseNanos;
    }

    boolean due(int priority, long nowNanos) {
        return switch (priority) {
            case RELAY_OFF -> node.relays.off() && node.relays.due(nowNanos);
            case RELAY_ON -> !node.relays.off() && node.relays.due(nowNanos);
            case RING -> gcmcDue && node.settings.ringActuation();
            case DENIAL -> node.config.denialDue(nowNanos);
            case PRESENT -> node.link.heard() && nowNanos - presentDueNanos() >= 0;
            case MAX_LIMITS -> node.link.heard() && limitsDue(nowNanos);
            default -> mirrorDue() || node.config.next(node.mayUnlock(nowNanos), nowNanos) != ConfigLine.NOTHING;
        };
    }

    /** A frame that switches something off waits for no bucket. */
    boolean unpaced(int priority) {
        return priority <= RELAY_ON && node.relays.urgent() || priority == RING && gcmcUrgent;
    }

    private boolean mirrorDue() {
        return gcmcDue && !node.settings.ringActuation();
    }

    int id(int priority) {
        Message message = switch (priority) {
            case RELAY_OFF, RELAY_ON -> Message.RELAY_CONTROL;
            case RING -> Message.GCMC_COMMAND;
            case PRESENT -> Message.PRESENT;
            case MAX_LIMITS -> Message.MAX_LIMITS;
            case DENIAL -> Message.CONFIG_CMD;
            default -> mirrorDue() ? Message.GCMC_COMMAND : Message.CONFIG_CMD;
        };
        return message.id(node.connector.plcId());
    }

    long payload(int priority, long nowNanos) {
        return switch (priority) {
            case RELAY_OFF, RELAY_ON -> node.relays.frame();
            case RING -> gcmcPayload;
            case PRESENT -> present(nowNanos);
            case MAX_LIMITS -> limits(nowNanos);
            case DENIAL -> node.config.next(false, nowNanos);
            default -> mirrorDue() ? gcmcPayload : node.config.next(node.mayUnlock(nowNanos), nowNanos);
        };
    }

    void sent(int priority, long payload, long nowNanos) {
        switch (priority) {
            case RELAY_OFF, RELAY_ON -> {
                gcmcPayload = node.relays.mirror();
                gcmcDue = node.settings.sendsGcmc();
                gcmcUrgent = node.relays.urgent();
                node.relays.sent(nowNanos);
            }
            case RING -> gcmcSent(payload, nowNanos);
            case PRESENT -> {
                presentFrame.mark(nowNanos);
                node.offer.presentSent(nowNanos);
            }
            case MAX_LIMITS -> {
                limitsFrame.mark(nowNanos);
                limitsSent = payload;
                node.offer.limitsSent(nowNanos);
            }
            case DENIAL -> node.config.sent(false, nowNanos);
            default -> {
                if (mirrorDue()) {
                    gcmcSent(payload, nowNanos);
                } else {
                    node.config.sent(node.mayUnlock(nowNanos), nowNanos);
                }
            }
        }
    }

    private void gcmcSent(long payload, long nowNanos) {
        gcmcDue = false;
        node.gcmcEcho.sent(payload, nowNanos);
    }

    private boolean limitsDue(long nowNanos) {
        if (!limitsFrame.isSet()) {
            return nowNanos - phaseNanos >= 0;
        }
        long age = nowNanos - limitsFrame.at();
        return age >= Limits.MAX_LIMITS_PERIOD
                || age >= Limits.MAX_LIMITS_SPACING && (node.offer.repeatLimits(nowNanos) || limits(nowNanos) != limitsSent);
    }

    private long limits(long nowNanos) {
        GunCommand command = node.command();
        boolean offered = node.mayOffer(nowNanos);
        double voltageV = command.offerVoltageV();
        double currentA = offered ? command.offerCurrentA() : 0;
        double powerW = offered ? command.offerPowerW() : 0;
        if (node.settings.vehicleLimitsCap()) {
            voltageV = capped(voltageV, node.telemetry.evMaxVoltageV());
            currentA = capped(currentA, node.telemetry.evMaxCurrentA());
        }
        return HostFrames.maxLimits(voltageV, currentA, powerW);
    }

    /** A limit of the vehicle bounds the offer; none told, or 0, does not. It never becomes an offer of ours: that would be a ratchet. */
    private static double capped(double offer, double limit) {
        return limit > 0 ? Math.min(offer, limit) : offer;
    }

    private long present(long nowNanos) {
        MeterReading meter = node.telemetry.reading(nowNanos);
        double voltageV = meter.valid() ? meter.voltageV() : 0;
        double currentA = meter.valid() ? meter.currentA() : 0;
        double powerW = meter.valid() ? meter.powerW() : 0;
        return HostFrames.present(voltageV, currentA, powerW, node.contactors.gun.closed(), node.command().regulating(), faultMask());
    }

    private int faultMask() {
        int mask = 0;
        for (FaultCause cause : node.command().reportedFaults()) {
            mask |= switch (cause) {
                case METER_STALE, MODULE_DEGRADED -> 0;
                case PLC_COMM, PLC_CRC, PLC_PROTOCOL, PLC_UNAVAILABLE, CAN_BUS_OFF -> HostFrames.FAULT_COMMUNICATION;
                case EMERGENCY_STOP, EARTH_FAULT, ISOLATION -> HostFrames.FAULT_ISOLATION;
                case CONNECTOR_TEMPERATURE, MODULE_TEMPERATURE -> HostFrames.FAULT_THERMAL;
                case OVER_CURRENT -> HostFrames.FAULT_OVER_CURRENT;
                case GC_WELD, MC_WELD, MN_WELD -> HostFrames.FAULT_GENERAL | HostFrames.FAULT_WELD;
                default -> HostFrames.FAULT_GENERAL;
            };
        }
        return mask;
    }
}
