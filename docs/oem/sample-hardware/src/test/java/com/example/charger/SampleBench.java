package com.example.charger;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.hardwarekit.FakeClockBench;

/** The bench of the contract kit, around the pretended board. With a real board it would switch plugs and measure. */
final class SampleBench extends FakeClockBench {

    private static final ConnectorSettings GUN = new ConnectorSettings(1, 0, "", "can0", 100, 30_000, 200, 1000, 0, true, 3,
            MeterSource.PLC, 1, 0, 30, "", "EVMAC");

    private final PretendBoard board = new PretendBoard(time());
    private final SampleHardware hardware = new SampleHardware(time(), board);

    private static Topology cabinet(int modules) {
        List<ModuleSettings> all = new ArrayList<>();
        for (int i = 0; i < modules; i++) {
            all.add(new ModuleSettings("M1_" + i, "MN_1_" + i, "", -1, 0, "", 30_000, 0));
        }
        return new Topology(1, List.of(GUN), List.of(new SlotSettings(1, 1, "GC_1", "MC_1", 1, 1, true, all)));
    }

    @Override
    public Hardware hardware() {
        return hardware;
    }

    @Override
    public String hardwareName() {
        return SampleHardware.NAME_OF_THIS;
    }

    @Override
    public void listen(HardwareListener listener) {
        hardware.bindListener(listener);
    }

    @Override
    public void ignore(HardwareListener listener) {
        hardware.unbindListener(listener);
    }

    @Override
    public Topology topology() {
        return cabinet(1);
    }

    @Override
    public Map<String, Topology> impossibleTopologies() {
        return Map.of("two modules", cabinet(2), "no slot", new Topology(1, List.of(GUN), List.of()));
    }

    @Override
    public void plug(int connectorId) {
        board.plug(40_000);
    }

    @Override
    public void plugNearlyFull(int connectorId) {
        board.plug(200);
    }

    @Override
    public void unplug(int connectorId) {
        board.unplug();
    }

    @Override
    public void card(int connectorId, String idTag) {
        board.card(idTag);
    }

    @Override
    public Set<FaultCause> causes() {
        return EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.PLC_COMM, FaultCause.CONNECTOR_TEMPERATURE, FaultCause.GC_WELD);
    }

    @Override
    public void raise(int connectorId, FaultCause cause) {
        switch (cause) {
            case EMERGENCY_STOP -> board.pressStop(true);
            case PLC_COMM -> board.cut(true);
            case CONNECTOR_TEMPERATURE -> board.heat(true);
            case GC_WELD -> board.weld(true);
            default -> throw new IllegalArgumentException(cause.toString());
        }
    }

    @Override
    public void mend(int connectorId) {
        board.pressStop(false);
        board.cut(false);
        board.heat(false);
        board.weld(false);
    }

    @Override
    public boolean closed(String contactorId) {
        return switch (contactorId) {
            case "GC_1" -> board.gunClosed();
            case "MN_1_0" -> board.moduleClosed();
            default -> false;
        };
    }

    @Override
    public double currentA(int connectorId) {
        return board.currentA();
    }

    @Override
    public double busVoltageV(int connectorId) {
        return board.busV();
    }

    @Override
    public List<String> complaints() {
        return board.complaints();
    }

    @Override
    public void close() {
        hardware.deactivate();
    }
}
