package dcocpp.planview;

import java.util.List;

import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.SlotInput;

/**
 * A slot as it is drawn, and what joins it to its clockwise neighbour.
 *
 * @param slotId the slot
 * @param connectorId its gun; 0 = none
 * @param active its gun takes energy
 * @param islandOf the gun whose island it belongs to; 0 = none
 * @param lendable its modules may feed another gun
 * @param powerW what its gun gets, W
 * @param modules its modules
 * @param busContactor name of the contactor to the clockwise neighbour
 * @param joint how that contactor shall be
 */
record Cell(int slotId, int connectorId, boolean active, int islandOf, boolean lendable, double powerW, List<Module> modules,
        String busContactor, Joint joint) {

    /**
     * A module.
     *
     * @param moduleId its id
     * @param use what it is used for
     */
    record Module(String moduleId, Use use) {
    }

    /** What a module is used for. */
    enum Use {
        FEEDING("feeding"), IDLE("idle"), UNUSABLE("not usable");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How two neighbours are joined. */
    enum Joint {
        CLOSED("closed"), OPEN("open"), WELDED("welded"), STUCK_OPEN("does not close"), NONE("the ring is open");

        private final String words;

        Joint(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** The two buses are one. */
        boolean joins() {
            return this == CLOSED || this == WELDED;
        }
    }

    /** The ring, clockwise. */
    static List<Cell> of(Site site) {
        return site.clockwise().stream().map(slot -> of(site, slot)).toList();
    }

    private static Cell of(Site site, SlotInput slot) {
        boolean active = site.active(slot.connectorId());
        return new Cell(slot.slotId(), slot.connectorId(), active, site.islandOf(slot.slotId()), slot.lendable(),
                active ? site.plan().island(slot.connectorId()).map(island -> island.powerW()).orElse(0.0) : 0,
                slot.modules().stream().map(module -> new Module(module.moduleId(), use(site, module))).toList(), slot.busContactor(),
                joint(site, slot));
    }

    private static Use use(Site site, ModuleInput module) {
        return site.feeds(module) ? Use.FEEDING : site.usable(module) ? Use.IDLE : Use.UNUSABLE;
    }

    private static Joint joint(Site site, SlotInput slot) {
        if (site.neighbour(slot, true).isEmpty()) {
            return Joint.NONE;
        }
        if (site.welded(slot.busContactor())) {
            return Joint.WELDED;
        }
        if (site.stuckOpen(slot.busContactor())) {
            return Joint.STUCK_OPEN;
        }
        return site.plan().closedBusContactors().contains(slot.busContactor()) ? Joint.CLOSED : Joint.OPEN;
    }
}
