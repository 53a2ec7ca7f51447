package dcocpp.launcher.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The progress of the charge: a line that renews itself on a terminal, else a line for every five percent. */
final class ProgressText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int STEP_PERCENT = 5;
    private static final int BAR = 20;
    private static final double PERCENT = 100;
    private static final double KILO = 1000;
    private static final double MILLI_WH_PER_KWH = 1e6;

    private final PrintWriter out;
    private final boolean terminal;
    private double nextPercent = Double.NEGATIVE_INFINITY;
    private boolean lineOpen;

    ProgressText(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(Instant at, ChargerView.Connector connector) {
        if (Double.isNaN(connector.socPercent())) {
            return;
        }
        boolean due = connector.socPercent() >= nextPercent;
        if (due) {
            nextPercent = (Math.floor(connector.socPercent() / STEP_PERCENT) + 1) * STEP_PERCENT;
        }
        if (terminal) {
            out.print("\r" + line(at, connector) + "\u001b[K");
            lineOpen = true;
            out.flush();
        } else if (due) {
            out.println(line(at, connector));
            out.flush();
        }
    }

    /** Ends the line that renews itself. */
    void end() {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
    }

    private static String line(Instant at, ChargerView.Connector connector) {
        return String.format(Locale.ROOT, "  %s  %s %5.1f %%  %6.1f kW  %5.1f V  %5.1f A  %7.3f kWh", TIME.format(at),
                bar(connector.socPercent()), connector.socPercent(), connector.powerW() / KILO, connector.voltageV(),
                connector.currentA(), connector.energyMilliWh() / MILLI_WH_PER_KWH);
    }

    /** A state of charge, %, as a bar of twenty characters. */
    static String bar(double percent) {
        int full = (int) Math.round(Math.max(0, Math.min(PERCENT, percent)) / PERCENT * BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }
}
