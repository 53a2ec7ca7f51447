package dcocpp.hwsim.internal.physics;

import java.util.List;

import dcocpp.api.hardware.FaultCause;

/** Turns an injected fault into what it does to the contactors and modules of a slot. What it does to the gun, the gun knows. */
final class Faulty {

    private static final double TOO_HOT_C = 95;
    private static final double EARTHED_KOHM = 0;

    private Faulty() {
    }

    static void inject(Slot slot, FaultCause cause, double value, String moduleId) {
        if (!FaultBoard.canInject(cause)) {
            throw new SimulationException(SimulationException.Kind.INVALID, cause + " is nothing that hardware has",
                    "one of " + FaultBoard.injectableCauses());
        }
        if ((cause == FaultCause.MC_WELD || cause == FaultCause.MC_OPEN_TIMEOUT) && slot.busContactor() == null) {
            throw new SimulationException(SimulationException.Kind.CONFLICT, "slot " + slot.settings().id() + " has no bus contactor",
                    "choose a connector whose slot is joined to the next");
        }
        if (!moduleId.isEmpty() && slot.modules().stream().noneMatch(module -> module.id().equals(moduleId))) {
            List<String> known = slot.modules().stream().map(PowerModule::id).toList();
            throw new SimulationException(SimulationException.Kind.INVALID, "slot " + slot.settings().id() + " has no module " + moduleId,
                    "one of " + known);
        }
        slot.gun().faults().inject(new FaultBoard.Injection(cause, Double.isNaN(value) ? usual(cause) : value, moduleId));
        apply(slot);
    }

    private static double usual(FaultCause cause) {
        return cause == FaultCause.ISOLATION ? EARTHED_KOHM : TOO_HOT_C;
    }

    static void apply(Slot slot) {
        FaultBoard faults = slot.gun().faults();
        if (slot.busContactor() != null) {
            slot.busContactor().weld(faults.present(FaultCause.MC_WELD));
            slot.busContactor().cutOff(faults.present(FaultCause.MC_OPEN_TIMEOUT));
        }
        for (PowerModule module : slot.modules()) {
            module.contactor().weld(concerns(slot, module, FaultCause.MN_WELD));
            module.contactor().cutOff(concerns(slot, module, FaultCause.ISLAND_SLOT_FAULT));
            module.fail(faults.present(FaultCause.NO_MODULES) || concerns(slot, module, FaultCause.MODULE_DEGRADED));
            module.powerless(faults.present(FaultCause.PRECHARGE_TIMEOUT));
            module.stayUp(faults.present(FaultCause.GC_OPEN_TIMEOUT));
            module.forceTemperature(concerns(slot, module, FaultCause.MODULE_TEMPERATURE)
                    ? faults.injection(FaultCause.MODULE_TEMPERATURE).value() : Double.NaN);
        }
    }

    private static boolean concerns(Slot slot, PowerModule module, FaultCause cause) {
        FaultBoard.Injection injection = slot.gun().faults().injection(cause);
        if (injection == null) {
            return false;
        }
        String concerned = injection.moduleId().isEmpty() ? slot.modules().get(0).id() : injection.moduleId();
        return module.id().equals(concerned);
    }
}
