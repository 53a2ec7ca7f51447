package dcocpp.controller.internal.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;

/** The faults of one connector: those that are active and those that stay latched. Belongs to the control thread. */
final class FaultBook {

    private final Map<FaultCause, Fault> faults = new EnumMap<>(FaultCause.class);
    private final Set<FaultCause> active = EnumSet.noneOf(FaultCause.class);
    private final List<FaultCause> newestFirst = new ArrayList<>();

    /** Takes over what is active now; latched ones stay. */
    void update(Collection<Fault> now) {
        active.clear();
        now.forEach(this::add);
        forget(cause -> !active.contains(cause) && !FaultRules.latches(cause) && !FaultRules.lastsUntilUnplug(cause));
    }

    /** One more that is active, until the next update. */
    void add(Fault fault) {
        active.add(fault.cause());
        if (faults.put(fault.cause(), fault) == null) {
            newestFirst.add(0, fault.cause());
        }
    }

    /** This fault is active or latched. */
    boolean has(FaultCause cause) {
        return faults.containsKey(cause);
    }

    /** An operator clears what is not active any more. */
    void clearLatched() {
        forget(cause -> !active.contains(cause));
    }

    /** A fault that was latched before a restart is latched again. */
    void latch(Fault fault) {
        if (faults.putIfAbsent(fault.cause(), fault) == null) {
            newestFirst.add(fault.cause());
        }
    }

    /** Faults that only an operator clears, active or latched, newest first. */
    List<Fault> latchedFaults() {
        return newestFirst.isEmpty() ? List.of() : all().stream().filter(fault -> FaultRules.latches(fault.cause())).toList();
    }

    /** A fault that only an operator clears is active or latched. */
    boolean latched() {
        return faults.keySet().stream().anyMatch(FaultRules::latches);
    }

    /** The vehicle is gone, and with it what lasts until then; what is still there comes with the next update. */
    void unplugged() {
        forget(FaultRules::lastsUntilUnplug);
    }

    private void forget(Predicate<FaultCause> which) {
        faults.keySet().removeIf(which);
        newestFirst.removeIf(which);
    }

    /** Active and latched faults, newest first. */
    List<Fault> all() {
        return newestFirst.isEmpty() ? List.of() : newestFirst.stream().map(faults::get).toList();
    }

    /** The newest fault that forbids energy. */
    Optional<Fault> blocking() {
        return newest(FaultRules::blocks);
    }

    /** A fault is there with which the contactors open whatever flows. */
    boolean emergency() {
        return faults.keySet().stream().anyMatch(cause -> FaultRules.blocks(cause) && FaultRules.isEmergency(cause));
    }

    /** The newest fault with which no transaction can begin. */
    Optional<Fault> forbidsStart() {
        return newest(FaultRules::forbidsStart);
    }

    /** The newest fault that makes the status Faulted. */
    Optional<Fault> faulted() {
        return newest(FaultRules::isFaulted);
    }

    /** A fault of this gun that stops the whole site. */
    Optional<Fault> siteTrip() {
        return newest(FaultRules::tripsSite);
    }

    private Optional<Fault> newest(Predicate<FaultCause> which) {
        for (FaultCause cause : newestFirst) {
            if (which.test(cause)) {
                return Optional.of(faults.get(cause));
            }
        }
        return Optional.empty();
    }
}
