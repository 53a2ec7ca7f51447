package dcocpp.controller.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.config.Configs;
import dcocpp.simrun.charger.ControllerHost;

/** The cabinet with its cars and meters: it stays what it is while the software is killed and started anew. */
public final class ModelCabinet {

    private final IdealHardware hardware;

    public ModelCabinet(TimeSource time) {
        hardware = new IdealHardware(time);
    }

    public void plug(int connectorId) {
        hardware.gun(connectorId).cp = CpState.C;
    }

    public void unplug(int connectorId) {
        hardware.gun(connectorId).cp = CpState.A;
    }

    public boolean plugged(int connectorId) {
        return hardware.gun(connectorId).cp != CpState.A;
    }

    /** The process is dead: the watchdogs of the cabinet make it safe. */
    public void watchdog() {
        hardware.close();
    }

    /** The configuration of a ring of so many guns. */
    public static ControllerHost.Configuration configuration(Path folder, int connectors) {
        return new ControllerHost.Configuration(Configs.chargePoint(folder, Map.of()), Configs.site(Map.of("gridLimitKW", "100")),
                IntStream.rangeClosed(1, connectors).mapToObj(id -> Configs.connector(1, id, Map.of())).toList(),
                List.copyOf(Configs.ring(1, connectors)));
    }

    /** Shares what there is. */
    public static ChargePlanner planner() {
        return new SharingPlanner();
    }

    /** The cabinet as one process drives it: a dead one drives nothing any more. */
    public Hardware drivenBy(BooleanSupplier alive) {
        return new Hardware() {
            @Override
            public void open(Topology topology) {
                hardware.open(topology);
            }

            @Override
            public HardwareCapabilities capabilities() {
                return hardware.capabilities();
            }

            @Override
            public HardwareSnapshot snapshot() {
                return hardware.snapshot();
            }

            @Override
            public void command(HardwareCommand command) {
                if (alive.getAsBoolean()) {
                    hardware.command(command);
                }
            }

            @Override
            public void close() {
                if (alive.getAsBoolean()) {
                    hardware.close();
                }
            }
        };
    }
}
