package dcocpp.hwsim.internal.physics;

import java.util.EnumSet;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;

/** One gun with its PLC: pilot, lock, authorization, gun contactor, meter, temperature, and the car if there is one. */
final class Gun {

    private static final long LOCK_NANOS = 300_000_000L;
    /** The PLC opens its relays when it has not been commanded for this long. */
    private static final long PLC_WATCHDOG_NANOS = 300_000_000L;
    /** The host repeats a grant every second; the PLC forgets it after two. */
    private static final long GRANT_NANOS = 2_000_000_000L;
    private static final double UNLOCK_BELOW_A = 1;
    private static final double AMBIENT_C = 25;
    private static final double RISE_AT_FULL_CURRENT_K = 40;
    private static final double WARM_UP_SECONDS = 120;
    private static final double TRIP_C = 90;
    private static final double DEFAULT_FULL_CURRENT_A = 200;
    private static final double WRONG_METER = 1.25;

    private final ConnectorSettings settings;
    private final Contactor contactor;
    private final EnergyCounter meter;
    private final InsulationMonitor insulation;
    private final FaultBoard faults = new FaultBoard();
    private final Hlc hlc = new Hlc();
    private Car car;
    private GunCommand command;
    private boolean commanded;
    private long commandNanos;
    private boolean silent;
    private boolean forcedOff;
    private boolean authorized;
    private long grantNanos;
    private boolean lockWanted;
    private long lockSinceNanos;
    private boolean locked;
    private boolean offering;
    private long milliA;
    private double vehicleV;
    private double temperatureC = AMBIENT_C;
    private GunState heard;
    private MeterReading read;

    Gun(ConnectorSettings settings, String contactorId, long registerMilliWh, Travel travel, long nowNanos) {
        this.settings = settings;
        this.contactor = new Contactor(contactorId, travel, nowNanos);
        this.meter = new EnergyCounter(registerMilliWh);
        this.insulation = new InsulationMonitor(settings.maxVoltageV());
        this.command = GunCommand.off(settings.id());
        this.commandNanos = nowNanos;
        this.grantNanos = nowNanos;
        this.lockSinceNanos = nowNanos;
        refresh(nowNanos);
    }

    ConnectorSettings settings() {
        return settings;
    }

    int connectorId() {
        return settings.id();
    }

    Contactor contactor() {
        return contactor;
    }

    FaultBoard faults() {
        return faults;
    }

    EnergyCounter meter() {
        return meter;
    }

    Car car() {
        return car;
    }

    void plug(Car next) {
        car = next;
    }

    Car unplug() {
        Car gone = car;
        car = null;
        locked = false;
        return gone;
    }

    /** The car drops the conversation and begins it anew; false when there is none that it could drop. */
    boolean renegotiate(long nowNanos) {
        return hlc.renegotiate(nowNanos);
    }

    Hlc.Stage stage() {
        return hlc.stage();
    }

    HlcState hlcState() {
        return hlc.state();
    }

    /**
     * The PLC's step: takes the command unless the link is lost, and decides what the contactor shall do.
     *
     * @param wanted the host's command
     * @param mayOffer the host is not too old to offer power
     * @param allOff the host has been silent for too long, or said so
     * @param busWeld the slot's bus contactor is welded
     * @param moduleWeld one of the slot's module contactors is welded
     */
    void step(long nowNanos, GunCommand wanted, boolean mayOffer, boolean allOff, boolean busWeld, boolean moduleWeld) {
        if (!faults.linkLost() && !allOff) {
            command = wanted;
            commanded = true;
            commandNanos = nowNanos;
        }
        silent = nowNanos - commandNanos > PLC_WATCHDOG_NANOS;
        EnumSet<FaultCause> found = EnumSet.noneOf(FaultCause.class);
        if (contactor.weldSeen(nowNanos)) {
            found.add(FaultCause.GC_WELD);
        }
        if (busWeld) {
            found.add(FaultCause.MC_WELD);
        }
        if (moduleWeld) {
            found.add(FaultCause.MN_WELD);
        }
        if (temperatureC() >= TRIP_C) {
            found.add(FaultCause.CONNECTOR_TEMPERATURE);
        }
        if (insulationFault()) {
            found.add(FaultCause.ISOLATION);
        }
        faults.step(found, commanded ? command.clearFaults() : FaultBoard.NOBODY_ASKED);
        contactor.weld(faults.present(FaultCause.GC_WELD));
        contactor.jam(faults.present(FaultCause.GC_CLOSE_TIMEOUT));
        contactor.weaken(faults.present(FaultCause.LOCAL_FAULT));
        forcedOff = command.forceOff() || allOff || silent || !faults.safe();
        offering = mayOffer && !forcedOff;
        stepAuthorization(nowNanos);
        stepLock(nowNanos);
        hlc.step(nowNanos, car, authorized, lockedAsRequired(), faults.safe(), milliA);
    }

    private void stepAuthorization(long nowNanos) {
        switch (command.authorization()) {
            case GRANTED -> {
                authorized = true;
                grantNanos = commandNanos;
            }
            case PENDING, DENIED -> authorized = false;
            default -> {
                // Nothing said: the last grant runs out.
            }
        }
        if (nowNanos - grantNanos > GRANT_NANOS) {
            authorized = false;
        }
    }

    private void stepLock(long nowNanos) {
        if (command.lock() != lockWanted) {
            lockWanted = command.lock();
            lockSinceNanos = nowNanos;
        }
        boolean mayRelease = !contactor.closed() && currentA() < UNLOCK_BELOW_A;
        if (nowNanos - lockSinceNanos >= LOCK_NANOS && (lockWanted || mayRelease)) {
            locked = lockWanted && car != null;
        }
        if (faults.present(FaultCause.LOCK)) {
            locked = false;
        }
    }

    /** The contactor's step; tells what it did. */
    Contactor.Switched stepContactor(long nowNanos) {
        return contactor.step(nowNanos, closeWanted());
    }

    boolean closeWanted() {
        return closes(command, forcedOff);
    }

    /** The PLC closes for nobody who may not charge. What is closed it leaves to the host, so that nothing opens under load. */
    private boolean closes(GunCommand wanted, boolean forced) {
        return wanted.closeContactor() && !forced && (authorized || contactor.closed());
    }

    /** The host wants the contactor closed, and only the missing grant speaks against it. */
    boolean refusesToClose() {
        return command.closeContactor() && !forcedOff && !closeWanted();
    }

    /** Everything of this gun is off because somebody or something forces it. */
    boolean forcedOff() {
        return forcedOff;
    }

    boolean authorized() {
        return authorized;
    }

    /** What the host has said last. */
    GunCommand.Authorization authorization() {
        return command.authorization();
    }

    boolean locked() {
        return locked;
    }

    boolean lockedAsRequired() {
        return locked || !settings.requireLock();
    }

    CpState pilot() {
        if (faults.present(FaultCause.CP_LOST)) {
            return CpState.UNKNOWN;
        }
        CpState pilot = hlc.pilot(car);
        return pilot == CpState.C && faults.present(FaultCause.VENTILATION) ? CpState.D : pilot;
    }

    /** A battery is connected to the bus. */
    boolean takesFromBus() {
        return contactor.closed() && car != null && car.contactorClosed();
    }

    /** The current the car asks for under the present offer, mA. */
    long requestedMilliA() {
        if (car == null || !hlc.delivering() || !offering) {
            return 0;
        }
        return car.requestedMilliA(command.offerVoltageV(), command.offerCurrentA(), command.offerPowerW());
    }

    /**
     * The current the car lets flow, mA. Whoever forces the gun off is faster than the car: what modules of other slots still feed, it
     * takes until the contactor is open. So it does where the current cannot be brought down.
     */
    long wantedMilliA() {
        return forcedOff || faults.present(FaultCause.GC_OPEN_TIMEOUT) ? Math.max(milliA, requestedMilliA()) : requestedMilliA();
    }

    long milliA() {
        return milliA;
    }

    void carry(long current) {
        milliA = current;
    }

    /** Moves the energy of a step through the meter into the car. */
    void deliver(long current, long stepMs) {
        meter.add(car.charge(current, stepMs));
    }

    /** After the ring has settled: what the PLC measures. */
    void measure(long nowNanos, double busV, double seconds) {
        if (contactor.closed()) {
            vehicleV = busV;
        } else if (car != null && car.contactorClosed()) {
            vehicleV = car.openCircuitMilliV() / 1000.0;
        } else {
            vehicleV = PowerModule.decayed(vehicleV, seconds);
        }
        double fullA = settings.maxCurrentA() > 0 ? settings.maxCurrentA() : DEFAULT_FULL_CURRENT_A;
        double share = currentA() / fullA;
        temperatureC = PowerModule.approached(temperatureC, AMBIENT_C + RISE_AT_FULL_CURRENT_K * share * share, seconds, WARM_UP_SECONDS);
        insulation.step(insulationKOhm(), seconds);
        refresh(nowNanos);
    }

    /** Under this command nothing would change within this time but slowly. */
    boolean quiet(long nowNanos, GunCommand wanted, long millis) {
        boolean forced = wanted.forceOff() || silent || !faults.safe();
        boolean linkQuiet = !faults.linkLost() || silent;
        boolean grantQuiet = wanted.authorization() == command.authorization()
                && authorized == (wanted.authorization() == GunCommand.Authorization.GRANTED);
        boolean lockQuiet = wanted.lock() == lockWanted && nowNanos - lockSinceNanos >= LOCK_NANOS;
        return linkQuiet && grantQuiet && lockQuiet && forced == forcedOff && wanted.clearFaults() == command.clearFaults()
                && contactor.settled(nowNanos, closes(wanted, forced)) && insulation.settled(insulationKOhm())
                && faults.detects(FaultCause.ISOLATION) == insulationFault()
                && hlc.quiet(car, lockedAsRequired(), faults.safe()) && (car == null || !car.fullWithin(milliA, millis));
    }

    double vehicleV() {
        return vehicleV;
    }

    double currentA() {
        return milliA / 1000.0;
    }

    double powerW() {
        return vehicleV * currentA();
    }

    double temperatureC() {
        FaultBoard.Injection injected = faults.injection(FaultCause.CONNECTOR_TEMPERATURE);
        return injected == null ? temperatureC : injected.value();
    }

    private double insulationKOhm() {
        FaultBoard.Injection injected = faults.injection(FaultCause.ISOLATION);
        return injected == null ? InsulationMonitor.SOUND_KOHM : injected.value();
    }

    private boolean insulationFault() {
        return insulation.verdict() == InsulationMonitor.Verdict.FAULT;
    }

    InsulationMonitor insulation() {
        return insulation;
    }

    double offeredCurrentA() {
        return offering ? command.offerCurrentA() : 0;
    }

    double offeredPowerW() {
        return offering ? command.offerPowerW() : 0;
    }

    double targetVoltageV() {
        return car != null && hlc.targetKnown() ? car.targetVoltageV(milliA, contactor.closed()) : 0;
    }

    /** What the PLC tells. A lost link tells nothing new. */
    GunState state() {
        return heard;
    }

    private void refresh(long nowNanos) {
        if (faults.linkLost() && heard != null) {
            heard = new GunState(heard.connectorId(), false, false, faults.faults(), heard.cp(), heard.lockEngaged(),
                    heard.authorizedEcho(), heard.hlc(), heard.targetVoltageV(), heard.targetCurrentA(), heard.presentVoltageV(),
                    heard.presentCurrentA(), heard.evMaxVoltageV(), heard.evMaxCurrentA(), heard.evMaxPowerW(), heard.socPercent(),
                    heard.connectorTemperatureC(), invalid(heard.meter()), heard.updatedNanos());
            return;
        }
        boolean known = car != null && hlc.parametersKnown();
        // A meter that is wrong shows a quarter more than there is; its register is somebody else's.
        double shown = faults.present(FaultCause.TELEMETRY_MISMATCH) ? WRONG_METER : 1;
        boolean silentMeasurement = faults.present(FaultCause.TELEMETRY);
        read = faults.present(FaultCause.METER_STALE) && read != null ? invalid(read)
                : new MeterReading(true, meter.milliWh(), shown * vehicleV, currentA(), shown * powerW(), nowNanos);
        heard = new GunState(settings.id(), true, faults.safe(), faults.faults(), pilot(), locked, authorized, hlc.state(),
                silentMeasurement ? Double.NaN : targetVoltageV(), silentMeasurement ? Double.NaN : requestedMilliA() / 1000.0,
                silentMeasurement ? Double.NaN : vehicleV, silentMeasurement ? Double.NaN : currentA(),
                known ? car.model().voltageV().at(100) + car.model().maxCurrentA() * car.model().resistanceMilliOhm() / 1000 : Double.NaN,
                known ? car.acceptedCurrentA() : Double.NaN, known ? car.acceptedPowerW() : Double.NaN,
                known ? car.socPercent() : Double.NaN, temperatureC(), read, nowNanos);
    }

    private static MeterReading invalid(MeterReading reading) {
        return new MeterReading(false, reading.registerMilliWh(), reading.voltageV(), reading.currentA(), reading.powerW(),
                reading.takenNanos());
    }
}
