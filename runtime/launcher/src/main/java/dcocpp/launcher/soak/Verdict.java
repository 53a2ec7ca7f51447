package dcocpp.launcher.soak;

import dcocpp.launcher.soak.SoakRecord.Event;
import dcocpp.launcher.soak.SoakRecord.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The questions of the soak plan and their answers, out of the record alone: docs/soak_test_plan.md has them in words. What grows is
 * {@link Growth}'s.
 *
 * @param criteria the questions, in the order of the plan
 */
record Verdict(List<Criterion> criteria) {

    /** A fault that stays longer than this, although what caused it is gone and an operator has cleared it, persists, s. */
    static final double PERSISTS_SECONDS = 120;

    private static final double MOST_OVERRUNS_PERCENT = 1;
    private static final double MILLI = 1000;

    Verdict {
        criteria = List.copyOf(criteria);
    }

    static Verdict of(SoakRecord record) {
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(whole(record));
        criteria.add(traffic(record));
        criteria.addAll(Growth.of(record));
        criteria.add(monotonic(record));
        criteria.add(complete(record));
        criteria.add(sameEnergy(record));
        criteria.add(faults(record));
        criteria.add(disturbances(record));
        criteria.add(judge(record));
        criteria.add(log(record));
        criteria.add(pace(record));
        criteria.add(stopped(record));
        return new Verdict(criteria);
    }

    /** No question was answered with no. */
    boolean passed() {
        return criteria.stream().noneMatch(criterion -> criterion.outcome() == Criterion.Outcome.FAILED);
    }

    private static Criterion whole(SoakRecord record) {
        String what = "The whole time";
        String wanted = String.format(Locale.ROOT, "%.0f s, without a failure of the run", record.run().seconds());
        if (record.end().isEmpty()) {
            return Criterion.of(what, wanted, "the record has no end: the run was killed, or goes on", false);
        }
        SoakRecord.End end = record.end().get();
        if (!end.trouble().isEmpty()) {
            return Criterion.of(what, wanted, String.format(Locale.ROOT, "failed after %.0f s: %s", end.atSeconds(), end.trouble()), false);
        }
        String found = String.format(Locale.ROOT, "%.0f s", end.trafficSeconds());
        return end.early() ? Criterion.notJudged(what, wanted, "ended early after " + found) : Criterion.of(what, wanted, found, true);
    }

    private static Criterion traffic(SoakRecord record) {
        String what = "Traffic";
        String wanted = "a transaction at every gun, no driver sent away";
        int guns = record.samples().stream().mapToInt(sample -> sample.statuses().size()).max().orElse(0);
        long used = record.transactions().stream().map(Transaction::connectorId).distinct().count();
        long sentAway = record.end().map(SoakRecord.End::sentAway).orElse(0L);
        String found = record.transactions().size() + " transactions at " + used + " of " + guns + " guns, " + sentAway + " sent away";
        boolean early = record.end().map(SoakRecord.End::early).orElse(false);
        return record.run().observed() || early || !simulated(record) ? Criterion.notJudged(what, wanted, found)
                : Criterion.of(what, wanted, found, guns > 0 && used == guns && sentAway == 0);
    }

    private static Criterion monotonic(SoakRecord record) {
        long back = 0;
        List<Sample> samples = record.samples();
        for (int i = 1; i < samples.size(); i++) {
            List<Long> before = samples.get(i - 1).registersMilliWh();
            List<Long> after = samples.get(i).registersMilliWh();
            for (int gun = 0; gun < Math.min(before.size(), after.size()); gun++) {
                back += after.get(gun) < before.get(gun) ? 1 : 0;
            }
        }
        double given = samples.isEmpty() ? 0 : (registers(samples.get(samples.size() - 1)) - registers(samples.get(0))) / 1e6;
        return Criterion.of("Registers", "never run backwards, at no gun",
                back + " steps back in " + samples.size() + " samples; " + String.format(Locale.ROOT, "%.3f kWh given", given),
                back == 0 && !samples.isEmpty());
    }

    static long registers(Sample sample) {
        return sample.registersMilliWh().stream().mapToLong(Long::longValue).sum();
    }

    private static Criterion complete(SoakRecord record) {
        String what = "Transactions";
        List<Transaction> all = record.transactions();
        long open = all.stream().filter(transaction -> transaction.startMilliWh() != Transaction.NONE
                && transaction.stopMilliWh() == Transaction.NONE).count();
        if (!record.end().map(SoakRecord.End::withCsms).orElse(false)) {
            return Criterion.notJudged(what, "as many as the back office has", all.size() + " in the journal, " + open
                    + " of them run; compare with the back office");
        }
        long lost = all.stream().filter(transaction -> transaction.startMessages() == 0 || transaction.stopMessages() == 0).count();
        long invented = all.stream().filter(transaction -> transaction.startMilliWh() == Transaction.NONE).count();
        long repeated = all.stream().mapToLong(transaction -> Math.max(0, transaction.startMessages() - 1)
                + Math.max(0, transaction.stopMessages() - 1)).sum();
        int stray = record.end().get().strayStops();
        return Criterion.of(what, "each ended, none lost, none doubled", all.size() + " in all, " + open + " not ended, " + lost
                + " not told to the end, " + invented + " the journal does not know, " + stray + " stops that fit none; " + repeated
                + " messages sent again", open + lost + invented + stray == 0 && !all.isEmpty());
    }

    private static Criterion sameEnergy(SoakRecord record) {
        String what = "Energy";
        String wanted = "journal = CSMS to the Wh, at each start and stop";
        double journalWh = record.transactions().stream().filter(transaction -> transaction.stopMilliWh() != Transaction.NONE)
                .mapToLong(transaction -> transaction.stopMilliWh() - transaction.startMilliWh()).sum() / MILLI;
        if (!record.end().map(SoakRecord.End::withCsms).orElse(false)) {
            return Criterion.notJudged(what, wanted, String.format(Locale.ROOT, "%.3f Wh in the journal; compare with the back office",
                    journalWh));
        }
        long csmsWh = record.transactions().stream().filter(transaction -> transaction.csmsStopWh() != Transaction.NONE)
                .mapToLong(transaction -> transaction.csmsStopWh() - transaction.csmsStartWh()).sum();
        long different = record.transactions().stream().filter(transaction -> !same(transaction.startMilliWh(), transaction.csmsStartWh())
                || !same(transaction.stopMilliWh(), transaction.csmsStopWh())).count();
        return Criterion.of(what, wanted, String.format(Locale.ROOT, "%d of %d differ; %.3f Wh in the journal, %d Wh at the CSMS, which gets "
                + "whole Wh", different, record.transactions().size(), journalWh, csmsWh), different == 0 && !record.transactions().isEmpty());
    }

    private static boolean same(long milliWh, long wh) {
        return (milliWh == Transaction.NONE ? Transaction.NONE : Math.floorDiv(milliWh, (long) MILLI)) == wh;
    }

    private static Criterion faults(SoakRecord record) {
        FaultSpans spans = FaultSpans.of(record.samples());
        String longest = spans.longest().map(span -> String.format(Locale.ROOT, "; the longest: %s for %.0f s from %.0f s on", span.fault(),
                span.seconds(), span.fromSeconds())).orElse("");
        return Criterion.of("Faults", String.format(Locale.ROOT, "none longer than %.0f s, none at the end", PERSISTS_SECONDS),
                spans.count() + " seen, " + spans.atTheEnd().size() + " at the end" + longest, spans.atTheEnd().isEmpty()
                        && spans.longest().map(FaultSpans.Span::seconds).orElse(0.0) <= PERSISTS_SECONDS);
    }

    private static Criterion disturbances(SoakRecord record) {
        List<Event> left = record.events().stream().filter(event -> !event.over()).toList();
        String found = record.events().size() - left.size() + " of " + record.events().size() + " were over in time"
                + (left.isEmpty() ? "" : "; not: " + left.get(0).kind() + " (" + left.get(0).detail() + ")");
        return record.run().observed() ? Criterion.notJudged("Disturbances", "their effects end", "people made them")
                : Criterion.of("Disturbances", "their effects end", found, left.isEmpty());
    }

    private static Criterion judge(SoakRecord record) {
        String what = "The judge of the simulated cabinet";
        List<Double> seen = values(record, Figure.VIOLATIONS);
        return seen.isEmpty() ? Criterion.notJudged(what, "no violation", "no simulated cabinet")
                : Criterion.of(what, "no violation", String.format(Locale.ROOT, "%.0f", seen.get(seen.size() - 1)),
                        seen.get(seen.size() - 1) == 0);
    }

    /** Who watches real hardware has a reason for an error in the record, or has none. */
    private static Criterion log(SoakRecord record) {
        List<SoakRecord.Complaint> errors = record.complaints();
        String found = errors.size() + " errors" + (errors.isEmpty() ? "" : ", the first: " + errors.get(0).line());
        return record.run().observed() && !errors.isEmpty() ? Criterion.notJudged("Log", "no error without a reason", found)
                : Criterion.of("Log", "no error", found, errors.isEmpty());
    }

    private static Criterion pace(SoakRecord record) {
        String what = "Control thread";
        String wanted = String.format(Locale.ROOT, "at most %.0f %% of its rounds longer than its period of 100 ms", MOST_OVERRUNS_PERCENT);
        List<Double> ticks = values(record, Figure.TICKS);
        List<Double> overruns = values(record, Figure.OVERRUNS);
        List<Double> longest = values(record, Figure.LONGEST_TICK_MS);
        if (ticks.isEmpty() || overruns.isEmpty() || longest.isEmpty()) {
            return Criterion.notJudged(what, wanted, "not told");
        }
        double rounds = ticks.get(ticks.size() - 1) - ticks.get(0);
        double late = overruns.get(overruns.size() - 1) - overruns.get(0);
        String found = String.format(Locale.ROOT, "%.0f of %.0f; the longest since its start %.0f ms", late, rounds,
                longest.get(longest.size() - 1));
        return simulated(record) ? Criterion.notJudged(what, wanted, found + "; a simulation says more of its machine than of the charger")
                : Criterion.of(what, wanted, found, rounds > 0 && 100 * late <= MOST_OVERRUNS_PERCENT * rounds);
    }

    private static Criterion stopped(SoakRecord record) {
        String what = "Stop";
        String wanted = "in good order";
        return record.run().observed() || record.end().isEmpty() ? Criterion.notJudged(what, wanted, "it was not stopped")
                : Criterion.of(what, wanted, record.end().get().lastWord(), record.end().get().lastWord().equals("stopped"));
    }

    private static boolean simulated(SoakRecord record) {
        return record.run().hardware().equals("sim");
    }

    private static List<Double> values(SoakRecord record, Figure figure) {
        return record.samples().stream().filter(sample -> sample.figure(figure).isPresent())
                .map(sample -> sample.figure(figure).getAsDouble()).toList();
    }
}
