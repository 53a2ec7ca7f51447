package dcocpp.can.internal.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.Cabinets;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.FrameBits;
import dcocpp.testkit.FakeTimeSource;

/** A driver, a bus without wires, scripted PLCs and a controller that speaks every 100 ms, all on one fake clock. */
final class PlcBench implements Bus, DriverEvents {

    static final DriverSettings SETTINGS = DriverSettings.of(true, "strict", "1", 9, false, true, false, true, 50);
    private static final long STEP = 1_000_000;

    final FakeTimeSource time = new FakeTimeSource();
    final List<ScriptedPlc> plcs = new ArrayList<>();
    final List<TokenRead> tokens = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final PlcDriver driver;
    final Topology topology;
    boolean controllerSpeaks = true;
    boolean queueFull;
    int framesSent;
    long bitsOnTheBus;
    long lostFrames;
    Set<String> busContactors = Set.of();
    int changes;
    private final GunCommand[] guns;
    private final List<ModuleCommand> modules = new ArrayList<>();
    private long commands;
    private long nextCommand;

    PlcBench(int count, DriverSettings settings) {
        this(Cabinets.guns(count), settings);
    }

    PlcBench(Topology topology, DriverSettings settings) {
        this.topology = topology;
        driver = new PlcDriver(time, topology, settings, this);
        guns = new GunCommand[topology.connectors().size()];
        for (int i = 0; i < guns.length; i++) {
            guns[i] = GunCommand.off(topology.connectors().get(i).id());
            plcs.add(new ScriptedPlc(topology.connectors().get(i).plcId(), this::toTheHost));
        }
        driver.busOpened(this);
    }

    private void toTheHost(int rawId, int length, long payload) {
        bitsOnTheBus += FrameBits.stuffed(rawId, length, payload);
        driver.frame(rawId, length, payload);
    }

    static PlcBench oneGun() {
        return new PlcBench(1, SETTINGS);
    }

    /** One gun that is plugged, authorized and charging with its contactor and both modules closed. */
    static PlcBench charging() {
        PlcBench bench = oneGun();
        bench.run(1000);
        bench.charge(1);
        bench.run(1000);
        return bench;
    }

    void charge(int connectorId) {
        ScriptedPlc plc = plcs.get(connectorId - 1);
        plc.cp = 'C';
        plc.locked = true;
        plc.stage = 9;
        plc.hlcFlags = 4;
        plc.presentVoltage = 4000;
        plc.presentCurrent = 1000;
        plc.meterVoltage = 4000;
        plc.meterCurrent = 10_000;
        plc.meterPower = 4000;
        gun(connectorId, Authorization.GRANTED, true);
        modules.add(new ModuleCommand("M" + connectorId + "_0", true, true, 400, 50));
        modules.add(new ModuleCommand("M" + connectorId + "_1", true, true, 400, 50));
    }

    void gun(int connectorId, Authorization authorization, boolean close) {
        guns[connectorId - 1] = new GunCommand(connectorId, authorization, close, true, false, guns[connectorId - 1].clearFaults(), 1000,
                close ? 100 : 0, close ? 40_000 : 0, close, Set.of());
    }

    void set(GunCommand command) {
        guns[command.connectorId() - 1] = command;
    }

    void clearFaults(int connectorId) {
        GunCommand gun = guns[connectorId - 1];
        guns[connectorId - 1] = new GunCommand(connectorId, gun.authorization(), gun.closeContactor(), gun.lock(), gun.forceOff(),
                gun.clearFaults() + 1, gun.offerVoltageV(), gun.offerCurrentA(), gun.offerPowerW(), gun.regulating(),
                gun.reportedFaults());
    }

    void openAll() {
        modules.clear();
        for (int i = 0; i < guns.length; i++) {
            gun(i + 1, guns[i].authorization(), false);
        }
    }

    void run(long millis) {
        long end = time.nanoTime() + millis * STEP;
        while (time.nanoTime() < end) {
            time.advance(Duration.ofNanos(STEP));
            long now = time.nanoTime();
            if (controllerSpeaks && now >= nextCommand) {
                nextCommand = now + 100 * STEP;
                command();
            }
            plcs.forEach(plc -> plc.tick(now));
            work();
        }
    }

    void command() {
        driver.command(new HardwareCommand(++commands, time.nanoTime(), List.of(guns), modules, busContactors));
    }

    void work() {
        try {
            driver.work();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    ScriptedPlc plc() {
        return plcs.get(0);
    }

    GunState gun() {
        return driver.snapshot().guns().get(0);
    }

    ContactorState contactor(String name) {
        return driver.snapshot().contactors().stream().filter(contactor -> contactor.contactorId().equals(name)).findFirst().orElseThrow();
    }

    ModuleState module(int index) {
        return driver.snapshot().modules().get(index);
    }

    BusState bus() {
        return driver.snapshot().buses().get(0);
    }

    boolean has(FaultCause cause) {
        return gun().faults().stream().anyMatch(fault -> fault.cause() == cause);
    }

    String detail(FaultCause cause) {
        return gun().faults().stream().filter(fault -> fault.cause() == cause).map(Fault::detail).findFirst().orElse("no such fault");
    }

    boolean closed() {
        return plc().relays == 7;
    }

    long now() {
        return time.nanoTime();
    }

    // ---- the bus

    @Override
    public void poll(long timeoutNanos, FrameSink sink) {
        throw new UnsupportedOperationException("the bench delivers frames itself");
    }

    @Override
    public boolean send(int id, long payload) {
        if (queueFull) {
            return false;
        }
        framesSent++;
        bitsOnTheBus += FrameBits.stuffed(EXTENDED | id, 8, payload);
        for (ScriptedPlc plc : plcs) {
            if (plc.plcId == (id & 0xF)) {
                plc.take(id, payload, time.nanoTime());
            }
        }
        return true;
    }

    @Override
    public long lostFrames() {
        return lostFrames;
    }

    @Override
    public void wakeup() {
        // Nobody waits.
    }

    @Override
    public void close() {
        // Nothing to release.
    }

    // ---- the events

    @Override
    public void changed() {
        changes++;
    }

    @Override
    public void tokenRead(TokenRead token) {
        tokens.add(token);
    }

    @Override
    public void info(String message) {
        log.add(message);
    }

    @Override
    public void warn(String message) {
        log.add(message);
    }

    @Override
    public void error(String message, Throwable failure) {
        throw new AssertionError(message, failure);
    }
}
