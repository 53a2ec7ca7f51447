package dcocpp.modeltest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dcocpp.simrun.charger.SimulatedCsms;

/**
 * One thing that happens, and how long nothing else happens after it.
 *
 * @param noise decides the details, so that a step means the same when others before it are taken away
 */
record Step(Kind kind, int connectorId, String idTag, long noise, Duration pause) {
    private static final int SHORTEST = 30;
    private static final int LONGEST = 40;
    private static final List<String> TAGS = List.of("ALICE", "BOB", "CAROL", "DAVE", "EVE", SimulatedCsms.STRANGER);
    /** What makes a transaction comes more often than what ends or disturbs it. */
    private static final List<Kind> CHOICES = Stream.concat(Arrays.stream(Kind.values()), Stream.of(Kind.PLUG, Kind.SWIPE)).toList();

    /** What can happen. */
    enum Kind {
        /** A car comes; to the other connector if there is one already. */
        PLUG,
        /** A tag, or a start by the CSMS, where a car waits. */
        SWIPE, REMOTE_START,
        REMOTE_STOP, UNPLUG,
        /** The connection breaks, is not there for a while, or is dead and nobody says so. */
        LINK_LOSS,
        /** The CSMS answers with a CALLERROR, before or after it has kept what it was told. */
        CSMS_ERROR,
        /** The CSMS does not answer, before or after it has kept what it was told. */
        CSMS_SILENCE,
        /** The process dies at a random instant; what is not on the disk is lost. */
        KILL,
        /** The protocol bundle ends in good order and another begins. */
        SWAP,
        /** The wall clock is set to something else. */
        CLOCK_JUMP
    }

    /** A sequence that follows from its seed alone. */
    static List<Step> sequence(long seed, int connectors) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        while (steps.size() < length) {
            Kind kind = CHOICES.get(random.nextInt(CHOICES.size()));
            // Often the next thing comes while the last one is still under way.
            int millis = random.nextBoolean() ? random.nextInt(1500) : random.nextInt(15_000);
            steps.add(new Step(kind, 1 + random.nextInt(connectors), TAGS.get(random.nextInt(TAGS.size())), random.nextLong(),
                    Duration.ofMillis(millis)));
        }
        return steps;
    }

    @Override
    public String toString() {
        return kind + " connector " + connectorId + ", tag " + idTag + ", noise " + noise + "L, then " + pause.toMillis() + " ms";
    }
}
