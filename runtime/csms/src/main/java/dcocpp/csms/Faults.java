package dcocpp.csms;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What shall go wrong, for those who test how a charger takes it. Thread-safe. */
public final class Faults {

    private final Map<String, Integer> lostAnswers = new HashMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private boolean unreachable;

    private static final class Refusal {
        private final String errorCode;
        private int left;

        Refusal(String errorCode, int left) {
            this.errorCode = errorCode;
            this.left = left;
        }
    }

    Faults() {
    }

    /** The next calls of this action are worked on, but their answers never leave the CSMS. */
    public synchronized void loseAnswers(String action, int times) {
        lostAnswers.put(action, times);
    }

    /** The next calls of this action are answered with a CALLERROR and otherwise ignored. */
    public synchronized void refuse(String action, String errorCode, int times) {
        refusals.put(action, new Refusal(errorCode, times));
    }

    /** Nothing goes wrong any more, apart from an unreachable CSMS, which stays so. */
    public synchronized void none() {
        lostAnswers.clear();
        refusals.clear();
    }

    synchronized void unreachable(boolean on) {
        unreachable = on;
    }

    synchronized boolean isUnreachable() {
        return unreachable;
    }

    synchronized boolean takeLostAnswer(String action) {
        int left = lostAnswers.getOrDefault(action, 0);
        lostAnswers.put(action, Math.max(0, left - 1));
        return left > 0;
    }

    synchronized Optional<String> takeRefusal(String action) {
        Refusal refusal = refusals.get(action);
        if (refusal == null || refusal.left <= 0) {
            return Optional.empty();
        }
        refusal.left--;
        return Optional.of(refusal.errorCode);
    }
}
