package dcocpp.planview;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;

/** The ring as text: two columns, clockwise down the left one and up the right one, so that any size fits on a screen. ASCII. Stateless. */
public final class RingText {

    private static final int WIDTH = 38;
    private static final String LEGEND = "module # feeding, o idle, x not usable; bus contactor = closed, : open, W welded, ! does not close";

    private RingText() {
    }

    /** The lines of the picture. */
    public static List<String> lines(PlanningInput input, Plan plan) {
        List<Cell> ring = Cell.of(new Site(input, plan));
        if (ring.isEmpty()) {
            return List.of("a ring without slots");
        }
        int left = (ring.size() + 1) / 2;
        int right = ring.size() - left;
        List<String> lines = new ArrayList<>();
        if (right > 0) {
            lines.add(across(ring.get(ring.size() - 1)));
        }
        for (int row = 0; row < left; row++) {
            Cell cell = ring.get(row);
            Cell opposite = row < right ? ring.get(ring.size() - 1 - row) : null;
            lines.add(pad(slot(cell)) + (opposite == null ? "" : slot(opposite)));
            if (row < left - 1) {
                // On the right the contactor between two rows belongs to the lower slot, whose clockwise neighbour is above it.
                Cell below = row + 1 < right ? ring.get(ring.size() - 2 - row) : null;
                lines.add(pad(contactor(cell)) + (below == null ? row + 1 == right ? contactor(ring.get(left - 1)) : "" : contactor(below)));
            }
        }
        if (right == left) {
            lines.add(across(ring.get(left - 1)));
        }
        lines.add(LEGEND);
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String pad(String text) {
        return String.format(Locale.ROOT, "%-" + WIDTH + "s", text);
    }

    /** The contactor that joins the two columns. */
    private static String across(Cell cell) {
        String name = " " + label(cell) + " ";
        String mark = String.valueOf(mark(cell.joint()));
        int side = Math.max(1, (WIDTH - 4 - name.length()) / 2);
        return "   +" + mark.repeat(side) + name + mark.repeat(Math.max(1, WIDTH - 4 - side - name.length())) + "+";
    }

    private static String slot(Cell cell) {
        String modules = cell.modules().stream().map(module -> switch (module.use()) {
            case FEEDING -> "#";
            case IDLE -> "o";
            case UNUSABLE -> "x";
        }).collect(Collectors.joining());
        String who = cell.active() ? "gun " + cell.connectorId() + " " + Units.kilowatts(cell.powerW())
                : cell.islandOf() != 0 ? "for gun " + cell.islandOf() : cell.lendable() ? "free" : "not lendable";
        return String.format(Locale.ROOT, " [%3d] %-4s %s", cell.slotId(), modules, who);
    }

    private static String contactor(Cell cell) {
        return "   " + mark(cell.joint()) + "   " + label(cell);
    }

    private static String label(Cell cell) {
        return (cell.joint() == Cell.Joint.NONE ? "" : cell.busContactor() + " ") + cell.joint().words();
    }

    private static char mark(Cell.Joint joint) {
        return switch (joint) {
            case CLOSED -> '=';
            case OPEN -> ':';
            case WELDED -> 'W';
            case STUCK_OPEN -> '!';
            case NONE -> ' ';
        };
    }
}
