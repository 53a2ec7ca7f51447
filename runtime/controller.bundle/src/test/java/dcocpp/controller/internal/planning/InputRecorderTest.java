package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.controller.internal.config.Configs;
import dcocpp.controller.internal.time.SystemTimeSource;
import dcocpp.planjson.PlanningJson;
import dcocpp.testkit.FakeTimeSource;

class InputRecorderTest {

    private static final long MUCH = 1_000_000;

    @TempDir
    private Path data;
    private final FakeTimeSource time = new FakeTimeSource();
    private final List<String> trouble = new ArrayList<>();
    private long freeBytes = Long.MAX_VALUE;

    private Path folder() {
        return data.resolve("log/planner");
    }

    private InputRecorder recorder() {
        return new InputRecorder(time, folder(), new RecordingFiles(folder(), time, at -> freeBytes, trouble::add));
    }

    private static PlanningInput input(int number) {
        PlannerSettings settings = new PlannerSettings(true, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, false);
        return new PlanningInput(number, settings, Double.POSITIVE_INFINITY, List.of(), List.of(), List.of(), Plan.EMPTY);
    }

    private void record(InputRecorder recorder, int from, int to, long maxBytes) {
        for (int number = from; number < to; number++) {
            recorder.offer(input(number), maxBytes);
            time.runDue();
        }
    }

    private List<String> lines(String file) throws Exception {
        return Files.exists(folder().resolve(file)) ? Files.readAllLines(folder().resolve(file)) : List.of();
    }

    /** Which inputs are recorded, the oldest first; fails when a line is not whole. */
    private List<Long> numbers() throws Exception {
        List<String> all = new ArrayList<>(lines(RecordingFiles.OLD_FILE));
        all.addAll(lines(RecordingFiles.FILE));
        List<Long> numbers = new ArrayList<>();
        for (String line : all) {
            numbers.add(PlanningJson.readInput(PlanningJson.parse(line)).nowNanos());
        }
        return numbers;
    }

    @Test
    void whileItIsOffNothingIsMade() throws Exception {
        InputRecorder recorder = recorder();
        record(recorder, 0, 5, 0);
        assertFalse(Files.exists(folder()));
        recorder.close();
    }

    @Test
    void whatIsRecordedReadsBackToTheInputs() throws Exception {
        InputRecorder recorder = recorder();
        record(recorder, 0, 3, MUCH);
        assertEquals(List.of(PlanningJson.write(input(0)), PlanningJson.write(input(1)), PlanningJson.write(input(2))),
                lines(RecordingFiles.FILE));
        record(recorder, 3, 5, 0);
        record(recorder, 5, 6, MUCH);
        assertEquals(List.of(0L, 1L, 2L, 5L), numbers());
        assertEquals(4, recorder.recorded());
    }

    @Test
    void theSizeStaysWithinItsBoundAndTheNewestInputsStay() throws Exception {
        InputRecorder recorder = recorder();
        long maxBytes = 10_000;
        int count = 200;
        for (int number = 0; number < count; number++) {
            record(recorder, number, number + 1, maxBytes);
            long size = 0;
            for (String file : List.of(RecordingFiles.FILE, RecordingFiles.OLD_FILE)) {
                size += Files.exists(folder().resolve(file)) ? Files.size(folder().resolve(file)) : 0;
            }
            assertTrue(size <= maxBytes, size + " bytes after " + number);
        }
        List<Long> numbers = numbers();
        assertEquals(count - 1L, numbers.get(numbers.size() - 1));
        assertTrue(numbers.size() >= maxBytes / 2 / (PlanningJson.write(input(count)).length() + 1) && numbers.size() < count, numbers.toString());
        for (int i = 1; i < numbers.size(); i++) {
            assertEquals(numbers.get(i - 1) + 1, numbers.get(i));
        }
    }

    @Test
    void aSmallerBoundHoldsForWhatIsThereAlready() throws Exception {
        InputRecorder recorder = recorder();
        record(recorder, 0, 100, MUCH);
        record(recorder, 100, 101, 5_000);
        assertEquals(List.of(100L), numbers());
    }

    @Test
    void aRecordingGoesOnInItsFileAndALineThatWasCutSpoilsNoOther() throws Exception {
        record(recorder(), 0, 2, MUCH);
        Files.writeString(folder().resolve(RecordingFiles.FILE), "{\"nowNa", StandardOpenOption.APPEND);
        record(recorder(), 2, 3, MUCH);
        assertEquals(List.of(PlanningJson.write(input(0)), PlanningJson.write(input(1)), "{\"nowNa", PlanningJson.write(input(2))),
                lines(RecordingFiles.FILE));
    }

    @Test
    void aFileThatWasTakenAwayIsBegunAnew() throws Exception {
        InputRecorder recorder = recorder();
        record(recorder, 0, 2, MUCH);
        Files.delete(folder().resolve(RecordingFiles.FILE));
        record(recorder, 2, 3, MUCH);
        assertEquals(List.of(2L), numbers());
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidOnceAndTriedAgain() throws Exception {
        Files.createDirectories(folder().getParent());
        Files.writeString(folder(), "a file in the way");
        InputRecorder recorder = recorder();
        for (int tick = 0; tick < 1000; tick++) {
            record(recorder, tick, tick + 1, MUCH);
            time.advance(Duration.ofMillis(100));
        }
        assertEquals(1, trouble.size(), trouble.toString());
        assertTrue(trouble.get(0).startsWith("Planner inputs cannot be recorded in " + folder()), trouble.toString());
        Files.delete(folder());
        time.advance(Duration.ofSeconds(30));
        record(recorder, 1000, 1002, MUCH);
        assertEquals(List.of(1000L, 1001L), numbers());
    }

    @Test
    void theLastSpaceOfADiskIsLeftToOthers() throws Exception {
        freeBytes = RecordingFiles.LEAST_FREE_BYTES - 1;
        InputRecorder recorder = recorder();
        record(recorder, 0, 3, MUCH);
        assertEquals(List.of(), numbers());
        assertEquals(1, trouble.size(), trouble.toString());
        freeBytes = RecordingFiles.LEAST_FREE_BYTES;
        time.advance(Duration.ofSeconds(30));
        record(recorder, 3, 4, MUCH);
        assertEquals(List.of(3L), numbers());
    }

    @Test
    void whatHasNoJsonFormIsSaidOnce() throws Exception {
        Map<String, Double> nothing = new HashMap<>();
        nothing.put("timer", null);
        PlanningInput odd = new PlanningInput(0, input(0).settings(), 0, List.of(), List.of(), List.of(),
                new Plan(List.of(), Set.of(), new PlannerMemory("odd", nothing)));
        InputRecorder recorder = recorder();
        for (int i = 0; i < 5; i++) {
            recorder.offer(odd, MUCH);
            time.runDue();
        }
        assertEquals(1, trouble.size(), trouble.toString());
    }

    @Test
    void aDiskThatHangsDelaysNobodyAndInputsAreDroppedAndCounted() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        SystemTimeSource real = new SystemTimeSource(Configs.bundleContext(data));
        InputRecorder recorder = new InputRecorder(real, folder(), new RecordingFiles(folder(), real, at -> {
            entered.countDown();
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Long.MAX_VALUE;
        }, trouble::add));
        recorder.offer(input(0), MUCH);
        assertTrue(entered.await(60, TimeUnit.SECONDS));
        for (int number = 1; number < 100; number++) {
            recorder.offer(input(number), MUCH);
        }
        assertEquals(80, recorder.dropped());
        hangs.countDown();
        recorder.close();
        assertEquals(20, recorder.recorded(), "what waited is written before the end");
        assertEquals(20, numbers().size());
    }
}
