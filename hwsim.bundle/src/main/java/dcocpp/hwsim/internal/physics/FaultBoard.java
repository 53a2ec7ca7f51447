package dcocpp.hwsim.internal.physics;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;

/**
 * The faults of one gun: what has been injected, what its PLC has found out, and what it keeps latched until an operator clears it while
 * the condition is gone.
 */
final class FaultBoard {

    /** What the link to the PLC suffers from: nothing is heard, nothing arrives. */
    private static final Set<FaultCause> LINK = EnumSet.of(FaultCause.PLC_COMM, FaultCause.PLC_CRC, FaultCause.PLC_PROTOCOL,
            FaultCause.CAN_BUS_OFF, FaultCause.PLC_UNAVAILABLE);
    /** What opens the safety chain of the gun. */
    private static final Set<FaultCause> UNSAFE = EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.EARTH_FAULT, FaultCause.SAFETY_LOOP,
            FaultCause.SAFETY_SWITCH_1, FaultCause.SAFETY_SWITCH_2, FaultCause.SAFETY_SWITCH_3, FaultCause.SAFETY_SWITCH_4,
            FaultCause.ISOLATION, FaultCause.CONNECTOR_TEMPERATURE, FaultCause.OVER_CURRENT, FaultCause.OVER_VOLTAGE,
            FaultCause.UNDER_VOLTAGE, FaultCause.GC_WELD);
    private static final Set<FaultCause> LATCHED = EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.EARTH_FAULT, FaultCause.ISOLATION,
            FaultCause.GC_WELD, FaultCause.MC_WELD, FaultCause.MN_WELD);
    /** What the PLC itself sees; the others show in the contactors, the modules, the temperatures, the insulation and what is measured. */
    private static final Set<FaultCause> SEEN_BY_PLC = EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.EARTH_FAULT,
            FaultCause.SAFETY_LOOP, FaultCause.SAFETY_SWITCH_1, FaultCause.SAFETY_SWITCH_2, FaultCause.SAFETY_SWITCH_3,
            FaultCause.SAFETY_SWITCH_4, FaultCause.OVER_CURRENT, FaultCause.OVER_VOLTAGE, FaultCause.UNDER_VOLTAGE,
            FaultCause.LOCK, FaultCause.CP_LOST, FaultCause.VENTILATION, FaultCause.METER_STALE, FaultCause.LIMIT_ACK);
    /** What can be injected. */
    private static final Set<FaultCause> INJECTABLE = injectable();
    /** The number of wishes to clear before the first command: where a host's count stands is no wish. */
    static final long NOBODY_ASKED = Long.MIN_VALUE;

    private final Map<FaultCause, Injection> injected = new EnumMap<>(FaultCause.class);
    private final EnumSet<FaultCause> latched = EnumSet.noneOf(FaultCause.class);
    private EnumSet<FaultCause> detected = EnumSet.noneOf(FaultCause.class);
    private long lastClear = NOBODY_ASKED;
    private boolean linkLost;
    private boolean safe = true;
    private List<Fault> faults = List.of();

    private static Set<FaultCause> injectable() {
        EnumSet<FaultCause> causes = EnumSet.copyOf(SEEN_BY_PLC);
        causes.addAll(LINK);
        causes.addAll(LATCHED);
        causes.addAll(EnumSet.of(FaultCause.CONNECTOR_TEMPERATURE, FaultCause.MODULE_TEMPERATURE, FaultCause.NO_MODULES,
                FaultCause.MODULE_DEGRADED, FaultCause.GC_CLOSE_TIMEOUT, FaultCause.GC_OPEN_TIMEOUT,
                FaultCause.PRECHARGE_TIMEOUT, FaultCause.TELEMETRY, FaultCause.TELEMETRY_MISMATCH, FaultCause.MC_OPEN_TIMEOUT,
                FaultCause.ISLAND_SLOT_FAULT, FaultCause.LOCAL_FAULT));
        return causes;
    }

    static boolean canInject(FaultCause cause) {
        return INJECTABLE.contains(cause);
    }

    static List<FaultCause> injectableCauses() {
        return List.copyOf(INJECTABLE);
    }

    void inject(Injection injection) {
        injected.put(injection.cause(), injection);
        linkLost = injected.keySet().stream().anyMatch(LINK::contains);
    }

    void remove(FaultCause cause) {
        injected.remove(cause);
        linkLost = injected.keySet().stream().anyMatch(LINK::contains);
    }

    void removeAll() {
        injected.clear();
        linkLost = false;
    }

    Injection injection(FaultCause cause) {
        return injected.get(cause);
    }

    boolean present(FaultCause cause) {
        return injected.containsKey(cause);
    }

    /** The PLC finds it now, latched or not. */
    boolean detects(FaultCause cause) {
        return detected.contains(cause);
    }

    List<FaultCause> injectedCauses() {
        return List.copyOf(injected.keySet());
    }

    /**
     * One step.
     *
     * @param found what the PLC finds by its own measurements, beside what is injected
     * @param clearNumber number of the operator's latest wish to clear, as it reached the PLC; {@link #NOBODY_ASKED} before the first
     */
    void step(Set<FaultCause> found, long clearNumber) {
        EnumSet<FaultCause> now = EnumSet.noneOf(FaultCause.class);
        now.addAll(found);
        for (FaultCause cause : injected.keySet()) {
            if (SEEN_BY_PLC.contains(cause) || LINK.contains(cause)) {
                now.add(cause);
            }
        }
        boolean clear = clearNumber > lastClear && lastClear != NOBODY_ASKED;
        lastClear = clearNumber;
        if (clear || !now.equals(detected)) {
            detected = now;
            if (clear) {
                latched.retainAll(now);
            }
            now.stream().filter(LATCHED::contains).forEach(latched::add);
            conclude();
        }
    }

    private void conclude() {
        EnumSet<FaultCause> active = EnumSet.copyOf(detected);
        active.addAll(latched);
        safe = active.stream().noneMatch(UNSAFE::contains);
        faults = active.stream().map(cause -> new Fault(cause, detected.contains(cause) ? "" : "latched, condition gone")).toList();
    }

    boolean linkLost() {
        return linkLost;
    }

    boolean safe() {
        return safe;
    }

    List<Fault> faults() {
        return faults;
    }

    /**
     * A fault that someone has caused on purpose.
     *
     * @param cause what it is
     * @param value a measured value where the cause has one, NaN = the usual one
     * @param moduleId the power module it concerns; empty = the first, or none
     */
    record Injection(FaultCause cause, double value, String moduleId) {
    }
}
