package dcocpp.daysim;

import java.util.List;
import java.util.Random;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Travel;

/**
 * One day: the software drives the simulated cabinet, and what the day brings happens to it. A tick is 100 ms as in the product while
 * anything moves; where nothing has moved for a while ticks are rare. At midnight everybody leaves, everything is mended, and then a car at
 * every gun shows that no part of the site has come to a state without a way out.
 */
final class DayRunner {

    private static final long TICK_MS = 100;
    private static final long CALM_TICK_MS = 1000;
    /** When nothing has moved for a long while. */
    private static final long QUIET_TICK_MS = 5000;
    private static final long QUIET_AFTER_MS = 30_000;
    /** For so long nothing must have moved before ticks become rare: longer than any filter and ramp. */
    private static final long CALM_AFTER_MS = 3000;
    private static final long EMPTY_TICK_MS = 60_000;
    private static final long NANOS_PER_MS = 1_000_000;
    /** Commands of a calm site are as rare as its ticks: they are good for {@value} times longer than on real hardware. */
    private static final double WATCHDOG_FACTOR = 200;
    private static final long SHORTEST_TRAVEL_MS = 30;
    private static final long LONGEST_TRAVEL_MS = 200;
    private static final long CLOSING_MS = 4 * Day.HOUR_MS;
    private static final long MORNING_MS = 3 * Day.MINUTE_MS;
    private static final double DEAD_V = 60;

    private final long seed;
    private final Cabinet cabinet;
    private final Host host;
    private final Agenda agenda = new Agenda();
    private final Happenings happenings;
    private final Witness witness;
    private List<GunTruth> truths;
    private long ticks;

    private DayRunner(long seed, PlantedBug bug) {
        this.seed = seed;
        Topology topology = Site.topology();
        try {
            cabinet = new Cabinet(topology, id -> 0, WATCHDOG_FACTOR, Travel.random(seed, SHORTEST_TRAVEL_MS, LONGEST_TRAVEL_MS), 0);
        } catch (HardwareException impossible) {
            throw new IllegalStateException(impossible);
        }
        host = new Host(topology, bug);
        happenings = new Happenings(cabinet, host, agenda);
        witness = new Witness(cabinet, happenings);
        truths = cabinet.truth();
    }

    /** Lives the day of this seed and the morning after it. */
    static Verdict run(long seed, PlantedBug bug) {
        DayRunner runner = begin(seed, bug);
        runner.until(Day.LENGTH_MS);
        runner.closeSite();
        runner.nextMorning();
        return runner.verdict();
    }

    /** Lives the day of this seed up to this time of day, or until the physics find something. */
    static Verdict runUntil(long endMs, long seed, PlantedBug bug) {
        DayRunner runner = begin(seed, bug);
        while (runner.nowMs() < endMs && runner.cabinet.violationCount() == 0) {
            runner.tick(endMs);
        }
        return runner.verdict();
    }

    private static DayRunner begin(long seed, PlantedBug bug) {
        DayRunner runner = new DayRunner(seed, bug);
        for (Event event : Day.events(seed)) {
            runner.agenda.at(event.atMs(), () -> runner.happenings.happen(event));
        }
        return runner;
    }

    private long nowMs() {
        return cabinet.nowNanos() / NANOS_PER_MS;
    }

    private void until(long endMs) {
        while (nowMs() < endMs) {
            tick(endMs);
        }
    }

    private void tick(long endMs) {
        ticks++;
        boolean happened = happenings.run(nowMs(), truths);
        if (happened) {
            // The hardware tells at once what its PLCs have found, and the software ticks at once.
            cabinet.step();
        }
        cabinet.command(host.tick(cabinet.snapshot()));
        long millis = TICK_MS;
        if (!happened) {
            long free = Math.min(happenings.nextMs(), endMs) - nowMs();
            millis = Math.max(TICK_MS, Math.min(longestTickMs(), (free + TICK_MS - 1) / TICK_MS * TICK_MS));
        }
        cabinet.advance(millis);
        truths = cabinet.truth();
        witness.observe(nowMs(), millis, truths, host);
    }

    private long longestTickMs() {
        long calmMs = host.calmNanos(cabinet.nowNanos()) / NANOS_PER_MS;
        if (calmMs < CALM_AFTER_MS) {
            return TICK_MS;
        }
        if (happenings.visits().isEmpty()) {
            return EMPTY_TICK_MS;
        }
        return calmMs < QUIET_AFTER_MS ? CALM_TICK_MS : QUIET_TICK_MS;
    }

    /** Nobody comes any more, those who are there leave, and the technicians finish. */
    private void closeSite() {
        long deadlineMs = nowMs() + CLOSING_MS;
        happenings.closeSite();
        while ((!happenings.visits().isEmpty() || agenda.nextMs() < Long.MAX_VALUE) && nowMs() < deadlineMs) {
            tick(deadlineMs);
        }
        until(nowMs() + MORNING_MS);
        if (!happenings.visits().isEmpty()) {
            witness.finding(nowMs(), "cars cannot leave: " + happenings.visits().keySet() + ", " + host.sessions());
        }
        for (GunTruth gun : truths) {
            if (gun.busVoltageV() >= DEAD_V || gun.modules().stream().anyMatch(GunTruth.ModuleTruth::regulating)) {
                witness.finding(nowMs(), "nobody is there, but slot " + gun.slotId() + " has " + gun.busVoltageV() + " V, modules "
                        + gun.modules());
            }
            if (!gun.faults().isEmpty()) {
                witness.finding(nowMs(), "everything is mended, but connector " + gun.connectorId() + " has " + gun.faults());
            }
        }
        for (ContactorState contactor : cabinet.snapshot().contactors()) {
            if (!contactor.contactorId().startsWith("MC") && contactor.position() == ContactorState.Position.CLOSED) {
                witness.finding(nowMs(), "nobody is there, but " + contactor.contactorId() + " is closed");
            }
        }
    }

    /** A car at every gun. */
    private void nextMorning() {
        Random random = Day.random(seed);
        happenings.happen(new Event(nowMs(), Event.Kind.GRID, 0, "", Site.GRID_W, 0));
        for (int id = 1; id <= Site.SLOTS; id++) {
            if (!happenings.visits().containsKey(id)) {
                happenings.plug(id, "compact-400", 20, 100, random);
            }
            until(nowMs() + random.nextInt(5000));
        }
        until(nowMs() + MORNING_MS);
        for (GunTruth gun : truths) {
            if (gun.currentA() < 1) {
                witness.finding(nowMs(), "the next morning connector " + gun.connectorId() + " gives no power: "
                        + host.session(gun.connectorId()));
            }
        }
    }

    private Verdict verdict() {
        long meters = truths.stream().mapToLong(GunTruth::meterMilliWh).sum();
        long modules = truths.stream().flatMap(gun -> gun.modules().stream()).mapToLong(GunTruth.ModuleTruth::givenMilliWh).sum();
        // Each of them rounds down to whole milliwatt-hours.
        if (Math.abs(meters - modules) > Site.SLOTS * (1 + Site.MODULES)) {
            witness.finding(nowMs(), "the modules gave " + modules + " mWh, the meters counted " + meters + " mWh");
        }
        List<ContactorState> contactors = cabinet.snapshot().contactors();
        long operations = contactors.stream().mapToLong(ContactorState::operations).sum();
        long busOperations = contactors.stream().filter(contactor -> contactor.contactorId().startsWith("MC"))
                .mapToLong(ContactorState::operations).sum();
        return new Verdict(seed, cabinet.violations(), witness.findings(), meters / 1000.0, witness.yardstick().idealJ() / 3600,
                happenings.arrivals() - happenings.turnedAway(), happenings.charged(), happenings.turnedAway(), operations, busOperations,
                host.refusedPlans(), host.refusedSteps(), ticks);
    }
}
