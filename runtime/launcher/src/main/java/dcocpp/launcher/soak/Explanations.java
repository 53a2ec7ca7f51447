package dcocpp.launcher.soak;

import java.util.Map;
import java.util.regex.Pattern;

/** Which errors in the log follow from what was done to the charger. */
final class Explanations {

    /** By the kind of a disturbance, what it may have the charger say. */
    private static final Map<String, Pattern> EXPLAINED = Map.of();
    /** The log is read once a second, and what is noticed late is logged late, s. */
    private static final double AFTERWARDS_SECONDS = 30;

    private Explanations() {
    }

    /** Whether a disturbance that was under way explains an error. */
    static boolean covers(SoakRecord record, SoakRecord.Complaint complaint) {
        return record.events().stream().anyMatch(event -> {
            Pattern explained = EXPLAINED.get(event.kind());
            double took = event.over() ? event.tookSeconds() : Disturbance.LIMIT_SECONDS;
            return explained != null && explained.matcher(complaint.line()).find() && complaint.atSeconds() >= event.atSeconds()
                    && complaint.atSeconds() <= event.atSeconds() + took + AFTERWARDS_SECONDS;
        });
    }
}
