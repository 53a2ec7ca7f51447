package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.List;

import dcocpp.api.hardware.Fault;
import dcocpp.api.topology.SlotSettings;

/**
 * What each connector shows of contactors and modules that do not obey: those in its slot, the bus contactors beside it, and those in the
 * slots without gun behind it. Belongs to the control thread.
 */
final class ConnectorFaults {

    private final RingLayout layout;
    private final ContactorBook book;
    private final ModuleBank modules;
    private final ModuleHealth health;

    ConnectorFaults(RingLayout layout, ContactorBook book, ModuleBank modules, ModuleHealth health) {
        this.layout = layout;
        this.book = book;
        this.modules = modules;
        this.health = health;
    }

    /**
     * The faults of one connector.
     *
     * @param crossSlotIslands modules of all slots can feed it
     */
    List<Fault> of(int connectorId, boolean crossSlotIslands) {
        int home = layout.home(connectorId);
        List<Fault> faults = book.faults(layout.slot(home), layout.slot(home - 1));
        layout.withoutGun(home).forEach(slot -> faults.addAll(book.faultsWithoutGun(slot)));
        List<SlotSettings> slots = slots(home);
        slots.forEach(slot -> faults.addAll(modules.faults(slot)));
        faults.addAll(health.faults(connectorId, slots, crossSlotIslands ? layout.slots() : List.of(layout.slot(home))));
        return faults;
    }

    /** Names of the contactors that {@link #of} tells of. */
    List<String> contactors(int connectorId) {
        int home = layout.home(connectorId);
        List<String> names = new ArrayList<>(List.of(layout.slot(home).gunContactor(), layout.contactor(home - 1)));
        for (SlotSettings slot : slots(home)) {
            names.add(slot.busContactor());
            slot.modules().forEach(module -> names.add(module.contactor()));
        }
        return names;
    }

    /** The modules that {@link #of} tells of are in order again. */
    void tryModulesAgain(int connectorId) {
        slots(layout.home(connectorId)).forEach(modules::tryAgain);
    }

    /** The slots without gun behind a slot, and that slot itself as the last. */
    private List<SlotSettings> slots(int home) {
        List<SlotSettings> slots = layout.withoutGun(home);
        slots.add(layout.slot(home));
        return slots;
    }
}
