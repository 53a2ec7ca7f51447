package dcocpp.hwsim.internal.physics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.hwsim.internal.TestTopology;
import dcocpp.hwsim.internal.cars.CarLibrary;

/** A cabinet with a host that says every 100 ms what the test wants. Each wish is a field; the host decides nothing by itself. */
final class Rig {

    static final long TICK_MS = 100;

    final Cabinet cabinet;
    final Map<Integer, Wish> guns = new TreeMap<>();
    final Map<String, ModuleCommand> modules = new TreeMap<>();
    final Set<String> busContactors = new HashSet<>();
    boolean commanding = true;
    private long number;

    Rig(int slots) {
        try {
            cabinet = new Cabinet(TestTopology.ring(slots), id -> 1_000_000L * id, 1, 0);
        } catch (HardwareException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What the host wants of a gun. */
    static final class Wish {
        Authorization authorization = Authorization.UNKNOWN;
        boolean close;
        boolean lock;
        boolean forceOff;
        long clearFaults;
        double offerVoltageV = 1000;
        double offerCurrentA;
        double offerPowerW = 1_000_000;

        GunCommand command(int connectorId) {
            return new GunCommand(connectorId, authorization, close, lock, forceOff, clearFaults, offerVoltageV, offerCurrentA, offerPowerW,
                    close, Set.of());
        }
    }

    static CarModel car(String id) {
        return CarLibrary.included().find(id).orElseThrow();
    }

    Wish gun(int connectorId) {
        return guns.computeIfAbsent(connectorId, id -> new Wish());
    }

    void module(String id, boolean close, boolean on, double voltageV, double currentA) {
        modules.put(id, new ModuleCommand(id, close, on, voltageV, currentA));
    }

    void run(long millis) {
        for (long t = 0; t < millis; t += Cabinet.STEP_MS) {
            if (commanding && cabinet.nowNanos() / 1_000_000 % TICK_MS == 0) {
                List<GunCommand> commands = new ArrayList<>();
                guns.forEach((id, wish) -> commands.add(wish.command(id)));
                cabinet.command(new HardwareCommand(++number, cabinet.nowNanos(), commands, List.copyOf(modules.values()), busContactors));
            }
            cabinet.step();
        }
    }

    void runUntil(String what, long atMostMillis, BooleanSupplier condition) {
        for (long t = 0; t < atMostMillis; t += Cabinet.STEP_MS) {
            if (condition.getAsBoolean()) {
                return;
            }
            run(Cabinet.STEP_MS);
        }
        throw new AssertionError(what + " not within " + atMostMillis + " ms; gun 1 is " + truth(1));
    }

    GunState state(int connectorId) {
        return cabinet.snapshot().guns().get(connectorId - 1);
    }

    GunTruth truth(int connectorId) {
        return cabinet.truth().get(connectorId - 1);
    }

    ModuleState moduleState(String id) {
        return cabinet.snapshot().modules().stream().filter(module -> module.moduleId().equals(id)).findFirst().orElseThrow();
    }

    ContactorState contactor(String id) {
        return cabinet.snapshot().contactors().stream().filter(contactor -> contactor.contactorId().equals(id)).findFirst().orElseThrow();
    }

    boolean closed(String contactorId) {
        return contactor(contactorId).position() == ContactorState.Position.CLOSED;
    }

    boolean reports(int connectorId, FaultCause cause) {
        return state(connectorId).faults().stream().anyMatch(fault -> fault.cause() == cause);
    }

    void plug(int connectorId, String car, double socPercent) {
        cabinet.plug(connectorId, new PlugIn(car(car), socPercent, 100, Identity.NONE));
    }

    /** Grants and locks, and waits until the car is ready for power. */
    void makeReady(int connectorId) {
        gun(connectorId).authorization = Authorization.GRANTED;
        gun(connectorId).lock = true;
        runUntil("power ready", 20_000, () -> state(connectorId).hlc().powerReady());
    }

    /** The modules of the slot bring the bus to the car's voltage, the contactor closes. */
    void connect(int connectorId) {
        String first = "M" + connectorId + "_0";
        runUntil("bus at the car's voltage", 7000, () -> {
            module(first, true, true, state(connectorId).targetVoltageV(), 0.5);
            module("M" + connectorId + "_1", true, true, state(connectorId).targetVoltageV(), 0.5);
            return Math.abs(moduleState(first).voltageV() - state(connectorId).presentVoltageV()) <= 20;
        });
        gun(connectorId).close = true;
        runUntil("contactor closed", 500, () -> closed("GC_" + connectorId));
    }

    /** Both modules of the home slot at this current in all, following the car's voltage, for so long. */
    void charge(int connectorId, double currentA, long millis) {
        gun(connectorId).offerCurrentA = currentA;
        for (long t = 0; t < millis; t += TICK_MS) {
            double voltageV = state(connectorId).targetVoltageV();
            module("M" + connectorId + "_0", true, true, voltageV, currentA / 2);
            module("M" + connectorId + "_1", true, true, voltageV, currentA / 2);
            run(TICK_MS);
        }
    }

    /** From plug-in to running current. */
    void session(int connectorId, String car, double socPercent, double currentA) {
        plug(connectorId, car, socPercent);
        makeReady(connectorId);
        connect(connectorId);
        charge(connectorId, currentA, 2000);
    }
}
