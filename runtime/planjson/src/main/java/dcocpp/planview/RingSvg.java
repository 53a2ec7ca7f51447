package dcocpp.planview;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;

/**
 * The ring as SVG: a circle of slots, clockwise from the top, with the bus contactors between them. Islands have colours and say in words
 * whose they are; title and description carry the same for screen readers. All text is escaped; no script, no style, no link. Stateless.
 */
public final class RingSvg {

    private static final double SPACING = 74;
    private static final double LEAST_RADIUS = 96;
    private static final double MARGIN = 130;
    private static final double NODE = 24;
    private static final double MODULE = 9;
    private static final double LINE_HEIGHT = 15;
    private static final String INK = "#17212e";
    private static final String SOFT = "#5b6a7c";
    private static final String LINE = "#c3ccd6";
    private static final String RED = "#b3261e";
    private static final List<String> ISLANDS = List.of("#0b57a4", "#0b7a53", "#8a5a00", "#7a3e9d", "#0f7c8a", "#a03a6b");
    private static final List<String> ISLANDS_LIGHT = List.of("#e2eefb", "#e3f5ed", "#fdf1d7", "#f1e6f8", "#def3f6", "#f9e4ee");

    private final StringBuilder svg = new StringBuilder(8192);
    private final List<Cell> ring;
    private final List<Integer> owners;
    private final double radius;
    private final double centre;

    private RingSvg(List<Cell> ring) {
        this.ring = ring;
        owners = new ArrayList<>(new TreeSet<>(ring.stream().map(Cell::islandOf).filter(owner -> owner != 0).toList()));
        radius = Math.max(LEAST_RADIUS, ring.size() * SPACING / (2 * Math.PI));
        centre = radius + MARGIN;
    }

    /** The picture, a whole SVG document. */
    public static String draw(PlanningInput input, Plan plan) {
        return new RingSvg(Cell.of(new Site(input, plan))).document(DispatchSummary.of(input, plan));
    }

    private String document(DispatchSummary summary) {
        String size = number(2 * centre);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(size).append(' ').append(size)
                .append("\" width=\"").append(size).append("\" height=\"").append(size)
                .append("\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n");
        svg.append("<title>The ring of power modules</title>\n<desc>").append(escaped(summary.line())).append("</desc>\n");
        for (int i = 0; i < ring.size(); i++) {
            if (ring.size() > 1) {
                joint(i);
            }
        }
        for (int i = 0; i < ring.size(); i++) {
            slot(i);
        }
        text(centre, centre - 4, "middle", INK, true, Units.kilowatts(summary.totalPowerW()));
        text(centre, centre + 14, "middle", SOFT, false, "of " + Units.kilowatts(summary.gridLimitW()));
        return svg.append("</svg>\n").toString();
    }

    private double angle(double index) {
        return 2 * Math.PI * index / ring.size() - Math.PI / 2;
    }

    private double x(double index, double distance) {
        return centre + distance * Math.cos(angle(index));
    }

    private double y(double index, double distance) {
        return centre + distance * Math.sin(angle(index));
    }

    private void joint(int index) {
        Cell cell = ring.get(index);
        if (cell.joint() == Cell.Joint.NONE) {
            return;
        }
        boolean fault = cell.joint() == Cell.Joint.WELDED || cell.joint() == Cell.Joint.STUCK_OPEN;
        // Two slots are joined by two contactors: one on the right, one on the left.
        String middle = ring.size() == 2 ? number(centre + (index == 0 ? 1 : -1) * radius) + " " + number(centre)
                : point(index + 0.5, radius * 1.02);
        svg.append("<path d=\"M").append(point(index, radius)).append(" Q").append(middle)
                .append(' ').append(point(index + 1.0, radius)).append("\" fill=\"none\" stroke=\"")
                .append(fault ? RED : cell.joint().joins() ? colour(cell.islandOf()).orElse(SOFT) : LINE).append("\" stroke-width=\"")
                .append(cell.joint().joins() ? 7 : 2).append('"').append(cell.joint().joins() ? "" : " stroke-dasharray=\"3 6\"")
                .append("><title>").append(escaped(cell.busContactor() + " " + cell.joint().words())).append("</title></path>\n");
        if (fault) {
            text(x(index + 0.5, radius - 34), y(index + 0.5, radius - 34), "middle", RED, false,
                    cell.busContactor() + " " + cell.joint().words());
        }
    }

    private void slot(int index) {
        Cell cell = ring.get(index);
        double x = x(index, radius);
        double y = y(index, radius);
        String name = "slot " + cell.slotId() + ", " + state(cell);
        svg.append("<g><title>").append(escaped(name)).append("</title><circle cx=\"").append(number(x)).append("\" cy=\"")
                .append(number(y)).append("\" r=\"").append(number(NODE)).append("\" fill=\"")
                .append(colour(ISLANDS_LIGHT, cell.islandOf()).orElse("#ffffff")).append("\" stroke=\"")
                .append(colour(cell.islandOf()).orElse(LINE)).append("\" stroke-width=\"").append(cell.active() ? 4 : 2).append("\"/>\n");
        text(x, y + 1, "middle", INK, cell.active(), String.valueOf(cell.slotId()));
        modules(cell, x, y + 6);
        label(cell, angle(index), x(index, radius + NODE + 12), y(index, radius + NODE + 12));
        svg.append("</g>\n");
    }

    /** Beside the slot, away from the ring: above it at the top, below it at the bottom. */
    private void label(Cell cell, double angle, double x, double y) {
        List<String> lines = cell.active() ? List.of("gun " + cell.connectorId(), Units.kilowatts(cell.powerW())) : List.of(state(cell));
        String anchor = Math.abs(Math.cos(angle)) < 0.3 ? "middle" : Math.cos(angle) > 0 ? "start" : "end";
        double first = y + 4 + LINE_HEIGHT * ((Math.sin(angle) - 1) / 2 * (lines.size() - 1) + Math.sin(angle) / 2);
        for (int i = 0; i < lines.size(); i++) {
            text(x, first + i * LINE_HEIGHT, anchor, cell.active() ? INK : SOFT, cell.active(), lines.get(i));
        }
    }

    private static String state(Cell cell) {
        return cell.active() ? "gun " + cell.connectorId() + ": " + Units.kilowatts(cell.powerW())
                : cell.islandOf() != 0 ? "for gun " + cell.islandOf() : cell.lendable() ? "free" : "not lendable";
    }

    private void modules(Cell cell, double x, double y) {
        double left = x - cell.modules().size() * (MODULE + 2) / 2 + 1;
        for (Cell.Module module : cell.modules()) {
            boolean feeding = module.use() == Cell.Use.FEEDING;
            svg.append("<rect x=\"").append(number(left)).append("\" y=\"").append(number(y)).append("\" width=\"").append(number(MODULE))
                    .append("\" height=\"").append(number(MODULE)).append("\" fill=\"")
                    .append(feeding ? colour(cell.islandOf()).orElse(INK) : "none").append("\" stroke=\"")
                    .append(module.use() == Cell.Use.UNUSABLE ? RED : SOFT).append('"')
                    .append(module.use() == Cell.Use.UNUSABLE ? " stroke-dasharray=\"2 2\"" : "").append("><title>")
                    .append(escaped(module.moduleId() + " " + module.use().words())).append("</title></rect>\n");
            left += MODULE + 2;
        }
    }

    private void text(double x, double y, String anchor, String colour, boolean bold, String text) {
        svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" text-anchor=\"").append(anchor)
                .append("\" fill=\"").append(colour).append('"').append(bold ? " font-weight=\"600\"" : "").append('>')
                .append(escaped(text)).append("</text>\n");
    }

    private Optional<String> colour(int owner) {
        return colour(ISLANDS, owner);
    }

    private Optional<String> colour(List<String> colours, int owner) {
        int index = owners.indexOf(owner);
        return index < 0 ? Optional.empty() : Optional.of(colours.get(index % colours.size()));
    }

    private String point(double index, double distance) {
        return number(x(index, distance)) + " " + number(y(index, distance));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Names come from configurations and foreign bundles. What XML cannot hold at all becomes a question mark. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c >= ' ' && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF || c == '\t' ? c : '?');
            }
        });
        return escaped.toString();
    }
}
