package dcocpp.simrun.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.Curve;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.SimulationException;
import dcocpp.simrun.charger.Accounts;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.charger.SiteFile;
import dcocpp.simrun.script.Action;
import dcocpp.simrun.script.Scenario;
import dcocpp.simrun.script.ScenarioException;
import dcocpp.simrun.script.Script;
import dcocpp.testkit.FakeTimeSource;

/** Plays a scenario, as fast as the machine can, on one thread and on a clock of its own. */
public final class ScenarioRun implements Check.Questions {

    private static final int ALL = 10_000_000;
    private static final int SHOWN = 20;
    private static final long AFTERWARDS_MS = 600_000;
    /** Steps of the physics: everything happens between two of them. */
    private static final long GRID_MS = 20;

    private final Script script;
    private final Scenario scenario;
    private final Map<String, CarModel> cars;
    private final Site site;
    private final Agenda agenda = new Agenda();
    private final Map<Integer, Driver> drivers = new TreeMap<>();
    private final List<Check> checks;
    private final Calm calm = new Calm();
    private final Yardstick yardstick;
    private final long endMs;
    private Moment moment;
    private long ticks;
    private int came;
    private int served;
    private int turnedAway;
    private double peakW;
    private ScenarioException failure;

    private ScenarioRun(Script script, Path data, SimulatedCsms.Witness frames) throws ScenarioException {
        this.script = script;
        this.scenario = script.scenario();
        this.endMs = scenario.duration().toMillis();
        Scenario.Site wanted = scenario.site();
        SiteFile file = SiteFile.read(wanted.config() == null ? null : script.resolve(wanted.config()), data, wanted.ocpp());
        cars = cars();
        Topology topology = file.topology();
        script.compare(topology.connectors().stream().map(ConnectorSettings::id).toList(), contactors(topology), cars.keySet());
        FakeTimeSource time = new FakeTimeSource(scenario.start());
        site = new Site(time, file, new SimulatedCsms(time, scenario.start(), frames), cars,
                wanted.gridLimitKW() == null ? file.gridLimitKW() : wanted.gridLimitKW(), scenario.seed());
        yardstick = new Yardstick(topology);
        checks = scenario.expect().stream().map(expectation -> new Check(expectation, this, endMs)).toList();
        moment = site.look();
        plan();
    }

    /**
     * Plays a scenario.
     *
     * @param data an empty folder for the charger's databases
     * @param frames sees every frame between charger and back office
     * @throws ScenarioException when the script asks for something that cannot be
     */
    public static Report play(Script script, Path data, SimulatedCsms.Witness frames) throws ScenarioException {
        ScenarioRun run = new ScenarioRun(script, data, frames);
        try {
            return run.play();
        } finally {
            run.site.end();
        }
    }

    private Map<String, CarModel> cars() throws ScenarioException {
        Map<String, CarModel> all = new LinkedHashMap<>();
        CarLibrary.included().all().forEach(car -> all.put(car.id(), car));
        for (int i = 0; i < scenario.cars().size(); i++) {
            Scenario.OwnCar car = scenario.cars().get(i);
            try {
                all.put(car.id(), new CarModel(car.id(), car.name(), Math.round(car.batteryKWh() * 1000), car.maxCurrentA(),
                        car.resistanceMilliOhm(), new Curve(car.voltageV()), new Curve(car.powerKW())));
            } catch (IllegalArgumentException e) {
                throw script.wrong(e.getMessage(), "cars", i);
            }
        }
        return all;
    }

    private static Collection<String> contactors(Topology topology) {
        return topology.slots().stream().flatMap(ScenarioRun::contactors).filter(name -> !name.isEmpty()).toList();
    }

    private static Stream<String> contactors(SlotSettings slot) {
        return Stream.concat(Stream.of(slot.gunContactor(), slot.busContactor()), slot.modules().stream().map(module -> module.contactor()));
    }

    private void plan() {
        for (int i = 0; i < scenario.actions().size(); i++) {
            Action action = scenario.actions().get(i);
            int number = i;
            agenda.at(action.at().toMillis(), () -> act(action, number));
        }
        for (int i = 0; i < scenario.visits().size(); i++) {
            Scenario.Visit visit = scenario.visits().get(i);
            int number = i;
            agenda.at(visit.at().toMillis(), () -> trying(() -> come(visit), "visits", number));
        }
        for (Arrivals.Arrival arrival : Arrivals.of(scenario, List.copyOf(cars.keySet()))) {
            agenda.at(arrival.atMs(), () -> arrive(arrival));
        }
    }

    private void act(Action action, int number) {
        trying(() -> site.act(action, (millis, event) -> agenda.at(site.nowMs() + millis,
                () -> trying(event, "actions", number))), "actions", number);
    }

    /** What cannot happen ends the play: the script is wrong. */
    private void trying(Runnable event, String list, int number) {
        try {
            event.run();
        } catch (SimulationException e) {
            failure = failure != null ? failure : script.wrong("at " + Script.time(Duration.ofMillis(site.nowMs())) + ": "
                    + e.getMessage() + "; " + e.remedy(), list, number);
        }
    }

    private void come(Scenario.Visit visit) {
        site.plug(visit.plug());
        drivers.put(visit.plug().connector(), new Driver(visit, site, site.nowMs()));
        came++;
    }

    private void arrive(Arrivals.Arrival arrival) {
        List<Integer> free = new ArrayList<>();
        for (GunTruth gun : site.cabinet().truth()) {
            boolean meant = arrival.traffic().connectors().isEmpty() || arrival.traffic().connectors().contains(gun.connectorId());
            boolean available = moment.connector(gun.connectorId()).map(ConnectorSnapshot::status)
                    .filter(status -> status == ConnectorStatus.AVAILABLE).isPresent();
            if (meant && available && gun.car() == null) {
                free.add(gun.connectorId());
            }
        }
        if (free.isEmpty()) {
            turnedAway++;
            return;
        }
        Scenario.Visit visit = arrival.visit();
        Scenario.Plug plug = visit.plug();
        come(new Scenario.Visit(visit.at(), new Scenario.Plug(free.get((int) (arrival.choice() * free.size())), plug.car(), plug.soc(),
                plug.target(), plug.evMac(), plug.evccid(), plug.emaid()), visit.idTag(), visit.swipeAfter(), visit.stay(),
                visit.linger()));
    }

    private Report play() throws ScenarioException {
        while (site.nowMs() < endMs) {
            step(endMs);
            if (failure != null) {
                throw failure;
            }
        }
        boolean sound = site.process() != null;
        for (long until = endMs + AFTERWARDS_MS; sound && !site.process().drained() && site.nowMs() < until;) {
            pass(Math.min(calm.longestTickMs(site.nowMs()), 1000));
        }
        checks.stream().filter(Check::atTheEnd).forEach(check -> check.observe(moment));
        return report();
    }

    /** What happens now, and then the time until the next tick. */
    private void step(long untilMs) {
        boolean happened = agenda.run(site.nowMs());
        for (Driver driver : List.copyOf(drivers.values())) {
            if (driver.nextMs(moment.ms()) <= site.nowMs()) {
                happened = true;
            }
        }
        // The last tick has seen everything but what the agenda has just done.
        happened |= drive(happened ? site.look() : moment);
        if (happened) {
            // The hardware tells at once what its PLCs have found, and the controller ticks at once.
            calm.disturb(site.nowMs());
            pass(GRID_MS);
            return;
        }
        long free = untilMs - site.nowMs();
        free = Math.min(free, agenda.nextMs() - site.nowMs());
        for (Driver driver : drivers.values()) {
            free = Math.min(free, driver.nextMs(site.nowMs()) - site.nowMs());
        }
        for (Check check : checks) {
            free = Math.min(free, check.nextMs(site.nowMs()) - site.nowMs());
        }
        long longest = scenario.everyTick() ? Calm.TICK_MS : calm.longestTickMs(site.nowMs());
        pass(Math.min(longest, Math.max(GRID_MS, (free + GRID_MS - 1) / GRID_MS * GRID_MS)));
    }

    private boolean drive(Moment now) {
        boolean gone = false;
        for (Driver driver : List.copyOf(drivers.values())) {
            if (driver.act(now)) {
                drivers.remove(driver.connectorId());
                served += driver.charged() ? 1 : 0;
                gone = true;
            }
        }
        return gone;
    }

    private void pass(long millis) {
        ticks++;
        long before = site.nowMs();
        site.pass(millis);
        moment = site.look();
        calm.see(moment, site.cabinet().command());
        yardstick.observe(site.nowMs() - before, moment, site);
        peakW = Math.max(peakW, moment.siteW());
        checks.stream().filter(check -> !check.atTheEnd()).forEach(check -> check.observe(moment));
    }

    private Report report() {
        List<Report.Outcome> outcomes = checks.stream().map(Check::outcome).toList();
        List<Report.Gun> guns = new ArrayList<>();
        Accounts accounts = site.cabinet().accounts();
        List<TransactionRecord> records = transactions();
        for (ConnectorSettings connector : site.file().topology().connectors()) {
            Map<String, Integer> reasons = new TreeMap<>();
            int count = 0;
            for (TransactionRecord record : records) {
                if (record.started().connectorId() == connector.id()) {
                    count++;
                    reasons.merge(record.stopped() == null ? "running" : record.stopped().reason().name(), 1, Integer::sum);
                }
            }
            guns.add(new Report.Gun(connector.id(), count, reasons, accounts.meter(connector.id()).milliWh()));
        }
        return new Report(script.name(), scenario.seed(), scenario.start().toString(), site.nowMs() / 1000.0, ticks, outcomes, guns,
                moment.snapshot() == null ? null : balance(moment), new Report.Visits(came, served, turnedAway, drivers.size()),
                idealSharePercent(), peakW / 1000,
                site.cabinet().violations().stream().limit(SHOWN).map(violation -> Script.time(Duration.ofNanos(
                        violation.atNanos())) + ": " + violation.kind() + " " + violation.where() + " " + violation.detail()).toList(),
                violations(), site.csms().faults().stream().limit(SHOWN).toList(), site.notDone().stream().limit(SHOWN).toList());
    }

    @Override
    public List<TransactionRecord> transactions() {
        return site.process() == null ? List.of() : site.process().journal().transactions(ALL);
    }

    @Override
    public SimulatedCsms csms() {
        return site.csms();
    }

    @Override
    public double energyMilliWh(Integer connectorId) {
        Accounts accounts = site.cabinet().accounts();
        return connectorId == null ? accounts.meters().milliWh() : accounts.meter(connectorId).milliWh();
    }

    @Override
    public int served() {
        return served;
    }

    @Override
    public long violations() {
        return site.cabinet().violationCount();
    }

    @Override
    public double idealSharePercent() {
        return yardstick.sharePercent(site.cabinet().accounts().meters().milliWh());
    }

    @Override
    public Balance balance(Moment at) {
        return Balance.of(site, transactions(), at);
    }

    @Override
    public String owed() {
        if (site.process() == null) {
            return "the charger has no power";
        }
        if (!site.process().drained()) {
            return "the connection is " + site.process().link().state() + ", " + site.process().link().queuedMessages() + " messages wait";
        }
        long open = transactions().stream().filter(record -> record.stopped() != null).filter(record -> record.stopDelivery().state()
                != Delivery.State.DELIVERED).count();
        return open == 0 ? "" : open + " ends of transactions are not delivered";
    }
}
