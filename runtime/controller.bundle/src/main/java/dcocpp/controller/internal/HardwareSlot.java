package dcocpp.controller.internal;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.topology.Topology;

/**
 * All hardware services that are present and the one that is used: the only one of the configured name. Several or none of it is said
 * and not guessed. Foreign code: whatever it throws takes it out of use. Belongs to the control thread.
 */
final class HardwareSlot {

    private static final Logger LOG = LoggerFactory.getLogger(HardwareSlot.class);
    /** A bundle that is being started or replaced is not yet missing, and one that never ends starting keeps nobody waiting longer. Real time. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    /** How long hardware may take until it says how it is. Real time. */
    private static final long STARTUP_NANOS = 10_000_000_000L;
    /** For so long it may refuse what it is told: by then its own time limit has switched everything off. */
    private static final long REFUSAL_NANOS = 1_000_000_000L;
    private static final HardwareCapabilities NOTHING = new HardwareCapabilities(false, false, false);

    /** By identity: what foreign code calls equal is another service all the same. */
    private final Map<Hardware, String> present = new IdentityHashMap<>();
    private Hardware used;
    private Hardware refused;
    private String trouble = "";
    private boolean bundlesStarted;
    private long waitingSince = Long.MIN_VALUE;
    private long firstAskedNanos = Long.MIN_VALUE;
    private boolean heardOf;
    private HardwareCapabilities capabilities = NOTHING;
    private final FailureLog failures = new FailureLog();
    private long refusingSince = Long.MIN_VALUE;
    private String refusal = "";
    /** Guns that were heard since the hardware was opened. */
    private final Set<Integer> heardGuns = new HashSet<>();

    void add(Hardware hardware, String name) {
        if (used != null && name.equals(present.get(used))) {
            LOG.warn("Another hardware bundle named {} has come; the one in use stays. Uninstall one of them, or none is used after the next"
                    + " start", name);
        }
        present.put(hardware, name);
    }

    /** What has come up to now is all that there is for the time being. */
    void bundlesStarted() {
        bundlesStarted = true;
    }

    /** A hardware service has gone. It has made itself safe. */
    void remove(Hardware hardware) {
        present.remove(hardware);
        refused = refused == hardware ? null : refused;
        if (used == hardware) {
            LOG.warn("Hardware {} has gone", hardware);
            used = null;
            capabilities = NOTHING;
        }
    }

    /**
     * Takes the hardware of this name into use when there is exactly one; keeps one that is in use. While bundles are still being started
     * a second one of the name may be among them: the first is taken when they all have had their turn, or have kept it waiting for too long.
     * One that comes later still, since it waits for a configuration, changes nothing.
     *
     * @param now process time
     * @param rate seconds of process time per real second
     */
    void choose(String name, Topology topology, long now, double rate) {
        if (used != null) {
            return;
        }
        List<Hardware> named = present.entrySet().stream().filter(entry -> entry.getValue().equals(name)).map(Map.Entry::getKey)
                .toList();
        waitingSince = waitingSince == Long.MIN_VALUE ? now : waitingSince;
        boolean waited = now - waitingSince > PATIENCE_NANOS * rate;
        if (named.size() > 1) {
            say(named.size() + " hardware bundles named " + name + ": uninstall all but one");
        } else if (named.size() == 1 && (bundlesStarted || waited)) {
            waitingSince = Long.MIN_VALUE;
            open(named.get(0), name, topology);
        } else if (named.isEmpty() && waited) {
            say("no hardware bundle named " + name + "; " + (present.isEmpty() ? "there is none at all"
                    : "there is " + String.join(", ", new TreeSet<>(present.values()))));
        }
    }

    private void open(Hardware hardware, String name, Topology topology) {
        if (hardware == refused) {
            return;
        }
        try {
            hardware.open(topology);
            capabilities = Objects.requireNonNull(hardware.capabilities(), "it does not say what it can do");
            used = hardware;
            heardGuns.clear();
            firstAskedNanos = Long.MIN_VALUE;
            refusingSince = Long.MIN_VALUE;
            say("");
            LOG.info("Hardware {} is in use", name);
        } catch (HardwareException | RuntimeException | LinkageError e) {
            // Asked again only when the topology or the service is another one: the answer would be the same.
            refused = hardware;
            say(name + " cannot be used: " + e.getMessage());
        }
    }

    private void say(String newTrouble) {
        if (!trouble.equals(newTrouble)) {
            trouble = newTrouble;
            if (!newTrouble.isEmpty()) {
                LOG.error("Hardware: {}", newTrouble);
            }
        }
    }

    /**
     * Makes the outputs safe and releases the hardware; it may be chosen again.
     *
     * @return what the guns were like at the end, with the energy up to then; empty when that is not known
     */
    List<GunState> release() {
        List<GunState> last = List.of();
        if (used != null) {
            try {
                last = guns(used.snapshot());
                used.close();
                last = guns(used.snapshot());
            } catch (RuntimeException | LinkageError e) {
                LOG.error("Hardware failed to close", e);
            }
            used = null;
            capabilities = NOTHING;
        }
        refused = null;
        trouble = "";
        return last;
    }

    private static List<GunState> guns(HardwareSnapshot snapshot) {
        return snapshot == null ? List.of() : snapshot.guns();
    }

    boolean inUse() {
        return used != null;
    }

    HardwareCapabilities capabilities() {
        return capabilities;
    }

    /** The latest snapshot, or one that says that there is none. */
    HardwareSnapshot snapshot(long now) {
        if (used != null) {
            try {
                HardwareSnapshot snapshot = used.snapshot();
                if (snapshot != null) {
                    snapshot.guns().stream().filter(GunState::linkUp).forEach(gun -> heardGuns.add(gun.connectorId()));
                    return snapshot;
                }
                say("gives no snapshot");
            } catch (RuntimeException | LinkageError e) {
                say("fails: " + e);
            }
        }
        return new HardwareSnapshot(now, HardwareSnapshot.Condition.UNAVAILABLE, trouble.isEmpty() ? "hardware starts" : trouble, List.of(), List.of(), List.of());
    }

    /** Something is known of this gun since the hardware was opened: what it lacks from then on is a fault and no beginning. */
    boolean heard(int connectorId) {
        return heardGuns.contains(connectorId);
    }

    /**
     * Nothing is known of the hardware yet, and it is too early to call it missing: a charger that starts up is not a faulted one. Once
     * it was heard of, or waited for in vain, this is over for good.
     *
     * @param condition what {@link #snapshot} says
     * @param now process time
     * @param rate seconds of process time per real second
     */
    boolean startingUp(HardwareSnapshot.Condition condition, long now, double rate) {
        firstAskedNanos = firstAskedNanos == Long.MIN_VALUE ? now : firstAskedNanos;
        boolean unavailable = used != null && condition == HardwareSnapshot.Condition.UNAVAILABLE;
        heardOf |= condition == HardwareSnapshot.Condition.READY || unavailable || !trouble.isEmpty()
                || now - firstAskedNanos > STARTUP_NANOS * rate;
        return !heardOf;
    }

    /** @return false when the hardware is there and does not take it */
    boolean command(HardwareCommand command, long now) {
        if (used == null) {
            return true;
        }
        try {
            used.command(command);
            if (refusing(now).isPresent()) {
                LOG.info("Hardware takes commands again");
            }
            refusingSince = Long.MIN_VALUE;
            return true;
        } catch (Exception | Error e) {
            refusingSince = refusingSince == Long.MIN_VALUE ? now : refusingSince;
            refusal = "takes no command: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            if (failures.due("command", e, now)) {
                LOG.error("Hardware {}", refusal, e);
            }
            return false;
        }
    }

    /** What the hardware says to every command, when it has taken none for a second. */
    Optional<String> refusing(long now) {
        boolean lasting = used != null && refusingSince != Long.MIN_VALUE && now - refusingSince >= REFUSAL_NANOS;
        return lasting ? Optional.of(refusal) : Optional.empty();
    }
}
