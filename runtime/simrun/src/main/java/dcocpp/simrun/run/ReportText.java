package dcocpp.simrun.run;

import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class ReportText {

    private static final double MILLI_WH_PER_KWH = 1e6;

    private ReportText() {
    }

    /** The lines of a report. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, "%s: %s from %s, seed %d, %d ticks", report.name(), days(report.seconds()), report.start(), report.seed(), report.ticks());
        line(text, "");
        for (Report.Outcome outcome : report.expectations()) {
            line(text, "  %-6s %s%n         seen: %s", outcome.ok() ? "ok" : "FAILED", outcome.what(), outcome.seen());
        }
        lines(text, "wrong in any case", report.findings());
        lines(text, "not done", report.notDone());
        line(text, "");
        line(text, "  gun  transactions        energy  ended by");
        for (Report.Gun gun : report.guns()) {
            line(text, "  %3d  %12d  %8.3f kWh  %s", gun.connectorId(), gun.transactions(), gun.milliWh() / MILLI_WH_PER_KWH,
                    gun.stopReasons().toString().replaceAll("[{}]", ""));
        }
        line(text, "");
        line(text, "  cars: %d came, %d served, %d found no free gun, %d still there", report.visits().came(), report.visits().served(),
                report.visits().turnedAway(), report.visits().there());
        line(text, "  power: %.1f kW at most, %.1f %% of what could have been delivered", report.peakKW(), report.idealSharePercent());
        balance(text, report.balance());
        lines(text, report.violationCount() + " violations seen by the physics", report.violations());
        long failed = report.expectations().stream().filter(outcome -> !outcome.ok()).count();
        line(text, "");
        line(text, report.ok() ? "ok: all %d expectations" : "FAILED: %2$d of %1$d expectations%3$s", report.expectations().size(), failed,
                report.findings().isEmpty() ? "" : ", and what is wrong in any case");
        return text.toString();
    }

    private static void balance(StringBuilder text, Balance balance) {
        if (balance == null) {
            line(text, "  energy: no balance, the charger has no power at the end");
            return;
        }
        line(text, "  energy, mWh:       grid %,15d  of which heat in modules %,d", balance.gridMilliWh(), balance.lostMilliWh());
        line(text, "                  modules %,15d", balance.modulesMilliWh());
        line(text, "                   meters %,15d", balance.metersMilliWh());
        line(text, "                     cars %,15d  of which heat in batteries and cables %,d", balance.carsMilliWh(), balance.heatMilliWh());
        line(text, "             transactions %,15d  outside of them %,d", balance.transactionsMilliWh(), balance.outsideMilliWh());
        line(text, "          ended, journal %,16d", balance.backOfficeEndedMilliWh());
        line(text, "  ended, back office, Wh %,16d", balance.backOfficeWh());
        if (balance.exact()) {
            line(text, "  the balance is exact");
        }
        lines(text, "the balance is NOT exact", balance.differences());
    }

    private static void lines(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            line(text, "  %s:", title);
            lines.forEach(each -> line(text, "    %s", each));
        }
    }

    private static String days(double seconds) {
        return seconds >= 86_400 ? String.format(Locale.ROOT, "%.2f days", seconds / 86_400)
                : String.format(Locale.ROOT, "%.2f hours", seconds / 3600);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
