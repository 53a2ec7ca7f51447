package dcocpp.hwsim.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.hardwarekit.FakeClockBench;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;

/** The simulated cabinet with its cars; the instruments look at the physics. */
final class SimulatedBench extends FakeClockBench {

    private static final Identity IDENTITY = new Identity("001A2B3C4D5E", "", "DE8AA1A2B3C4D59");
    private static final double EMPTY_PERCENT = 20;
    private static final double NEARLY_FULL_WH = 300;

    private final SimulatedHardware hardware = new SimulatedHardware(time());
    private final Hardware tested;
    private final Topology topology = TestTopology.ring(3);
    /** That of the last time in service. It moves on this thread only, with the clock: whoever looks between two steps need not ask. */
    private Cabinet cabinet;

    SimulatedBench() {
        this(UnaryOperator.identity());
    }

    /** With something between the hardware and who tests it. */
    SimulatedBench(UnaryOperator<Hardware> between) {
        tested = new HardwareBetween(between.apply(hardware)) {
            @Override
            public void open(Topology wanted) throws HardwareException {
                super.open(wanted);
                cabinet = call(Function.identity());
            }
        };
    }

    @Override
    public Hardware hardware() {
        return tested;
    }

    @Override
    public String hardwareName() {
        return SimulatedHardware.HARDWARE_NAME;
    }

    @Override
    public void listen(HardwareListener listener) {
        hardware.addListener(listener);
    }

    @Override
    public void ignore(HardwareListener listener) {
        hardware.removeListener(listener);
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public Map<String, Topology> impossibleTopologies() {
        SlotSettings astray = TestTopology.slot(1, 7, 7);
        return Map.of("a neighbour that does not exist", new Topology(1, List.of(TestTopology.connector(1)), List.of(astray)),
                "a gun without a slot", new Topology(1, List.of(TestTopology.connector(1), TestTopology.connector(9)),
                        TestTopology.ring(1).slots()));
    }

    @Override
    public void plug(int connectorId) {
        plug(connectorId, 100);
    }

    @Override
    public void plugNearlyFull(int connectorId) {
        plug(connectorId, EMPTY_PERCENT + 100 * NEARLY_FULL_WH / car().batteryWh());
    }

    private void plug(int connectorId, double targetPercent) {
        happen(world -> world.plug(connectorId, new PlugIn(car(), EMPTY_PERCENT, targetPercent, IDENTITY)));
    }

    private static CarModel car() {
        return CarLibrary.included().first();
    }

    @Override
    public void unplug(int connectorId) {
        happen(world -> world.unplug(connectorId));
    }

    @Override
    public void card(int connectorId, String idTag) {
        happen(world -> world.swipe(connectorId, idTag));
    }

    @Override
    public Map<TokenRead.Source, String> vehicleIdentities() {
        return Map.of(TokenRead.Source.EV_MAC, "VID:" + IDENTITY.macAddress(), TokenRead.Source.EMAID, IDENTITY.emaId());
    }

    @Override
    public Set<FaultCause> causes() {
        Set<FaultCause> causes = EnumSet.copyOf(Cabinet.injectableCauses());
        // Nothing that hardware reports: the controller finds it out.
        causes.removeAll(EnumSet.of(FaultCause.GC_OPEN_TIMEOUT, FaultCause.TELEMETRY, FaultCause.TELEMETRY_MISMATCH,
                FaultCause.MC_OPEN_TIMEOUT, FaultCause.ISLAND_SLOT_FAULT, FaultCause.LOCAL_FAULT));
        return causes;
    }

    @Override
    public void raise(int connectorId, FaultCause cause) {
        happen(world -> world.fault(connectorId, cause, Double.NaN, ""));
    }

    @Override
    public void mend(int connectorId) {
        happen(world -> world.clear(connectorId, Optional.empty()));
    }

    @Override
    public boolean closed(String contactorId) {
        for (GunTruth gun : cabinet.truth()) {
            SlotSettings slot = topology.slot(gun.slotId()).orElseThrow();
            if (contactorId.equals(slot.gunContactor()) && gun.gunContactorClosed()
                    || contactorId.equals(slot.busContactor()) && gun.busContactorClosed()) {
                return true;
            }
            for (int i = 0; i < slot.modules().size(); i++) {
                ModuleSettings module = slot.modules().get(i);
                if (contactorId.equals(module.contactor()) && gun.modules().get(i).contactorClosed()) {
                    return true;
                }
            }
        }
        return false;
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
        return cabinet.truth().stream().filter(gun -> gun.connectorId() == connectorId).findFirst().orElseThrow();
    }

    @Override
    public List<String> complaints() {
        return cabinet.violations().stream().map(Object::toString).toList();
    }

    @Override
    public void close() {
        hardware.deactivate();
    }

    private void happen(Consumer<Cabinet> event) {
        call(world -> {
            event.accept(world);
            return true;
        });
    }

    /** The physics run on this thread while the clock moves, so somebody else has to ask for the event. */
    private <T> T call(Function<Cabinet, T> event) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(() -> hardware.call(event));
        while (!answer.isDone()) {
            time().runDue();
        }
        return answer.join();
    }
}
