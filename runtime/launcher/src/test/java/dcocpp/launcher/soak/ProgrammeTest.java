package dcocpp.launcher.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProgrammeTest {

    private final List<String> done = new ArrayList<>();
    private final List<SoakRecord.Event> told = new ArrayList<>();
    private boolean over = true;

    private Supplier<Disturbance> disturbance(String kind) {
        return () -> new Disturbance(kind, "for a test", 5, () -> done.add(kind), () -> done.add("/" + kind), () -> over);
    }

    private static Supplier<Disturbance> failing() {
        return () -> new Disturbance("bad", "for a test", 0, () -> {
            throw new LaunchException(ExitCode.FAILED, "no way");
        }, () -> { }, () -> true);
    }

    private static void run(Programme programme, double from, double to) throws LaunchException {
        for (double now = from; now < to; now += 0.5) {
            programme.look(now);
        }
    }

    @Test
    void inFiveMinutesEverythingHappensAndIsOverBeforeTheEnd() throws Exception {
        Programme programme = new Programme(300, List.of(disturbance("a"), disturbance("b"), disturbance("c")),
                List.of(disturbance("once"), disturbance("last")), told::add);
        run(programme, 0, 300);
        assertTrue(programme.quiet());
        List<String> kinds = told.stream().map(SoakRecord.Event::kind).toList();
        assertEquals(List.of("a", "b", "c", "once", "a", "b", "c", "a", "last", "b", "c", "a"), kinds);
        assertTrue(told.stream().allMatch(event -> event.tookSeconds() >= 5 && event.tookSeconds() < 7), told::toString);
        assertEquals(List.of("a", "/a", "b", "/b"), done.subList(0, 4));
    }

    @Test
    void inADayItIsNotMoreOftenThanEveryFiveMinutes() throws Exception {
        Programme programme = new Programme(86_400, List.of(disturbance("a")), List.of(), told::add);
        run(programme, 0, 86_400);
        assertEquals(288, told.size(), 1);
    }

    @Test
    void anEffectThatDoesNotEndIsToldAsSuch() throws Exception {
        over = false;
        Programme programme = new Programme(40, List.of(disturbance("a")), List.of(), told::add);
        run(programme, 0, 200);
        assertFalse(programme.quiet());
        run(programme, 200, 300);
        assertTrue(programme.quiet());
        assertFalse(told.get(0).over());
    }

    @Test
    void oneThatCannotBeDoneIsToldAndTheNextComes() throws Exception {
        Programme programme = new Programme(300, List.of(failing(), disturbance("a")), List.of(), told::add);
        run(programme, 0, 70);
        assertEquals(List.of("bad", "a"), told.stream().map(SoakRecord.Event::kind).toList());
        assertTrue(told.get(0).detail().endsWith("no way") && !told.get(0).over());
    }

    @Test
    void aChargerThatDoesNotAnswerIsNotPassedOverAndWhatMayHaveBegunIsEnded() throws Exception {
        boolean[] answers = {false};
        Programme programme = new Programme(300, List.of(() -> new Disturbance("fault", "for a test", 5, () -> answer(answers[0]), () -> {
            answer(answers[0]);
            done.add("/fault");
        }, () -> true)), List.of(), told::add);
        run(programme, 0, 30);
        assertThrows(LaunchException.class, () -> programme.look(30), "at the beginning");
        assertThrows(LaunchException.class, () -> programme.look(35), "at the end");
        answers[0] = true;
        programme.look(36);
        programme.look(37);
        assertEquals(List.of("/fault"), done);
        assertTrue(told.get(0).over());
    }

    private static void answer(boolean answers) throws LaunchException {
        if (!answers) {
            throw new LaunchException(ExitCode.NOT_RUNNING, "no answer");
        }
    }
}
