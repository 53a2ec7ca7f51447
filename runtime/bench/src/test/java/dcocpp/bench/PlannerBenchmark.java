package dcocpp.bench;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;

/** One plan for a ring in shortage, by the number of active guns and of slots. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlannerBenchmark {

    /** What there is to plan. */
    public enum Situation {
        /** The plan in force goes on, as in nearly every cycle. */
        STEADY,
        /** A car has just arrived: a new partition, with the least switching. */
        REPLAN,
        /** The same when an island may reach all around the ring instead of six slots. */
        REPLAN_WIDE
    }

    /** Active guns. */
    @Param({"1", "3", "6", "12"})
    public int guns;

    /** Slots of the ring. */
    @Param({"12", "16", "32", "64", "128"})
    public int slots;

    /** What there is to plan. */
    @Param
    public Situation situation;

    private PlannerSite site;
    private PlanningInput input;

    @Setup
    public void setUp() {
        site = new PlannerSite(slots, guns, situation == Situation.REPLAN_WIDE ? slots : 6);
        if (situation != Situation.STEADY) {
            site.leave(0);
        }
        // Long enough for every filter and every hold.
        site.run(600);
        site.arrive(0);
        input = site.input();
    }

    @Benchmark
    public Plan plan() {
        return site.plan(input);
    }
}
