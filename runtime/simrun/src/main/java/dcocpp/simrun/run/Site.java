package dcocpp.simrun.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

import dcocpp.api.hardware.FaultCause;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.simrun.charger.ChargerProcess;
import dcocpp.simrun.charger.Energy;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.charger.SiteFile;
import dcocpp.simrun.charger.SteppedCabinet;
import dcocpp.simrun.script.Action;
import dcocpp.simrun.script.Scenario;
import dcocpp.simrun.script.Script;
import dcocpp.testkit.FakeTimeSource;

/** The site with everything that can happen to it: cabinet and cars, the charger's process, the back office. */
final class Site {

    private static final long NANOS_PER_MS = 1_000_000;
    /** How long the charger has to come down to a lower limit of the grid. */
    private static final long SETTLE_MS = 2000;
    private static final Duration FOR_EVER = Duration.ofDays(3650);
    private static final int PROFILE = 100;
    /** Nothing is heard of a gun meanwhile, not even its meter. */
    private static final Set<FaultCause> SILENT = EnumSet.of(FaultCause.PLC_COMM, FaultCause.PLC_CRC, FaultCause.PLC_PROTOCOL,
            FaultCause.CAN_BUS_OFF, FaultCause.PLC_UNAVAILABLE);

    private final FakeTimeSource time;
    private final SiteFile file;
    private final SteppedCabinet cabinet;
    private final SimulatedCsms csms;
    private final Map<String, CarModel> cars;
    private final long seed;
    private final Map<Integer, Double> limitsW = new HashMap<>();
    private final List<String> notDone = new ArrayList<>();
    private final Set<Integer> unheard = new HashSet<>();
    private Energy taken = Energy.NONE;
    private long heatMilliWh;
    private double gridLimitKW;
    private ChargerProcess process;
    private int boots;
    private int powerCuts;

    /** @param cars what cars there are, by their names; the first is the usual one */
    Site(FakeTimeSource time, SiteFile file, SimulatedCsms csms, Map<String, CarModel> cars, double gridLimitKW, long seed) {
        this.time = time;
        this.file = file;
        this.csms = csms;
        this.cars = cars;
        this.gridLimitKW = gridLimitKW;
        this.seed = seed;
        this.cabinet = new SteppedCabinet(time, file.topology());
        cabinet.gridLimit(gridLimitKW * 1000, 0);
        powerOn();
    }

    long nowMs() {
        return time.nanoTime() / NANOS_PER_MS;
    }

    SteppedCabinet cabinet() {
        return cabinet;
    }

    SimulatedCsms csms() {
        return csms;
    }

    /** The process; null while there is no power. */
    ChargerProcess process() {
        return process;
    }

    SiteFile file() {
        return file;
    }

    double gridLimitW() {
        return gridLimitKW * 1000;
    }

    /** What the back office allows a gun, 0 = the site, W. */
    double limitW(int connectorId) {
        return limitsW.getOrDefault(connectorId, Double.POSITIVE_INFINITY);
    }

    int powerCuts() {
        return powerCuts;
    }

    /** Whether the charger could not read the meter of a gun for a while: its power was cut, or the gun was not heard. */
    boolean unread(int connectorId) {
        return powerCuts > 0 || unheard.contains(connectorId);
    }

    /** What could not be done when it should, in words. */
    List<String> notDone() {
        return notDone;
    }

    /** What all cars have taken at their inlets since the beginning. */
    Energy taken() {
        return cabinet.truth().stream().filter(gun -> gun.car() != null).map(Site::taken).reduce(taken, Energy::plus);
    }

    /** How much of that became heat in their batteries and cables, mWh; each car rounded down. */
    long heatMilliWh() {
        return heatMilliWh + cabinet.truth().stream().filter(gun -> gun.car() != null).mapToLong(gun -> gun.car().heatMilliWh()).sum();
    }

    private static Energy taken(GunTruth gun) {
        return new Energy(gun.car().takenMilliWh(), gun.car().takenRemainderNanoJ());
    }

    /** Lets so much time pass, ms, and ticks at its end. */
    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
        cabinet.catchUp();
        if (process != null) {
            process.tick();
        }
    }

    Moment look() {
        return new Moment(nowMs(), process == null ? null : process.snapshot(), cabinet.truth());
    }

    void plug(Scenario.Plug plug) {
        CarModel model = plug.car() == null ? cars.values().iterator().next() : cars.get(plug.car());
        cabinet.physics().plug(plug.connector(), new PlugIn(model, plug.soc(), plug.target(),
                new Identity(plug.evMac(), plug.evccid(), plug.emaid())));
    }

    void unplug(int connectorId) {
        for (GunTruth gun : cabinet.truth()) {
            if (gun.connectorId() == connectorId && gun.car() != null) {
                taken = taken.plus(taken(gun));
                heatMilliWh += gun.car().heatMilliWh();
            }
        }
        cabinet.physics().unplug(connectorId);
    }

    /** The action at its time; {@code later} does something after so many ms. */
    void act(Action action, BiConsumer<Long, Runnable> later) {
        if (action.plug() != null) {
            plug(action.plug());
        } else if (action.unplug() != null) {
            unplug(action.unplug());
        } else if (action.pause() != null) {
            cabinet.physics().pause(action.pause(), true);
        } else if (action.resume() != null) {
            cabinet.physics().pause(action.resume(), false);
        } else if (action.swipe() != null) {
            cabinet.physics().swipe(action.swipe().connector(), action.swipe().idTag());
        } else if (action.fault() != null) {
            fault(action.fault(), later);
        } else if (action.clear() != null) {
            cabinet.physics().clear(action.clear().connector(), Optional.ofNullable(action.clear().cause()));
        } else if (action.clearFaults() != null) {
            clearFaults(action.clearFaults());
        } else if (action.contactor() != null) {
            cabinet.physics().contactorFault(action.contactor().id(), action.contactor().fault());
        } else if (action.repair() != null) {
            cabinet.physics().repairContactor(action.repair());
        } else {
            actOnCharger(action, later);
        }
    }

    private void actOnCharger(Action action, BiConsumer<Long, Runnable> later) {
        if (action.gridLimitKW() != null) {
            gridLimit(action.gridLimitKW());
        } else if (action.powerCut() != null) {
            powerOff();
            later.accept(action.powerCut().toMillis(), this::powerOn);
        } else if (action.clock() != null) {
            time.adjust(time.now().plus(action.clock()));
        } else if (action.link() != null) {
            link(action.link());
        } else if (action.remoteStart() != null) {
            call("RemoteStartTransaction", "{\"connectorId\":" + action.remoteStart().connector() + ",\"idTag\":\""
                    + action.remoteStart().idTag() + "\"}");
        } else if (action.remoteStop() != null) {
            remoteStop(action.remoteStop());
        } else if (action.limit() != null) {
            limit(action.limit());
        } else {
            call(action.csms().call(), action.csms().payload() == null ? "{}" : action.csms().payload().toString());
        }
    }

    private void fault(Action.Fault fault, BiConsumer<Long, Runnable> later) {
        FaultCause cause = fault.cause();
        if (SILENT.contains(cause)) {
            unheard.add(fault.connector());
        }
        cabinet.physics().fault(fault.connector(), cause, cause == FaultCause.ISOLATION ? fault.insulationKOhm() : fault.temperatureC(),
                fault.moduleId());
        if (fault.lasts() != null) {
            later.accept(fault.lasts().toMillis(), () -> cabinet.physics().clear(fault.connector(), Optional.of(cause)));
            if (fault.cleared()) {
                later.accept(fault.lasts().toMillis() + 5000, () -> clearFaults(fault.connector()));
            }
        }
    }

    private void clearFaults(int connectorId) {
        if (process != null) {
            process.clearFaults(connectorId);
        }
    }

    private void gridLimit(double limitKW) {
        gridLimitKW = limitKW;
        cabinet.gridLimit(limitKW * 1000, SETTLE_MS);
        if (process != null) {
            process.gridLimit(file, limitKW);
        }
    }

    private void link(Action.Link state) {
        switch (state) {
            case DOWN -> csms.breakLink(FOR_EVER);
            case SILENT -> csms.dieSilently();
            default -> csms.behave();
        }
    }

    /** The back office ends the transaction at a gun, if it knows of one. */
    boolean remoteStop(int connectorId) {
        Optional<SimulatedCsms.Transaction> open = csms.openAt(connectorId);
        if (open.isEmpty()) {
            notDone.add(at() + "RemoteStopTransaction at gun " + connectorId + ": the back office knows of no transaction there");
            return false;
        }
        return call("RemoteStopTransaction", "{\"transactionId\":" + open.get().number() + "}");
    }

    private void limit(Action.Limit limit) {
        int id = PROFILE + limit.connector();
        if (limit.kW() == null) {
            limitsW.remove(limit.connector());
            call("ClearChargingProfile", "{\"id\":" + id + "}");
            return;
        }
        limitsW.put(limit.connector(), limit.kW() * 1000);
        String purpose = limit.connector() == 0 ? "ChargePointMaxProfile" : "TxDefaultProfile";
        call("SetChargingProfile", "{\"connectorId\":" + limit.connector() + ",\"csChargingProfiles\":{\"chargingProfileId\":" + id
                + ",\"stackLevel\":1,\"chargingProfilePurpose\":\"" + purpose + "\",\"chargingProfileKind\":\"Absolute\","
                + "\"chargingSchedule\":{\"startSchedule\":\"" + csms.at(time.nanoTime()) + "\",\"chargingRateUnit\":\"W\","
                + "\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":" + Math.round(limit.kW() * 1000) + "}]}}}");
    }

    private boolean call(String action, String payload) {
        boolean reached = csms.call(action, payload);
        if (!reached) {
            notDone.add(at() + action + " did not reach the charger");
        }
        return reached;
    }

    private String at() {
        return Script.time(Duration.ofMillis(nowMs())) + ": ";
    }

    private void powerOff() {
        if (process != null) {
            process.kill();
            process = null;
            cabinet.listener(null);
            csms.drop();
            powerCuts++;
            time.advance(Duration.ofMillis(cabinet.powerCut()));
        }
    }

    private void powerOn() {
        if (process == null) {
            boots++;
            process = new ChargerProcess(time, "boot-" + boots, file, gridLimitKW, cabinet, csms, seed + boots);
            cabinet.listener(process.events());
        }
    }

    void end() {
        if (process != null) {
            process.kill();
        }
    }
}
