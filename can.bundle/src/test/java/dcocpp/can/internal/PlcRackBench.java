package dcocpp.can.internal;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.hardwarekit.HardwareBench;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.plcsim.PlcFault;
import dcocpp.plcsim.SimulatedPlc;

/** The driver with its own thread, and simulated PLCs that have a codec of their own, on a bus in memory. */
final class PlcRackBench implements HardwareBench {

    private static final int GUNS = 2;
    private static final Identity IDENTITY = new Identity("001A2B3C4D5E", "", "DE8AA1A2B3C4D59");
    private static final double EMPTY_PERCENT = 20;
    private static final double NEARLY_FULL_WH = 300;
    /** Without a meter the driver counts by voltage and current: no METER_STALE. */
    private static final Map<FaultCause, PlcFault> FAULTS = Map.of(FaultCause.EMERGENCY_STOP, PlcFault.ESTOP,
            FaultCause.EARTH_FAULT, PlcFault.EARTH, FaultCause.SAFETY_SWITCH_1, PlcFault.SWITCH, FaultCause.PLC_COMM, PlcFault.SILENT,
            FaultCause.PLC_CRC, PlcFault.BAD_CRC, FaultCause.GC_WELD, PlcFault.WELD, FaultCause.GC_CLOSE_TIMEOUT, PlcFault.STUCK);

    private final LockstepBus bus = new LockstepBus(GUNS);
    private final CanHardware driver = new CanHardware(DriverSettings.of(true, "strict", "1", 9, false, true, false, true, 50), bus,
            bus::open);
    private final Hardware hardware = new Driven();

    /** The driver, which the clock waits for when it opens and which moves the clock when it ends. */
    private final class Driven implements Hardware {

        @Override
        public void open(Topology topology) throws HardwareException {
            driver.open(topology);
            bus.awaitOpen();
        }

        @Override
        public HardwareCapabilities capabilities() {
            return driver.capabilities();
        }

        @Override
        public HardwareSnapshot snapshot() {
            return driver.snapshot();
        }

        @Override
        public void command(HardwareCommand command) {
            driver.command(command);
        }

        @Override
        public void close() {
            bus.ending(true);
            driver.close();
            bus.ending(false);
        }
    }

    @Override
    public Hardware hardware() {
        return hardware;
    }

    @Override
    public String hardwareName() {
        return Notifier.HARDWARE_NAME;
    }

    @Override
    public TimeSource time() {
        return bus;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = bus.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (bus.nanoTime() - deadline >= 0) {
                return false;
            }
            bus.step();
        }
        return true;
    }

    @Override
    public void listen(HardwareListener listener) {
        driver.bindListener(listener);
    }

    @Override
    public void ignore(HardwareListener listener) {
        driver.unbindListener(listener);
    }

    @Override
    public Topology topology() {
        return Cabinets.guns(GUNS);
    }

    @Override
    public Map<String, Topology> impossibleTopologies() {
        return Map.of("two guns on one PLC", new Topology(1, List.of(Cabinets.connector(1, 4, "can0", MeterSource.PLC),
                Cabinets.connector(2, 4, "can0", MeterSource.PLC)), List.of()), "modules of a bus of their own",
                new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.PLC)),
                        List.of(Cabinets.slot(1, 1, Cabinets.module("M1_0", "MN_1_0", "maxwell-mxr")))));
    }

    private SimulatedPlc plc(int connectorId) {
        return bus.rack().plc(connectorId - 1);
    }

    @Override
    public void plug(int connectorId) {
        plc(connectorId).plug(new PlugIn(car(), EMPTY_PERCENT, 100, IDENTITY));
    }

    @Override
    public void plugNearlyFull(int connectorId) {
        plc(connectorId).plug(new PlugIn(car(), EMPTY_PERCENT, EMPTY_PERCENT + 100 * NEARLY_FULL_WH / car().batteryWh(), IDENTITY));
    }

    private static CarModel car() {
        return CarLibrary.included().first();
    }

    @Override
    public void unplug(int connectorId) {
        plc(connectorId).unplug();
    }

    @Override
    public void card(int connectorId, String idTag) {
        plc(connectorId).swipe(HexFormat.of().parseHex(idTag), bus.nanoTime());
    }

    @Override
    public Map<TokenRead.Source, String> vehicleIdentities() {
        return Map.of(TokenRead.Source.EV_MAC, "VID:" + IDENTITY.macAddress(), TokenRead.Source.EMAID, IDENTITY.emaId());
    }

    @Override
    public Set<FaultCause> causes() {
        return FAULTS.keySet();
    }

    @Override
    public void raise(int connectorId, FaultCause cause) {
        plc(connectorId).inject(FAULTS.get(cause), Double.NaN, bus.nanoTime());
    }

    @Override
    public void mend(int connectorId) {
        plc(connectorId).mend(bus.nanoTime());
    }

    @Override
    public boolean closed(String contactorId) {
        // GC_1, MN_1_0, MN_1_1: the relays of the PLC; nothing here has an MC.
        String[] parts = contactorId.split("_");
        int relay = parts[0].equals("GC") ? 0 : parts[0].equals("MN") ? 1 + Integer.parseInt(parts[2]) : -1;
        return relay >= 0 && (plc(Integer.parseInt(parts[1])).closedRelays() & 1 << relay) != 0;
    }

    @Override
    public double currentA(int connectorId) {
        return truth(connectorId).currentA();
    }

    @Override
    public double busVoltageV(int connectorId) {
        return truth(connectorId).busVoltageV();
    }

    private GunTruth truth(int connectorId) {
        return plc(connectorId).truth();
    }

    @Override
    public List<String> complaints() {
        return bus.rack().plcs().stream().flatMap(plc -> plc.findings().stream()).map(Object::toString).toList();
    }

    @Override
    public long meterStepMilliWh() {
        return 100_000;
    }

    @Override
    public void close() {
        driver.deactivate();
    }
}
