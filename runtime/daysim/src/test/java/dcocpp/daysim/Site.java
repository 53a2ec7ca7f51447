package dcocpp.daysim;

import java.util.List;
import java.util.stream.IntStream;

import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.config.SiteSettings;

/** The site of the simulated days: a ring of twelve slots with a gun and two modules each, not all of one kind. */
final class Site {

    /** Slots and guns. */
    static final int SLOTS = 12;
    /** Modules of a slot. */
    static final int MODULES = 2;
    /** What the grid allows on an ordinary day, W. */
    static final double GRID_W = 500_000;
    /** Most modules a gun gets. */
    static final int MODULES_PER_GUN = 8;
    static final double LARGEST_MODULE_W = 40_000;
    static final double MAX_VOLTAGE_V = 1000;

    private Site() {
    }

    static Topology topology() {
        return new Topology(1, IntStream.rangeClosed(1, SLOTS).mapToObj(Site::connector).toList(),
                IntStream.rangeClosed(1, SLOTS).mapToObj(Site::slot).toList());
    }

    /** Every third cable carries 500 A, the others 200 or 300; two guns have priority. */
    private static ConnectorSettings connector(int id) {
        double cableA = id % 3 == 1 ? 500 : id % 3 == 2 ? 200 : 300;
        return new ConnectorSettings(id, id - 1, "", "", cableA, 0, 150, MAX_VOLTAGE_V, id % 5 == 0 ? 1 : 0, true, 3, MeterSource.PLC, 1, 0,
                30, "", "");
    }

    private static SlotSettings slot(int id) {
        return new SlotSettings(id, id, "GC_" + id, "MC_" + id, clockwise(id), counterClockwise(id), false,
                IntStream.range(0, MODULES).mapToObj(index -> module(id, index)).toList());
    }

    /** Modules of 30 kW; two slots have larger ones, one has smaller ones. */
    private static ModuleSettings module(int slot, int index) {
        double ratedW = slot == 3 || slot == 9 ? LARGEST_MODULE_W : slot == 6 ? 20_000 : 30_000;
        return new ModuleSettings(moduleId(slot, index), "MN_" + slot + "_" + index, "", -1, 0, "", ratedW, 0);
    }

    static String moduleId(int slot, int index) {
        return "M" + slot + "_" + index;
    }

    static int clockwise(int slot) {
        return slot % SLOTS + 1;
    }

    static int counterClockwise(int slot) {
        return slot == 1 ? SLOTS : slot - 1;
    }

    /** All contactors of a slot. */
    static List<String> contactors(int slot) {
        return List.of("GC_" + slot, "MC_" + slot, "MN_" + slot + "_0", "MN_" + slot + "_1");
    }

    /** The slots whose bus a contactor touches. */
    static List<Integer> slotsAt(String contactorId) {
        int slot = Integer.parseInt(contactorId.split("_")[1]);
        return contactorId.startsWith("MC") ? List.of(slot, clockwise(slot)) : List.of(slot);
    }

    /** The settings that charger.json has when nobody changes them, with islands across slots. */
    static SiteSettings.Values settings(double gridLimitW) {
        PlannerSettings planner = new PlannerSettings(true, MODULES_PER_GUN, 1, 6, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
        return new SiteSettings.Values(gridLimitW, 800, 1, 20, 7000, planner, 0);
    }
}
