package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.controller.internal.journal.JournalStore.Meter;

/**
 * Energy against an exact oracle: a current that changes evenly between two ticks, a meter that counts it in steps, goes silent and is
 * replaced, a gun that is not measured now and then, restarts and other sources.
 */
class EnergyRulesTest {

    private static final long TICK = Duration.ofMillis(100).toNanos();
    private static final long MICROS = TICK / 1000;
    private static final long HALVES_PER_MILLI_WH = 7_200_000_000L;
    private static final long MOST_MILLI_W = 350_000_000;
    private static final double GUN_V = 500;
    /** Further than any gun comes while its meter is silent. */
    private static final long FAR_MILLI_WH = 500_000_000;
    private static final int TICKS = 3000;
    private static final long GAP_TICKS = 20;

    private static EnergyAccumulator accumulator(MeterSource source, double scale, Meter kept) {
        return new EnergyAccumulator(EnergyAccumulatorTest.settings(source, scale, 0), kept, (what, detail) -> { });
    }

    /** A gun and its meter. */
    private static final class World {
        final Random random;
        long now;
        long milliW;
        long wantedMilliW;
        /** What has flowed, in half milliwatts times microseconds: exact. */
        long flowed;

        final long stepMilliWh;
        long meterStartMilliWh;
        long meterFlowed;
        int silentTicks;
        int unmeasuredTicks;
        /** What flowed and no sample showed, as exact. */
        private long blind;
        /** What samples showed, for they are joined by straight lines, and did not flow. */
        private long bridged;
        private long sampledNanos;
        private long sampledMilliW;
        private long sampledFlowed;
        private boolean sampled;

        World(long seed) {
            random = new Random(seed);
            stepMilliWh = new long[] {100_000, 100_000, 10_000, 1_000, 1} [random.nextInt(5)];
            newMeter(FAR_MILLI_WH);
        }

        /** Another meter, somewhere within its step, and so far off that its register cannot pass for that of the one before. */
        void newMeter(long showsMilliWh) {
            meterStartMilliWh = showsMilliWh / stepMilliWh * stepMilliWh;
            meterFlowed = (long) (random.nextDouble() * stepMilliWh * HALVES_PER_MILLI_WH);
        }

        void tick() {
            now += TICK;
            if (random.nextInt(50) == 0) {
                wantedMilliW = random.nextInt(3) == 0 ? 0 : (long) (random.nextDouble() * MOST_MILLI_W);
            }
            long before = milliW;
            milliW += Math.max(-20_000_000, Math.min(20_000_000, wantedMilliW - milliW));
            long energy = (before + milliW) * MICROS;
            flowed += energy;
            meterFlowed += energy;
            silentTicks = silentTicks > 0 ? silentTicks - 1 : random.nextInt(300) == 0 ? random.nextInt(400) : 0;
            unmeasuredTicks = unmeasuredTicks > 0 ? unmeasuredTicks - 1 : random.nextInt(300) == 0 ? random.nextInt(60) : 0;
        }

        long register() {
            return meterStartMilliWh + meterFlowed / HALVES_PER_MILLI_WH / stepMilliWh * stepMilliWh;
        }

        /** A new accumulator: what was measured before it is not known to it. */
        void restarted() {
            sampled = false;
        }

        private void sample() {
            long seen = 0;
            long ticks = (now - sampledNanos) / TICK;
            if (sampled && ticks <= GAP_TICKS) {
                seen = (sampledMilliW + milliW) * MICROS * ticks;
            }
            long unseen = flowed - sampledFlowed - seen;
            blind += Math.max(0, unseen);
            bridged += Math.max(0, -unseen);
            sampled = true;
            sampledNanos = now;
            sampledMilliW = milliW;
            sampledFlowed = flowed;
        }

        void read(EnergyAccumulator energy, MeterSource source) {
            if (unmeasuredTicks == 0 || source == MeterSource.PLC && silentTicks == 0) {
                sample();
            }
            double powerW = milliW / 1000.0;
            double currentA = unmeasuredTicks > 0 ? Double.NaN : powerW / GUN_V;
            energy.read(EnergyAccumulatorTest.gun(GUN_V, currentA, new MeterReading(silentTicks == 0, register(), GUN_V, currentA,
                    silentTicks == 0 ? powerW : Double.NaN, now), now), now);
        }

        long flowedMilliWh() {
            return flowed / HALVES_PER_MILLI_WH;
        }

        long blindMilliWh() {
            return (blind + flowed - sampledFlowed) / HALVES_PER_MILLI_WH + 1;
        }

        long bridgedMilliWh() {
            return bridged / HALVES_PER_MILLI_WH + 1;
        }
    }

    /** One meter: what its register shows has the last word, and beyond it there is at most what it has not shown yet. */
    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void withAMeterNothingIsLostAndNothingCountedTwice(@ForAll long seed) {
        World world = new World(seed);
        EnergyAccumulator energy = accumulator(MeterSource.PLC, 1, null);
        world.read(energy, MeterSource.PLC);
        long first = energy.lifetimeMilliWh();
        assertEquals(world.register(), first);
        long last = first;
        for (int tick = 0; tick < TICKS; tick++) {
            world.tick();
            world.read(energy, MeterSource.PLC);
            long counted = energy.lifetimeMilliWh();
            String where = "seed " + seed + " tick " + tick;
            assertTrue(counted >= last, where + ": backwards");
            assertTrue(counted - first <= world.flowedMilliWh() + world.stepMilliWh + world.bridgedMilliWh(),
                    where + ": " + (counted - first) + " of " + world.flowedMilliWh());
            if (world.silentTicks == 0) {
                assertTrue(counted >= world.register(), where + ": the register shows more");
                assertTrue(counted - first >= world.flowedMilliWh() - 2 * world.stepMilliWh,
                        where + ": " + (counted - first) + " of " + world.flowedMilliWh());
            }
            last = counted;
        }
    }

    /** A shunt counts exactly what was measured; what was not, for longer than two seconds, it does not. */
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void aShuntCountsExactlyWhatWasMeasured(@ForAll long seed) {
        World world = new World(seed);
        EnergyAccumulator energy = accumulator(MeterSource.SHUNT, 1, null);
        world.read(energy, MeterSource.SHUNT);
        long whole = 0;
        long halves = 0;
        long sampledMilliW = 0;
        long sampledNanos = world.now;
        for (int tick = 0; tick < TICKS; tick++) {
            world.tick();
            if (world.unmeasuredTicks == 0) {
                long ticks = (world.now - sampledNanos) / TICK;
                // A straight line through what was not seen, as long as that is short.
                halves += ticks <= GAP_TICKS ? (sampledMilliW + world.milliW) * MICROS * ticks : 0;
                sampledMilliW = world.milliW;
                sampledNanos = world.now;
            }
            world.read(energy, MeterSource.SHUNT);
            assertEquals(whole + halves / HALVES_PER_MILLI_WH, energy.lifetimeMilliWh(), "seed " + seed + " tick " + tick);
            if (world.random.nextInt(400) == 0) {
                // The fraction of a milliwatt-hour ends with the run, and so does what was measured last.
                whole += halves / HALVES_PER_MILLI_WH;
                halves = 0;
                energy = accumulator(MeterSource.SHUNT, 1, energy.kept());
                world.read(energy, MeterSource.SHUNT);
                sampledMilliW = world.unmeasuredTicks == 0 ? world.milliW : 0;
                sampledNanos = world.unmeasuredTicks == 0 ? world.now : Long.MIN_VALUE / 2;
            }
        }
    }

    /** Whatever befalls a connector: never backwards, nothing twice, and what is lost has its reason. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void overMetersSourcesAndRestartsNothingIsCountedTwice(@ForAll long seed) {
        World world = new World(seed);
        double scale = new double[] {1, 1, 0.97, 1.25} [world.random.nextInt(4)];
        MeterSource source = MeterSource.PLC;
        EnergyAccumulator energy = accumulator(source, scale, null);
        world.silentTicks = 0;
        world.read(energy, source);
        long first = energy.lifetimeMilliWh();
        long last = first;
        long bases = 1;
        int replacedTick = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            world.tick();
            boolean change = world.random.nextInt(300) == 0;
            if (change) {
                source = world.random.nextInt(3) == 0 ? MeterSource.SHUNT : MeterSource.PLC;
                energy = accumulator(source, scale, energy.kept());
                assertEquals(last, energy.lifetimeMilliWh(), "seed " + seed + " tick " + tick + ": a restart alone counts nothing");
                world.restarted();
                bases++;
            }
            // One at a time: the next must not look like the one before the last.
            if (tick - replacedTick > TICKS / 6 && world.random.nextInt(300) == 0) {
                world.newMeter(world.random.nextBoolean() ? world.random.nextLong(world.register() / 4) : world.register() + FAR_MILLI_WH);
                replacedTick = tick;
                bases++;
            }
            world.read(energy, source);
            long counted = energy.lifetimeMilliWh();
            String where = "seed " + seed + " tick " + tick + ": " + (counted - first) + " of " + world.flowedMilliWh();
            assertTrue(counted >= last, where + ", backwards from " + (last - first));
            assertTrue(counted - first <= scale * (world.flowedMilliWh() + world.bridgedMilliWh() + bases * (world.stepMilliWh + 1)),
                    where + ", counted twice");
            // A new base costs what its two seconds of doubt gave, and what the old register had not shown.
            long doubtMilliWh = MOST_MILLI_W * 2 * MICROS * (GAP_TICKS + 1) / HALVES_PER_MILLI_WH;
            double leastMilliWh = world.flowedMilliWh() - world.blindMilliWh() - bases * (doubtMilliWh + 2 * world.stepMilliWh);
            assertTrue(counted - first >= scale * leastMilliWh - 1, where + ", lost");
            last = counted;
        }
    }
}
