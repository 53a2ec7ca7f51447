package dcocpp.launcher.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.launcher.soak.Criterion.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class VerdictTest {

    /** What a verdict answers with no. */
    private static List<String> failed(SoakRecord record) {
        Verdict verdict = Verdict.of(record);
        List<String> failed = verdict.criteria().stream().filter(criterion -> criterion.outcome() == Outcome.FAILED).map(Criterion::what)
                .toList();
        assertEquals(failed.isEmpty(), verdict.passed());
        return failed;
    }

    private static List<String> failedWith(Figure figure, DoubleUnaryOperator value) {
        return failed(Records.with(Records.samples(Map.of(figure, value))));
    }

    private static Outcome outcome(SoakRecord record, String what) {
        return Verdict.of(record).criteria().stream().filter(criterion -> criterion.what().equals(what)).findFirst().orElseThrow().outcome();
    }

    @Test
    void anHourInWhichNothingIsWrongPassesAndEveryQuestionIsAnswered() {
        assertEquals(List.of(), failed(Records.good()));
        assertEquals(List.of(), Verdict.of(Records.good()).criteria().stream()
                .filter(criterion -> criterion.outcome() == Outcome.NOT_JUDGED && !criterion.what().equals("Control thread")).toList());
    }

    @Test
    void memoryThatGrowsAfterTheWarmUpFailsAndBeforeItDoesNot() {
        assertEquals(List.of("Memory (RSS)"), failedWith(Figure.RSS_BYTES, at -> 2e8 + at * 5000));
        assertEquals(List.of(), failedWith(Figure.RSS_BYTES, at -> 2e8 + at * 1000));
        assertEquals(List.of(), failedWith(Figure.RSS_BYTES, at -> at < 600 ? 1e8 : 2e8));
        assertEquals(List.of("Live heap after collections"), failedWith(Figure.HEAP_LIVE_BYTES, at -> 4e7 + at * 1000));
        assertEquals(List.of("Metaspace"), failedWith(Figure.METASPACE_BYTES, at -> 4e7 + at * 1000));
    }

    @Test
    void memoryThatHasSpikesDoesNotGrow() {
        assertEquals(List.of(), failedWith(Figure.RSS_BYTES, at -> at > 3300 ? 4e8 : 2e8));
    }

    @Test
    void threadsFilesSocketsAndClassLoadersMustNotGrow() {
        assertEquals(List.of("Threads"), failedWith(Figure.THREADS, at -> 50 + Math.floor(at / 900)));
        assertEquals(List.of("Open files"), failedWith(Figure.OPEN_FILES, at -> 110 + Math.floor(at / 600)));
        assertEquals(List.of("Sockets"), failedWith(Figure.SOCKETS, at -> 4 + Math.floor(at / 700)));
        assertEquals(List.of("Class loaders after collections"), failedWith(Figure.CLASS_LOADERS, at -> 90 + Math.floor(at / 800)));
        assertEquals(List.of(), failedWith(Figure.THREADS, at -> 50 + at / 100 % 2));
        DoubleUnaryOperator more = at -> Math.floor(at / 800);
        assertEquals(List.of(), failed(Records.with(Records.samples(Map.of(Figure.CLASS_LOADERS, more, Figure.ACCESSOR_LOADERS, more)))),
                "those that the JVM makes for reflection");
    }

    @Test
    void ofAShortRunMemoryIsNotJudged() {
        SoakRecord good = Records.good();
        List<Sample> minutes = Records.samples(Map.of(Figure.RSS_BYTES, at -> 2e8 + at * 50_000)).subList(0, 120);
        SoakRecord brief = new SoakRecord(good.run(), minutes, good.events(), good.complaints(), good.transactions(), good.end());
        assertEquals(Outcome.NOT_JUDGED, outcome(brief, "Memory (RSS)"));
        assertEquals(List.of(), failed(brief));
    }

    @Test
    void aRegisterThatRunsBackwardsFails() {
        List<Sample> samples = Records.samples(Map.of());
        Sample sample = samples.get(100);
        samples.set(100, new Sample(sample.atSeconds(), sample.figures(), sample.statuses(), List.of(1L, 10L), List.of()));
        assertEquals(List.of("Registers"), failed(Records.with(samples)));
    }

    @Test
    void aTransactionThatIsLostOrDoubledOrNotEndedFails() {
        SoakRecord.Transaction first = Records.transaction(1, 0, 5000);
        SoakRecord.Transaction second = Records.transaction(2, 0, 5000);
        assertEquals(List.of(), failed(Records.with(first, second)));
        assertEquals(List.of("Transactions", "Energy"), failed(Records.with(first, second, new SoakRecord.Transaction(1, 5000, 9000, "Local", -1,
                -1, 0, 0))));
        assertEquals(List.of("Transactions", "Energy"), failed(Records.with(first, second, new SoakRecord.Transaction(1, -1, -1, "", 5, 9, 1,
                1))));
        assertEquals(List.of("Transactions"), failed(Records.with(first, second, new SoakRecord.Transaction(1, 5000, -1, "", 5, -1, 1, 0))));
        assertEquals(List.of("Transactions"), failed(Records.with(new SoakRecord.End(3600, 3600, false, true, 1, 0, "stopped", ""))));
        assertEquals(List.of(), failed(Records.with(first, second, new SoakRecord.Transaction(1, 5000, 9000, "Local", 5, 9, 3, 2))),
                "messages may come again");
    }

    @Test
    void aWattHourTooMuchFails() {
        assertEquals(List.of("Energy"), failed(Records.with(Records.transaction(2, 0, 1000), new SoakRecord.Transaction(1, 1999, 5999, "Local",
                1, 6, 1, 1))));
    }

    @Test
    void aFaultThatPersistsFailsAndOneThatComesAndGoesDoesNot() {
        assertEquals(List.of(), failed(Records.with(Records.faulty("1:isolation", 100, 110))));
        assertEquals(List.of("Faults"), failed(Records.with(Records.faulty("1:isolation", 100, 120))));
        assertEquals(List.of("Faults"), failed(Records.with(Records.faulty("1:isolation", 360, 361))), "one at the end");
    }

    @Test
    void whatTheJudgeAndTheLogSayCounts() {
        assertEquals(List.of("The judge of the simulated cabinet"), failedWith(Figure.VIOLATIONS, at -> at > 3000 ? 1 : 0));
        assertEquals(List.of("Log"), failed(Records.with(new SoakRecord.Complaint(100, "[main] d.X - broken"))));
    }

    @Test
    void onRealHardwareTheControlThreadMustKeepItsPeriod() {
        assertEquals(List.of("Control thread"), failed(onBus(at -> at / 5)));
        assertEquals(List.of(), failed(onBus(at -> at > 1800 ? 12 : 0)));
        assertEquals(List.of(), failedWith(Figure.OVERRUNS, at -> at / 5), "a simulation shares its machine");
    }

    private static SoakRecord onBus(DoubleUnaryOperator overruns) {
        SoakRecord good = Records.good();
        return new SoakRecord(Records.run("can", false), Records.samples(Map.of(Figure.OVERRUNS, overruns)), good.events(), good.complaints(),
                good.transactions(), good.end());
    }

    @Test
    void aDisturbanceWithoutEndFails() {
        assertEquals(List.of("Disturbances"), failed(Records.with(new SoakRecord.Event(60, "link lost", "", Double.NaN))));
    }

    @Test
    void aGunWithoutATransactionAndADriverSentAwayFail() {
        assertEquals(List.of("Traffic"), failed(Records.with(Records.transaction(1, 0, 5000))));
        assertEquals(List.of("Traffic"), failed(Records.with(new SoakRecord.End(3600, 3600, false, true, 0, 1, "stopped", ""))));
    }

    @Test
    void aRunThatWasKilledOrFailedOrDidNotStopInGoodOrderFails() {
        assertTrue(failed(Records.with((SoakRecord.End) null)).contains("The whole time"));
        assertEquals(List.of("The whole time"), failed(Records.with(new SoakRecord.End(100, 90, false, true, 0, 0, "stopped", "no answer"))));
        assertEquals(List.of("Stop"), failed(Records.with(new SoakRecord.End(3600, 3600, false, true, 0, 0, "charger: did not stop within 10 s", ""))));
    }

    @Test
    void aRunThatWasEndedEarlyIsJudgedByWhatThereIs() {
        SoakRecord early = Records.with(new SoakRecord.End(3000, 2990, true, true, 0, 0, "stopped", ""));
        assertEquals(List.of(), failed(early));
        assertEquals(Outcome.NOT_JUDGED, outcome(early, "The whole time"));
        assertEquals(Outcome.NOT_JUDGED, outcome(early, "Traffic"));
    }

    @Test
    void whatIsWatchedOnlyHasNoCsmsWhoseFiguresAreKnown() {
        SoakRecord good = Records.good();
        SoakRecord watched = new SoakRecord(Records.run(true), good.samples(), List.of(), List.of(),
                List.of(new SoakRecord.Transaction(1, 0, 5000, "Local", -1, -1, 0, 0)),
                Optional.of(new SoakRecord.End(3600, 3600, false, false, 0, 0, "", "")));
        assertEquals(List.of(), failed(watched));
        assertEquals(Outcome.NOT_JUDGED, outcome(watched, "Energy"));
        assertEquals(Outcome.NOT_JUDGED, outcome(watched, "Transactions"));
        assertFalse(failed(Records.with(Records.samples(Map.of(Figure.VIOLATIONS, at -> 1)))).isEmpty());
    }
}
