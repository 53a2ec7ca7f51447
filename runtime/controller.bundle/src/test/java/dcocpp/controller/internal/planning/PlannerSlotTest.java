package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.api.session.PlannerComparison;
import dcocpp.api.session.PlannerSnapshot.Role;
import dcocpp.api.time.TimeSource;
import dcocpp.testkit.FakeTimeSource;

class PlannerSlotTest {

    private static final Plan GREEDY = new Plan(List.of(new Island(9, List.of(9), List.of(), 1, 1, 1, Island.Reason.DEMAND)), Set.of(),
            PlannerMemory.NONE);

    private final FakeTimeSource time = new FakeTimeSource();
    private final List<String> promoted = new ArrayList<>();
    private List<ContactorInput> contactors = List.of();
    private int ids;

    private PlannerSlot slot(String remembered) {
        return new PlannerSlot(time, Runnable::run, remembered, promoted::add);
    }

    private void add(PlannerSlot slot, String version, ChargePlanner planner) {
        slot.add(new PlannerInfo(++ids, "planner", Version.parseVersion(version), "test"), planner);
    }

    private void cycles(PlannerSlot slot, int count, boolean safePoint) {
        List<SlotInput> slots = List.of(new SlotInput(1, 1, "GC_1", "MC_1", 2, true, module(1)),
                new SlotInput(2, 2, "GC_2", "MC_2", 1, true, module(2)));
        for (int i = 0; i < count; i++) {
            slot.cycle(new PlanningInput(time.nanoTime(), new PlannerSettings(true, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, false), 1000, slots,
                    List.of(gun(1), gun(2)), contactors, Plan.EMPTY), safePoint);
            time.advance(Duration.ofMillis(100));
        }
    }

    private static List<ModuleInput> module(int slot) {
        return List.of(new ModuleInput("M" + slot, "MN_" + slot, 500, true, 0, 25));
    }

    private static GunInput gun(int id) {
        return new GunInput(id, true, 500, 500, 10, 100, 1);
    }

    private Role role(PlannerSlot slot, int index) {
        return slot.snapshot().get(index).role();
    }

    /** A new one each time; a lambda that captures nothing would be the same object. */
    private static ChargePlanner good() {
        return new ChargePlanner() {
            @Override
            public Plan plan(PlanningInput input) {
                return new Plan(List.of(), Set.of(), PlannerMemory.NONE);
            }
        };
    }

    @Test
    void theFirstPlannerIsUsedAtOnceAndANewerOneOnlyAfterItsProof() {
        PlannerSlot slot = slot("");
        add(slot, "1.0.0", good());
        assertTrue(slot.served());
        add(slot, "1.1.0", good());
        cycles(slot, 10, true);
        assertEquals(List.of(Role.ACTIVE, Role.CANDIDATE), List.of(role(slot, 0), role(slot, 1)));
        cycles(slot, 15, true);
        assertEquals(List.of(Role.STANDBY, Role.ACTIVE), List.of(role(slot, 0), role(slot, 1)));
        assertEquals(List.of("planner 1.0.0", "planner 1.1.0"), promoted);
    }

    @Test
    void aProvenCandidateWaitsForASafePoint() {
        PlannerSlot slot = slot("");
        add(slot, "1.0.0", good());
        add(slot, "1.1.0", good());
        cycles(slot, 50, false);
        assertEquals(Role.CANDIDATE, role(slot, 1));
        cycles(slot, 1, true);
        assertEquals(Role.ACTIVE, role(slot, 1));
    }

    private static Plan serving(int... guns) {
        return new Plan(Arrays.stream(guns).mapToObj(gun -> new Island(gun, List.of(gun), List.of("M" + gun), 500, 5, 100,
                Island.Reason.DEMAND)).toList(), Set.of(), PlannerMemory.NONE);
    }

    @Test
    void aCandidateIsComparedWithTheActiveOneAndTheComparisonStaysAfterItTookOver() {
        PlannerSlot slot = slot("");
        add(slot, "1.0.0", good());
        add(slot, "1.1.0", good());
        cycles(slot, 10, true);
        assertEquals(Optional.empty(), slot.snapshot().get(0).comparison());
        assertEquals(10, slot.snapshot().get(1).comparison().orElseThrow().cycles());
        cycles(slot, 30, true);
        assertEquals(Role.ACTIVE, role(slot, 1));
        PlannerComparison comparison = slot.snapshot().get(1).comparison().orElseThrow();
        assertEquals("planner 1.0.0", comparison.against());
        assertTrue(comparison.cycles() >= 20 && comparison.cycles() < 30, comparison.toString());
    }

    @Test
    void aCandidateThatServesFewerGunsForAMomentBeginsItsProofAnew() {
        PlannerSlot slot = slot("");
        AtomicInteger asked = new AtomicInteger();
        add(slot, "1.0.0", input -> serving(1, 2));
        add(slot, "1.1.0", input -> asked.incrementAndGet() == 25 ? serving(1) : serving(1, 2));
        cycles(slot, 26, false);
        assertEquals(Role.CANDIDATE, role(slot, 1), "proven, then worse once: not refused for good");
        cycles(slot, 1, true);
        assertEquals(Role.CANDIDATE, role(slot, 1), "its proof has begun anew");
        cycles(slot, 25, true);
        assertEquals(Role.ACTIVE, role(slot, 1));
    }

    @Test
    void aCandidateIsAskedOnlyTogetherWithTheActiveOne() {
        PlannerSlot slot = slot("");
        List<PlanningInput> active = new ArrayList<>();
        List<PlanningInput> candidate = new ArrayList<>();
        add(slot, "1.0.0", input -> {
            active.add(input);
            return serving(1, 2);
        });
        add(slot, "1.1.0", input -> {
            candidate.add(input);
            return serving(1, 2);
        });
        cycles(slot, 10, false);
        assertEquals(active, candidate);
    }

    @Test
    void aCandidateThatServesFewerGunsIsRefused() {
        PlannerSlot slot = slot("");
        add(slot, "1.0.0", input -> serving(1, 2));
        add(slot, "1.1.0", input -> serving(1));
        cycles(slot, 10, true);
        assertEquals(Role.CANDIDATE, role(slot, 1));
        assertEquals("it serves 1 guns where planner 1.0.0 serves 2", slot.snapshot().get(1).reason());
        cycles(slot, 15, true);
        assertEquals(List.of(Role.ACTIVE, Role.REJECTED), List.of(role(slot, 0), role(slot, 1)));
    }

    @Test
    void anOlderOneStandsByAndTakesOverWhenTheActiveOneGoes() {
        PlannerSlot slot = slot("");
        ChargePlanner active = good();
        add(slot, "2.0.0", active);
        add(slot, "1.0.0", good());
        assertEquals(Role.STANDBY, role(slot, 1));
        slot.remove(active);
        assertEquals(Role.ACTIVE, role(slot, 0));
    }

    @Test
    void thePromotedOneIsPreferredWhenThereIsAChoice() {
        PlannerSlot slot = slot("planner 1.0.0");
        ChargePlanner first = good();
        add(slot, "3.0.0", first);
        // Promoting 3.0.0 makes it the remembered one; what was remembered before counts only while nothing is in use.
        assertEquals(List.of("planner 3.0.0"), promoted);
        add(slot, "1.0.0", good());
        add(slot, "2.0.0", good());
        slot.remove(first);
        assertEquals(List.of(Role.STANDBY, Role.ACTIVE), List.of(role(slot, 0), role(slot, 1)));
    }

    @Test
    void oneThatBreaksARuleIsRejectedWithItsReasonWhenAnotherCanTakeOver() {
        PlannerSlot slot = slot("");
        add(slot, "0.9.0", good());

        Plan[] plan = {new Plan(List.of(), Set.of(), PlannerMemory.NONE)};
        add(slot, "1.0.0", input -> plan[0]);
        cycles(slot, 30, true);
        assertEquals(Role.ACTIVE, role(slot, 1));
        plan[0] = GREEDY;
        cycles(slot, 3, true);
        assertEquals(List.of(Role.ACTIVE, Role.REJECTED), List.of(role(slot, 0), role(slot, 1)));
        assertTrue(slot.snapshot().get(1).reason().contains("connector 9"));
    }

    @Test
    void theOnlyOneThatBreaksARuleIsAskedAgainLaterAndItsLastGoodPlanIsKept() {
        PlannerSlot slot = slot("");
        int[] calls = {0};
        Plan[] plan = {new Plan(List.of(), Set.of(), PlannerMemory.NONE)};
        add(slot, "1.0.0", input -> {
            calls[0]++;
            return plan[0];
        });
        cycles(slot, 3, true);
        Plan kept = slot.latest();
        plan[0] = GREEDY;
        calls[0] = 0;
        cycles(slot, 100, true);
        assertEquals(Role.ACTIVE, role(slot, 0));
        assertTrue(calls[0] <= 5, calls[0] + " calls in ten seconds");
        assertSame(kept, slot.latest());
        plan[0] = new Plan(List.of(), Set.of("MC_1"), PlannerMemory.NONE);
        cycles(slot, 200, true);
        assertSame(plan[0], slot.latest());
        assertEquals("", slot.snapshot().get(0).reason());
    }

    @Test
    void aPlannerThatNeverReturnsKeepsOneThreadHoweverOftenItIsAskedAgain() throws Exception {
        List<ExecutorService> agents = new ArrayList<>();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        PlannerSlot slot = new PlannerSlot(new ThreadedTime(time, agents), task -> { }, "", promoted::add);
        add(slot, "1.0.0", input -> {
            entered.countDown();
            awaitUninterruptibly(release);
            return Plan.EMPTY;
        });
        cycles(slot, 1, true);
        entered.await();
        cycles(slot, 2000, true);
        assertEquals(1, agents.size(), "threads after 200 s");
        release.countDown();
        assertTrue(agents.get(0).awaitTermination(60, TimeUnit.SECONDS));
        cycles(slot, 1, true);
        assertEquals(2, agents.size(), "it is asked again once its thread is free");
        slot.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.0", "1.0.0", "0.9.0"})
    void theOnlyPlannerThatHangsMakesWayForWhateverComes(String version) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        BlockingQueue<Runnable> control = new LinkedBlockingQueue<>();
        PlannerSlot slot = new PlannerSlot(new ThreadedTime(time, new ArrayList<>()), control::add, "", promoted::add);
        add(slot, "1.0.0", input -> {
            entered.countDown();
            awaitUninterruptibly(release);
            return Plan.EMPTY;
        });
        cycles(slot, 1, true);
        entered.await();
        cycles(slot, 600, true);
        assertEquals(Role.ACTIVE, role(slot, 0), "better than none: its plan in force is held");

        add(slot, version, good());
        cycles(slot, 1, true);
        assertEquals(List.of(Role.REJECTED, Role.ACTIVE), List.of(role(slot, 0), role(slot, 1)));
        assertEquals("it does not return", slot.snapshot().get(0).reason());
        Runnable answer = control.poll(60, TimeUnit.SECONDS);
        answer.run();
        assertEquals(1, slot.snapshot().get(1).plans());
        assertEquals("planner " + version, promoted.get(promoted.size() - 1));
        release.countDown();
        slot.close();
    }

    @Test
    void theOnlyPlannerThatBrokeARuleGetsItsTurnBeforeANewcomerTakesOver() {
        PlannerSlot slot = slot("");
        Plan[] plan = {GREEDY};
        add(slot, "1.0.0", input -> plan[0]);
        cycles(slot, 5, true);
        plan[0] = Plan.EMPTY;
        add(slot, "1.1.0", good());
        cycles(slot, 15, true);
        assertEquals(List.of(Role.ACTIVE, Role.CANDIDATE), List.of(role(slot, 0), role(slot, 1)), "it has come to its senses");
        assertSame(Plan.EMPTY, slot.latest());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Foreign code that does not care.
            }
        }
    }

    /** The fake clock, but with threads that are real. */
    private record ThreadedTime(FakeTimeSource time, List<ExecutorService> agents) implements TimeSource {
        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public String bootId() {
            return time.bootId();
        }

        @Override
        public double rate() {
            return time.rate();
        }

        @Override
        public ScheduledExecutorService newAgent(String threadName) {
            ScheduledExecutorService agent = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, threadName));
            agents.add(agent);
            return agent;
        }

        @Override
        public void adjust(Instant wallTime) {
            time.adjust(wallTime);
        }
    }

    @Test
    void aStateThatNoPlanCanChangeCostsNeitherThePlannerNorAPlanForTheOthers() {
        PlannerSlot slot = slot("");
        Plan[] plan = {serving(1)};
        add(slot, "0.9.0", good());
        add(slot, "1.0.0", input -> plan[0]);
        cycles(slot, 30, true);
        assertEquals(Role.ACTIVE, role(slot, 1));
        long before = slot.latestNanos();
        contactors = List.of(new ContactorInput("MC_1", Position.CLOSED, true, false, 0),
                new ContactorInput("GC_1", Position.CLOSED, false, false, 0),
                new ContactorInput("GC_2", Position.CLOSED, false, false, 0));
        cycles(slot, 5, true);
        assertEquals(Role.ACTIVE, role(slot, 1));
        assertTrue(slot.latestNanos() - before <= Duration.ofMillis(100).toNanos(), "its plan is not used");
        plan[0] = new Plan(List.of(), Set.of(), PlannerMemory.NONE);
        cycles(slot, 1, true);
        assertSame(plan[0], slot.latest());
    }
}
