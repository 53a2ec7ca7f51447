package dcocpp.cantest;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dcocpp.plcsim.StampedReader;

/**
 * What the want of time of a guest excuses, and nothing else: where the machine stood still, by the recording, and a gun that nobody touched
 * has lost its PLC by that, the scenario is played once more. Whatever fails otherwise fails.
 */
final class HeldUp {

    /** A machine that stands still for longer is noticed by the supervision of both sides: a third of the shortest limit. */
    static final long NOTICED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** The one processor of a guest, on a machine with other work, may not reach a thread of the charger for the second that the driver waits. */
    static final int ATTEMPTS = ChargerOnTheBus.GUEST ? 3 : 1;
    private static final String LINK_LOST = "RelayStatus or SafetySwitchStatus missing|the PLC reports a lost link, reason 5";

    private HeldUp() {
    }

    /** A scenario, or what is done between two attempts. */
    interface Act {
        void happen() throws Exception;
    }

    /**
     * Plays a scenario.
     *
     * @param guns how many there are
     * @param touched the gun at which it breaks something
     * @param cleanUp leaves everything as the scenario wants to find it
     * @throws AssertionError of the scenario, where nothing excuses it or it has been played often enough
     */
    static void orPlayedAgain(ChargerOnTheBus site, int guns, int touched, Act scenario, Act cleanUp) throws Exception {
        for (int attempt = 1;; attempt++) {
            int heard = site.heard();
            long began = StampedReader.now();
            try {
                scenario.happen();
                return;
            } catch (AssertionError e) {
                long standstill = site.recorder().since(began).longestStandstillNanos();
                if (attempt >= ATTEMPTS || standstill <= NOTICED_NANOS || !othersLost(site, guns, touched, heard)) {
                    throw e;
                }
                site.measured("the machine stood still for " + TimeUnit.NANOSECONDS.toMillis(standstill)
                        + " ms, and guns that nobody touched have lost their PLC by that: once more");
                cleanUp.happen();
                List<Integer> all = IntStream.rangeClosed(1, guns).boxed().toList();
                site.sendAway(all);
                site.awaitAvailable(all);
            }
        }
    }

    private static boolean othersLost(ChargerOnTheBus site, int guns, int touched, int heard) {
        for (int gun = 1; gun <= guns; gun++) {
            if (gun != touched && site.statuses(gun, heard).stream().anyMatch(ChargerOnTheBus.faulted("InternalError", "PlcComm")
                    .and(message -> message.value("info").orElse("").matches(LINK_LOST)))) {
                return true;
            }
        }
        return false;
    }
}
