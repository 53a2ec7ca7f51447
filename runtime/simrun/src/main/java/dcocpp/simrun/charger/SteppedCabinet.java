package dcocpp.simrun.charger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Violation;

/**
 * The simulated cabinet as hardware of a controller on the same thread: its physics move when they are told to. It stays what it is while
 * processes come and go; a power cut opens everything and leaves cars and meters.
 */
public final class SteppedCabinet implements Hardware {

    /** More than the longest travel of a contactor. */
    private static final long OPENING_MS = 200;
    private static final long FIRST_REGISTER_MILLI_WH = 1_000_000;

    private static final HardwareListener NOBODY = new HardwareListener() {
        @Override
        public void changed(String hardwareName) {
            // Nobody listens.
        }

        @Override
        public void tokenRead(TokenRead token) {
            // Nobody listens.
        }
    };

    private final TimeSource time;
    private final Topology topology;
    private final List<Violation> violations = new ArrayList<>();
    private Cabinet cabinet;
    private HardwareCommand command;
    /** What the modules and meters of cabinets before the last power cut have counted. */
    private final Accounts past;
    private long violationsBefore;
    private double gridLimitW = Double.POSITIVE_INFINITY;
    private HardwareListener listener = NOBODY;

    /** A cabinet with everything off and nobody plugged in. */
    public SteppedCabinet(TimeSource time, Topology topology) {
        this.time = time;
        this.topology = topology;
        this.past = new Accounts();
        this.cabinet = make(null, 0);
        past.begin(cabinet.truth());
    }

    private Cabinet make(Cabinet before, long nanos) {
        try {
            // Meters start at a different register each, so that a mixed-up connector shows.
            Cabinet made = new Cabinet(topology, id -> before == null ? FIRST_REGISTER_MILLI_WH * id
                    : before.registerMilliWh(id).orElseThrow(), 1, nanos);
            if (before != null) {
                made.takeOver(before);
            }
            made.gridLimit(gridLimitW, 0);
            return made;
        } catch (HardwareException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The register at which a meter begins, mWh. */
    public static long firstRegisterMilliWh(int connectorId) {
        return FIRST_REGISTER_MILLI_WH * connectorId;
    }

    /** The physics, for whoever plays driver, weather or bad luck. */
    public Cabinet physics() {
        return cabinet;
    }

    /** What is really so. */
    public List<GunTruth> truth() {
        return cabinet.truth();
    }

    /** From now on this one hears of what is read; nobody when it is null. */
    public void listener(HardwareListener newListener) {
        listener = newListener == null ? NOBODY : newListener;
    }

    /**
     * Moves the physics up to now under the command in force. The product repeats its command every 100 ms; where a longer while passes at
     * once the command counts as repeated up to then.
     */
    public void catchUp() {
        long behind = (time.nanoTime() - cabinet.nowNanos()) / Cabinet.STEP_NANOS;
        if (behind > 0) {
            if (command != null) {
                command = new HardwareCommand(command.number(), time.nanoTime(), command.guns(), command.modules(),
                        command.closedBusContactors());
                cabinet.command(command);
            }
            cabinet.advance(behind * Cabinet.STEP_MS);
        }
        cabinet.takeTokens().forEach(listener::tokenRead);
    }

    /** What all modules together may give from now on, W. */
    public void gridLimit(double limitW, long settleMs) {
        gridLimitW = limitW;
        cabinet.gridLimit(limitW, settleMs);
    }

    /**
     * The power goes: contacts open as fast as they can.
     *
     * @return how much later it is when they have, ms
     */
    public long powerCut() {
        command = null;
        cabinet.shutDown();
        cabinet.advance(OPENING_MS);
        past.add(cabinet);
        violations.addAll(cabinet.violations());
        violationsBefore += cabinet.violationCount();
        cabinet = make(cabinet, cabinet.nowNanos());
        past.begin(cabinet.truth());
        return OPENING_MS;
    }

    /** What modules, meters and cars have counted since the beginning. */
    public Accounts accounts() {
        Accounts all = new Accounts(past);
        all.add(cabinet);
        return all;
    }

    /** What a safe controller would not have done; at most the last thousand since each power cut. */
    public List<Violation> violations() {
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(cabinet.violations());
        return all;
    }

    /** How many there have been. */
    public long violationCount() {
        return violationsBefore + cabinet.violationCount();
    }

    /** The command in force; null = none. */
    public HardwareCommand command() {
        return command;
    }

    @Override
    public void open(Topology wanted) {
        command = null;
    }

    @Override
    public HardwareCapabilities capabilities() {
        return new HardwareCapabilities(true, true, true);
    }

    @Override
    public HardwareSnapshot snapshot() {
        catchUp();
        return cabinet.snapshot();
    }

    @Override
    public void command(HardwareCommand wanted) {
        command = wanted;
        cabinet.command(wanted);
    }

    /** What no command names is off and open. */
    @Override
    public void close() {
        command(new HardwareCommand(Long.MAX_VALUE, cabinet.nowNanos(), List.of(), List.of(), Set.of()));
    }
}
