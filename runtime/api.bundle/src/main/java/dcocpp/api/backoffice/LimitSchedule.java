package dcocpp.api.backoffice;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Power limits over time.
 *
 * @param connectorId which gun; 0 = the whole site
 * @param transactionId only while this transaction (our id) runs, and then instead of those of this connector that name none; empty =
 *        whatever transaction runs
 * @param periods in the order of their starts; before the first there is no limit
 * @param end when the schedule ends; null = never
 */
public record LimitSchedule(int connectorId, String transactionId, List<Period> periods, Instant end) {

    public LimitSchedule {
        Objects.requireNonNull(transactionId);
        periods = List.copyOf(periods);
    }

    /** The limit at this moment, W; infinite when there is none. 0 means pause. */
    public double limitW(Instant at) {
        double limit = Double.POSITIVE_INFINITY;
        if (end != null && !at.isBefore(end)) {
            return limit;
        }
        for (Period period : periods) {
            if (!at.isBefore(period.start())) {
                limit = period.limitW();
            }
        }
        return limit;
    }

    /**
     * From {@code start} until the next period.
     *
     * @param start begin
     * @param limitW W, ≥ 0; infinite = no limit
     */
    public record Period(Instant start, double limitW) {

        public Period {
            Objects.requireNonNull(start);
            if (!(limitW >= 0)) {
                throw new IllegalArgumentException("a limit of " + limitW + " W");
            }
        }
    }
}
