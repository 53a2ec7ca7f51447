package dcocpp.controller.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.osgi.framework.Version;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.Token;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.config.Configs;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.config.TopologyAssembly;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.controller.internal.planning.PlannerInfo;
import dcocpp.controller.internal.planning.PlannerSlot;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.RingSequencer;
import dcocpp.controller.internal.ring.WearMeter;
import dcocpp.controller.internal.ring.RingState;
import dcocpp.controller.internal.ring.StepGuard;
import dcocpp.controller.internal.session.ConnectorMachine;
import dcocpp.controller.internal.session.Surroundings;
import dcocpp.testkit.FakeTimeSource;

/** The control loop with its ring and connectors on ideal hardware, with parts that fail when a test says so. */
final class LoopBench {

    final FakeTimeSource time = new FakeTimeSource();
    final IdealHardware hardware = new IdealHardware(time);
    /** The clock of each connector. */
    final Map<Integer, FailingClock> clocks = new HashMap<>();
    final ContactorBook book = new ContactorBook("", this::keep);
    /** What the last look at each command throws; null = nothing. */
    RuntimeException failure;
    boolean keepFails;
    private final List<JournalEvent> written = new ArrayList<>();
    final Cabinet cabinet;

    /** A clock that fails at the first question of each moment. */
    final class FailingClock implements TimeSource {
        boolean failing;
        private long failedNanos = Long.MIN_VALUE;

        @Override
        public Instant now() {
            if (failing && failedNanos != time.nanoTime()) {
                failedNanos = time.nanoTime();
                throw new IllegalStateException("a bug");
            }
            return time.now();
        }

        @Override
        public String bootId() {
            return time.bootId();
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public double rate() {
            return time.rate();
        }

        @Override
        public ScheduledExecutorService newAgent(String threadName) {
            return time.newAgent(threadName);
        }

        @Override
        public void adjust(Instant wallTime) {
            time.adjust(wallTime);
        }
    }

    /** Keeps the journal in memory. */
    private final class Memory implements Surroundings {
        @Override
        public void write(List<JournalEvent> events, List<Meter> meters, Runnable done, Runnable failed) {
            written.addAll(events);
            done.run();
        }

        @Override
        public void authorize(AuthorizationRequest request) {
        }

        @Override
        public void used(Reservation reservation) {
        }

        @Override
        public void metered(int connectorId, String what, String detail) {
        }

        @Override
        public String bootId() {
            return time.bootId();
        }
    }

    LoopBench(int guns) {
        Topology topology = TopologyAssembly.assemble(
                IntStream.rangeClosed(1, guns).mapToObj(id -> Configs.connector(1, id, Map.of()).value()).toList(),
                Configs.ring(1, guns).stream().map(slot -> slot.value()).toList()).orElseThrow();
        RingSequencer ring = new RingSequencer(topology, book, new StepGuard() {
            @Override
            public HardwareCommand checked(RingState state, HardwareCommand before, HardwareCommand next, Rules rules) {
                if (failure != null) {
                    throw failure;
                }
                return super.checked(state, before, next, rules);
            }
        });
        Surroundings memory = new Memory();
        cabinet = new Cabinet(topology, ring, book, (connector, stage) -> new ConnectorMachine(connector, stage, null,
                clocks.computeIfAbsent(connector.id(), id -> new FailingClock()), memory));
        ScheduledExecutorService control = time.newAgent("control");
        HardwareSlot slot = new HardwareSlot();
        slot.add(hardware, "sim");
        slot.bundlesStarted();
        slot.choose("sim", topology, time.nanoTime(), 1);
        PlannerSlot planners = new PlannerSlot(time, control, "", label -> { });
        planners.add(new PlannerInfo(1, "dcocpp.planner", Version.parseVersion("1.0.0"), "test"), new SharingPlanner());
        ControlLoop loop = new ControlLoop(time, slot, planners, new WearMeter(List.of()));
        SiteSettings site = Configs.site(Map.of("gridLimitKW", "100"));
        control.scheduleAtFixedRate(() -> loop.tick(cabinet, site.values(), BackOfficeState.NONE, List.of()), 100, 100,
                TimeUnit.MILLISECONDS);
        run(Duration.ofSeconds(4));
    }

    private void keep(String marks) {
        if (keepFails) {
            throw new IllegalStateException("a bug");
        }
    }

    void run(Duration duration) {
        time.advance(duration);
    }

    /** Runs until it holds; fails after half a minute. */
    void until(BooleanSupplier condition) {
        for (int tick = 0; tick < 300 && !condition.getAsBoolean(); tick++) {
            run(Duration.ofMillis(100));
        }
        if (!condition.getAsBoolean()) {
            throw new AssertionError("not within half a minute: " + connector(1));
        }
    }

    /** Plugged, authorized and charging. */
    void charge(int id) {
        hardware.gun(id).cp = CpState.C;
        run(Duration.ofMillis(200));
        cabinet.connector(id).present(new Token("T" + id, Token.Source.RFID), true);
        until(() -> hardware.gun(id).currentA > 10);
    }

    ConnectorSnapshot connector(int id) {
        return cabinet.connector(id).snapshot(cabinet.ring().slots(id), 100_000);
    }

    <T extends JournalEvent> List<T> written(Class<T> type) {
        return written.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
