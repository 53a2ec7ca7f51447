package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dcocpp.csms.DemoCsms;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.itest.Await;
import dcocpp.itest.hil.HilCar;
import dcocpp.itest.hil.HilGun;
import dcocpp.itest.hil.HilRig;
import dcocpp.itest.hil.Trouble;
import dcocpp.itest.process.ChargerProcess;
import dcocpp.plcsim.Finding;
import dcocpp.plcsim.PlcFault;
import dcocpp.plcsim.SimulatedPlc;

/** The launched charger between two simulated PLCs on a real bus, in real time. */
final class BusRig implements HilRig {

    private static final List<Integer> GUNS = List.of(1, 2);
    private static final int WARM_UPS = 3;
    /** What a guest that is held up is late with; what it ends in fails the scenario, and nothing else is excused. */
    private static final Set<Finding.Kind> LATE = EnumSet.of(Finding.Kind.PAUSE, Finding.Kind.WATCHDOG, Finding.Kind.OVERDUE);
    /** A step of the meter's register, and what flows between two of its frames. */
    private static final long METER_STEP_MILLI_WH = 110_000;
    /** Of a guest that is held up; elsewhere what a busy machine may take. */
    private static final long ALLOWANCE_MS = ChargerOnTheBus.GUEST ? 700 : 200;

    private final ChargerOnTheBus site;
    private final CarLibrary cars = CarLibrary.included();
    /** When something broke at a gun, ns since 1970. */
    private final Map<Integer, Long> brokenNanos = new HashMap<>();

    private long judgedNanos;

    private BusRig(ChargerOnTheBus site) {
        this.site = site;
        this.judgedNanos = site.nowNanos();
    }

    /** Starts it on an empty folder of this name; returns when every connector is Available. */
    static BusRig start(String name) throws Exception {
        ChargerOnTheBus site = ChargerOnTheBus.start(name, GUNS.size());
        try {
            assertTrue(warmedUp(site), "three sessions without any current");
            return new BusRig(site);
        } catch (Exception | AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** The first sessions load and compile what all others need, and a slow processor may be too late for them: they are not judged. */
    private static boolean warmedUp(ChargerOnTheBus site) throws Exception {
        boolean charged = false;
        for (int i = 0; i < WARM_UPS && !charged; i++) {
            try {
                site.charge(GUNS.subList(0, 1));
                charged = true;
            } catch (AssertionError slow) {
                System.out.println("warming up: " + slow.getMessage());
            }
            site.recover(GUNS.subList(0, 1));
        }
        return charged;
    }

    @Override
    public DemoCsms csms() {
        return site.csms();
    }

    @Override
    public ChargerProcess charger() {
        return site.charger();
    }

    @Override
    public Duration limit() {
        return ChargerOnTheBus.LIMIT;
    }

    /** Nothing but the number changes in the PLC when it waits for longer. */
    @Override
    public Duration longWait() {
        return Duration.ofSeconds(20);
    }

    @Override
    public long meterStepMilliWh() {
        return METER_STEP_MILLI_WH;
    }

    @Override
    public HilGun gun(int gun) {
        GunTruth truth = site.plc(gun, SimulatedPlc::truth);
        return new HilGun(truth.authorization().name(), truth.gunContactorClosed(),
                (int) truth.modules().stream().filter(GunTruth.ModuleTruth::contactorClosed).count(), truth.voltageV(), truth.currentA(),
                truth.car() != null, truth.car() == null ? 0 : truth.car().takenMilliWh());
    }

    @Override
    public void plug(int gun, HilCar car) {
        PlugIn plugIn = new PlugIn(cars.find(HilCar.MODEL).orElseThrow(), car.socPercent(), car.targetSocPercent(),
                new Identity(car.evMac(), "", ""));
        site.plcDoes(gun, (plc, now) -> plc.plug(plugIn));
    }

    @Override
    public void unplug(int gun) {
        site.plcDoes(gun, (plc, now) -> plc.unplug());
    }

    @Override
    public void swipe(int gun, String idTag) {
        site.plcDoes(gun, (plc, now) -> plc.swipe(HexFormat.of().parseHex(idTag), now));
    }

    @Override
    public void renegotiate(int gun) {
        inject(gun, PlcFault.RENEGOTIATE);
    }

    @Override
    public void breaks(int gun, Trouble trouble) {
        brokenNanos.put(gun, switch (trouble) {
            case LIMITS_NOT_ACKNOWLEDGED -> inject(gun, PlcFault.NO_LIMIT_ACK);
            case EMERGENCY_STOP -> inject(gun, PlcFault.ESTOP);
            case EARTH_FAULT -> inject(gun, PlcFault.EARTH);
            case ISOLATION -> inject(gun, PlcFault.ISOLATION);
            case LINK_LOST -> inject(gun, PlcFault.SILENT);
            case CONNECTOR_TOO_HOT -> inject(gun, PlcFault.OVERHEAT);
            case OVER_CURRENT -> inject(gun, PlcFault.OVERCURRENT);
            case GUN_CONTACTOR_WELDED -> inject(gun, PlcFault.WELD);
            case MODULE_CONTACTOR_WELDED -> inject(gun, PlcFault.MODULE_WELD);
            case METER_SILENT -> site.plcDoes(gun, (plc, now) -> plc.miss("EnergyMeterData"));
        });
    }

    private long inject(int gun, PlcFault fault) {
        return site.plcDoes(gun, (plc, now) -> plc.inject(fault, 0, now));
    }

    @Override
    public void mend(int gun) {
        site.plcDoes(gun, SimulatedPlc::mend);
        Await.until("the handshake of gun " + gun, limit(), () -> site.plc(gun, SimulatedPlc::handshaken));
    }

    /** The contract has no signals for isolation, temperature and over-current: the PLC opens its safety chain. */
    @Override
    public Trouble.Told told(Trouble trouble) {
        return switch (trouble) {
            case ISOLATION, CONNECTOR_TOO_HOT, OVER_CURRENT ->
                new Trouble.Told("OtherError", "SafetyLoop", "EmergencyStop", trouble.told().latched());
            default -> trouble.told();
        };
    }

    /** The driver counts on by the present values of EVDC_Targets. */
    @Override
    public boolean countsWithoutMeter() {
        return true;
    }

    /** What the contract gives from the fault to the command that opens everything, ms. */
    private static int withinMs(Trouble trouble) {
        return switch (trouble) {
            case LIMITS_NOT_ACKNOWLEDGED -> 1500;
            case LINK_LOST -> 300;
            default -> 0;
        };
    }

    @Override
    public void assertOpenedInTime(int gun, Trouble trouble) throws Exception {
        long began = brokenNanos.get(gun);
        Recording since = site.recorder().since(began);
        long off = since.firstOff(gun - 1).orElseThrow(() -> new AssertionError(trouble + ": never told to open"));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(off - began);
        site.measured(trouble + " to the command that opens: " + tookMs + " ms, the contract gives " + withinMs(trouble) + " ms");
        assertTrue(since.onAfterOff(gun - 1).isEmpty(), () -> trouble + ": told to close again by " + since.onAfterOff(gun - 1));
        assertTrue(tookMs <= withinMs(trouble) + ALLOWANCE_MS, trouble + " took " + tookMs + " ms");
    }

    @Override
    public List<String> takeViolations() {
        long judged = judgedNanos;
        judgedNanos = site.nowNanos();
        return GUNS.stream().flatMap(gun -> site.plc(gun, SimulatedPlc::findings).stream().filter(finding -> finding.atNanos() > judged
                && !(ChargerOnTheBus.GUEST && LATE.contains(finding.kind()))).map(finding -> "gun " + gun + ": " + finding)).toList();
    }

    @Override
    public void close() {
        site.close();
    }
}
