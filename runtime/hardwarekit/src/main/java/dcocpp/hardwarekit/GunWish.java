package dcocpp.hardwarekit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.topology.SlotSettings;

/** What the host of a {@link HardwareRig} wants of a gun and the power modules of its home slot. Each wish is a field. */
final class GunWish {

    /** More than any limit of a cabinet. */
    private static final double NO_LIMIT_W = 1_000_000;
    private static final double NO_LIMIT_V = 1000;

    Authorization authorization = Authorization.UNKNOWN;
    boolean close;
    boolean lock;
    boolean forceOff;
    long clearFaults;
    double offerCurrentA;
    double offerPowerW = NO_LIMIT_W;
    boolean modulesClosed;
    /** Set point of every module, V; 0 = off. */
    double moduleVoltageV;
    /** Set point of all modules together, A. */
    double moduleCurrentA;

    private final int connectorId;
    private final SlotSettings slot;

    GunWish(int connectorId, SlotSettings slot) {
        this.connectorId = connectorId;
        this.slot = slot;
    }

    GunCommand gun() {
        return new GunCommand(connectorId, authorization, close, lock, forceOff, clearFaults, NO_LIMIT_V, offerCurrentA, offerPowerW, close,
                Set.of());
    }

    List<ModuleCommand> modules() {
        List<ModuleCommand> commands = new ArrayList<>();
        int count = slot.modules().size();
        slot.modules().forEach(module -> commands.add(new ModuleCommand(module.id(), modulesClosed, modulesClosed && moduleVoltageV > 0,
                moduleVoltageV, moduleCurrentA / count)));
        return commands;
    }
}
