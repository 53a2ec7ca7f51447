package dcocpp.ocpp.internal.smartcharging;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.ocpp.internal.smartcharging.Timeline.Step;

/**
 * What the controller is told: the limits of the coming week in watts and absolute times, so that it can obey them without us. Equal plans
 * have equal schedules; those of one hour are equal as long as nothing changes.
 *
 * @param usual all profiles but the TxProfiles
 * @param present with the TxProfiles of the running transactions
 * @param connectors how many there are
 * @param running what runs, by connector
 * @param hour the begin of this hour
 */
record LimitPlan(Composite usual, Composite present, int connectors, Map<Integer, Running> running, Instant hour) {
    /** A weekly profile comes round once. What is beyond is told in time, while this bundle runs. */
    private static final Duration HORIZON = Duration.ofDays(7).plusHours(1);
    /** A schedule with more steps than this reaches less far. */
    private static final int MAX_STEPS = 500;

    LimitPlan {
        running = Map.copyOf(running);
        hour = hour.truncatedTo(ChronoUnit.HOURS);
    }

    /**
     * A running transaction.
     *
     * @param transactionId our id
     * @param begin wall time
     */
    record Running(String transactionId, Instant begin) {
    }

    /** The schedules of site and guns. */
    List<LimitSchedule> schedules() {
        List<LimitSchedule> schedules = new ArrayList<>();
        List<LimitSchedule.Period> site = periods(usual.site());
        if (limits(site)) {
            schedules.add(new LimitSchedule(0, "", site, null));
        }
        for (int connectorId = 1; connectorId <= connectors; connectorId++) {
            // Without a profile of its own a gun has no limit but the site's, which the controller shares out.
            List<LimitSchedule.Period> any = usual.limitsGun(connectorId) ? periods(usual.gun(connectorId, null)) : List.of();
            if (limits(any)) {
                schedules.add(new LimitSchedule(connectorId, "", any, null));
            }
            Running transaction = running.get(connectorId);
            if (transaction != null && present.limitsGun(connectorId)) {
                List<LimitSchedule.Period> own = periods(present.gun(connectorId, transaction.begin()));
                if (limits(any) ? !own.equals(any) : limits(own)) {
                    schedules.add(new LimitSchedule(connectorId, transaction.transactionId(), own, null));
                }
            }
        }
        return schedules;
    }

    private static boolean limits(List<LimitSchedule.Period> periods) {
        return periods.stream().anyMatch(period -> period.limitW() != Double.POSITIVE_INFINITY);
    }

    /** What holds at the begin of this hour is told as if it had always held: it need not be told again when the next hour comes. */
    private List<LimitSchedule.Period> periods(Timeline timeline) {
        List<LimitSchedule.Period> periods = new ArrayList<>();
        for (Step step : timeline.steps(hour, hour.plus(HORIZON), MAX_STEPS)) {
            periods.add(new LimitSchedule.Period(periods.isEmpty() ? Instant.EPOCH : step.start(), step.limitW()));
        }
        return periods;
    }
}
