package dcocpp.controller.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.osgi.framework.Version;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.Configs;
import dcocpp.controller.internal.config.ConnectorEntry;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.config.SlotEntry;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.planning.PlannerInfo;
import dcocpp.controller.internal.port.BackOfficeMail;
import dcocpp.controller.internal.port.CommandDesk;
import dcocpp.controller.internal.port.HardwareEvents;
import dcocpp.controller.internal.port.StatusBoard;
import dcocpp.testkit.FakeTimeSource;

/** A whole controller on a fake clock, with ideal hardware, a simple planner and a back office that accepts what a test says. */
final class ChargerFixture implements AutoCloseable {

    static final Duration TICK = Duration.ofMillis(100);

    final FakeTimeSource time = new FakeTimeSource();
    final IdealHardware hardware = new IdealHardware(time);
    final SharingPlanner planner = new SharingPlanner();
    final HardwareEvents events = new HardwareEvents();
    final BackOfficeMail mail = new BackOfficeMail();
    final CommandDesk desk = new CommandDesk();
    final StatusBoard board = new StatusBoard(time);
    final SiteSettings site;
    final ChargePointSettings chargePoint;
    final Collection<ConnectorEntry> connectors = new ArrayList<>();
    final Collection<SlotEntry> slots = new ArrayList<>();
    final JournalStore journal;
    final Map<String, AuthorizationAnswer.Verdict> verdicts = new HashMap<>();
    final Map<String, String> groups = new HashMap<>();
    final List<AuthorizationRequest> asked = new ArrayList<>();
    /** What the protocol was told to do with its link. */
    final List<String> told = new ArrayList<>();
    final Charger charger;
    boolean answers = true;
    /** What the protocol bundle throws when it is asked or shall connect; null = nothing. */
    Error failure;
    int queued;
    boolean exited;
    /** Number of the wishes that were handed in last. */
    long wishes;

    final BackOffice backOffice = new BackOffice() {
        @Override
        public void authorize(AuthorizationRequest request) {
            fail();
            asked.add(request);
            if (answers) {
                mail.authorized(new AuthorizationAnswer(request.requestId(),
                        verdicts.getOrDefault(request.token().idTag(), AuthorizationAnswer.Verdict.ACCEPTED),
                        groups.getOrDefault(request.token().idTag(), "")));
            }
        }

        @Override
        public BackOfficeLink link() {
            return new BackOfficeLink(BackOfficeLink.State.ACCEPTED, "ws://test", "", null, queued);
        }

        @Override
        public void connect() {
            fail();
            told.add("connect");
        }

        private void fail() {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void disconnect() {
            told.add("disconnect");
        }

        @Override
        public void reset() {
            told.add("reset");
        }
    };

    /** All that shall be there comes later. */
    ChargerFixture(Path folder, int guns) {
        this(folder, guns, Map.of());
        charger.bundlesStarted();
    }

    /** Bundles are still being started. */
    static ChargerFixture starting(Path folder, int guns) {
        return new ChargerFixture(folder, guns, Map.of());
    }

    private ChargerFixture(Path folder, int guns, Map<String, Object> settings) {
        this(folder, guns, settings, Map.of("gridLimitKW", "100"), Map.of());
    }

    private ChargerFixture(Path folder, int guns, Map<String, Object> settings, Map<String, Object> siteSettings,
            Map<String, Object> gunSettings) {
        site = Configs.site(siteSettings);
        chargePoint = Configs.chargePoint(folder, settings);
        journal = new JournalStore(folder.resolve("journal.db"));
        for (int id = 1; id <= guns; id++) {
            connectors.add(Configs.connector(1, id, gunSettings));
        }
        slots.addAll(Configs.ring(1, guns));
        ScheduledExecutorService control = time.newAgent("control");
        charger = new Charger(time, control, journal, new Charger.Ports(board, events, mail, desk), chargePoint, site, connectors,
                slots, () -> exited = true);
        control.execute(charger::start);
        control.scheduleAtFixedRate(charger::tick, 100, 100, TimeUnit.MILLISECONDS);
    }

    /** With hardware, planner and back office, ready to charge. */
    static ChargerFixture ready(Path folder, int guns) {
        return ready(folder, guns, Map.of());
    }

    /** With other settings of the charge point. */
    static ChargerFixture ready(Path folder, int guns, Map<String, Object> settings) {
        return ready(new ChargerFixture(folder, guns, settings));
    }

    private static ChargerFixture ready(ChargerFixture fixture) {
        fixture.charger.bundlesStarted();
        fixture.charger.hardwareCame(fixture.hardware, "sim");
        fixture.planner("dcocpp.planner", "1.0.0", fixture.planner);
        fixture.charger.backOfficeCame(fixture.backOffice);
        fixture.run(Duration.ofSeconds(1));
        return fixture;
    }

    /** With other settings of the guns. */
    static ChargerFixture withGuns(Path folder, int guns, Map<String, Object> gunSettings) {
        return ready(new ChargerFixture(folder, guns, Map.of(), Map.of("gridLimitKW", "100"), gunSettings));
    }

    /** On other hardware, whose ring may be used, with another planner. */
    static ChargerFixture on(Path folder, int guns, int gridKW, Function<FakeTimeSource, Hardware> hardware, ChargePlanner planner) {
        ChargerFixture fixture = new ChargerFixture(folder, guns, Map.of(),
                Map.of("gridLimitKW", Integer.toString(gridKW), "allowCrossSlotIslands", true, "maxModulesPerGun", 8),
                Map.of("maxCurrentA", 500.0, "maxPowerW", 300_000.0));
        fixture.charger.bundlesStarted();
        fixture.charger.hardwareCame(hardware.apply(fixture.time), "sim");
        fixture.planner("dcocpp.planner", "1.0.0", planner);
        fixture.charger.backOfficeCame(fixture.backOffice);
        fixture.run(Duration.ofSeconds(5));
        return fixture;
    }

    void planner(String name, String version, ChargePlanner service) {
        charger.plannerCame(new PlannerInfo(version.hashCode() & 0xffff, name, Version.parseVersion(version), "test:" + version), service);
    }

    void run(Duration duration) {
        time.advance(duration);
    }

    /** Runs tick by tick until the condition holds; fails after a minute. */
    void until(String what, BooleanSupplier condition) {
        for (int tick = 0; tick < 600; tick++) {
            if (condition.getAsBoolean()) {
                return;
            }
            run(TICK);
        }
        throw new AssertionError("not within a minute: " + what + "; " + snapshot());
    }

    ChargerSnapshot snapshot() {
        return board.latest().orElseThrow();
    }

    ConnectorSnapshot connector(int id) {
        return snapshot().connector(id).orElseThrow();
    }

    ConnectorStatus status(int id) {
        return connector(id).status();
    }

    List<ConnectorStatus> statuses() {
        return snapshot().connectors().stream().map(connector -> connector.status()).toList();
    }

    /** From now on these are the reservations that the back office wants. */
    void reserve(Reservation... reservations) {
        mail.wants(new BackOfficeState(++wishes, Set.of(), List.of(reservations), List.of()));
        run(Duration.ofSeconds(1));
    }

    /** One for ten minutes. */
    Reservation reservation(int id, int connectorId, String idTag, String group) {
        return new Reservation(id, connectorId, idTag, group, time.now().plusSeconds(600));
    }

    void plug(int id) {
        hardware.gun(id).cp = CpState.C;
    }

    void unplug(int id) {
        hardware.gun(id).cp = CpState.A;
    }

    void swipe(String idTag) {
        events.tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, 0, time.nanoTime()));
    }

    /** Plugged, authorized and charging. */
    void charge(int id, String idTag) {
        plug(id);
        run(TICK);
        swipe(idTag);
        until("connector " + id + " charges", () -> connector(id).gunContactorClosed() && hardware.gun(id).currentA > 10);
    }

    List<JournalEvent> journalled() {
        return journal.read(0, 10_000);
    }

    <T extends JournalEvent> List<T> journalled(Class<T> type) {
        return journalled().stream().filter(type::isInstance).map(type::cast).toList();
    }

    CommandResult command(ChargerCommand command) {
        var stage = desk.submit(command).toCompletableFuture();
        for (int tick = 0; tick < 600 && !stage.isDone(); tick++) {
            run(TICK);
        }
        return stage.join();
    }

    long deadline(Duration duration) {
        return time.nanoTime() + duration.toNanos();
    }

    @Override
    public void close() {
        journal.close();
    }
}
