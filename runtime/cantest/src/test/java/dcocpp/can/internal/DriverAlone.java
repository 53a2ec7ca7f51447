package dcocpp.can.internal;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.IntStream;

import org.osgi.framework.BundleContext;

import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.bus.JavacanBus;
import dcocpp.can.internal.driver.DriverEvents;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.can.internal.driver.PlcDriver;
import dcocpp.controller.internal.time.SystemTimeSource;

/** The driver on a bus without a framework and a controller around it. */
public final class DriverAlone {

    private DriverAlone() {
    }

    /** The machine's clocks, as the charger has them. */
    public static TimeSource time() {
        return new SystemTimeSource((BundleContext) Proxy.newProxyInstance(DriverAlone.class.getClassLoader(),
                new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> null));
    }

    /** Open for so many guns, gun n on PLC n − 1, each with the modules {@code Mn_0} and {@code Mn_1}. */
    public static Hardware open(TimeSource time, String interfaceName, int guns) throws HardwareException {
        CanHardware hardware = new CanHardware(settings(), time, JavacanBus::open);
        hardware.open(topology(interfaceName, guns));
        return hardware;
    }

    private static DriverSettings settings() {
        return DriverSettings.of(true, "strict", "1", 9, false, true, false, true, 50);
    }

    private static Topology topology(String interfaceName, int guns) {
        return new Topology(1, IntStream.rangeClosed(1, guns).mapToObj(id -> connector(id, interfaceName)).toList(),
                IntStream.rangeClosed(1, guns).mapToObj(id -> slot(id, guns)).toList());
    }

    /** Without its thread: whoever asks for it calls it. */
    public static PlcDriver driver(int guns) {
        return new PlcDriver(time(), topology("vcan0", guns), settings(), new DriverEvents() {
            @Override
            public void changed() {
                // Nobody listens.
            }

            @Override
            public void tokenRead(TokenRead token) {
                throw new IllegalStateException("nobody shows a card");
            }

            @Override
            public void info(String message) {
                // Nobody reads it.
            }

            @Override
            public void warn(String message) {
                // Nobody reads it.
            }

            @Override
            public void error(String message, Throwable failure) {
                throw new IllegalStateException(message, failure);
            }
        });
    }

    private static ConnectorSettings connector(int id, String interfaceName) {
        return new ConnectorSettings(id, id - 1, "", interfaceName, 200, 60_000, 200, 1000, 0, true, 3, MeterSource.PLC, 1, 0, 30, "",
                "both");
    }

    private static SlotSettings slot(int id, int guns) {
        return new SlotSettings(id, id, "GC_" + id, "MC_" + id, id % guns + 1, id == 1 ? guns : id - 1, false,
                List.of(module(id, 0), module(id, 1)));
    }

    private static ModuleSettings module(int slot, int index) {
        return new ModuleSettings("M" + slot + "_" + index, "MN_" + slot + "_" + index, "", -1, 0, "", 30_000, 0);
    }

    /** Ends it, its threads too. */
    public static void close(Hardware hardware) {
        ((CanHardware) hardware).deactivate();
    }
}
