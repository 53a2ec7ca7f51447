package dcocpp.ocpp.internal.smartcharging;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;
import dcocpp.ocpp.internal.smartcharging.Timeline.Step;

/** Writes a timeline as the schedule of GetCompositeSchedule.conf. Stateless. */
final class CompositeReport {

    private CompositeReport() {
    }

    /**
     * Adds scheduleStart and chargingSchedule.
     *
     * @param timeline has a limit at all times
     * @param seconds for how long, ≥ 0; less is reported where that would take too many periods
     * @param maxPeriods at least 1
     */
    static void write(ObjectNode answer, Timeline timeline, Instant now, int seconds, Unit unit, Supply supply, int maxPeriods) {
        // The wire has whole seconds; what begins within the first one counts from its start.
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        List<Step> steps = timeline.steps(now, now.plusSeconds(Math.max(1, seconds)), maxPeriods + 1);
        TreeMap<Long, BigDecimal> limits = new TreeMap<>();
        for (Step step : steps.subList(0, Math.min(steps.size(), maxPeriods))) {
            limits.put(Duration.between(start, step.start()).toSeconds(),
                    BigDecimal.valueOf(supply.in(unit, step.limitW())).setScale(1, RoundingMode.HALF_UP));
        }
        long covered = steps.size() <= maxPeriods ? seconds : Duration.between(start, steps.get(maxPeriods).start()).toSeconds();
        answer.put("scheduleStart", OcppTime.format(start));
        ObjectNode schedule = answer.putObject("chargingSchedule");
        schedule.put("duration", covered);
        schedule.put("startSchedule", OcppTime.format(start));
        schedule.put("chargingRateUnit", unit.name());
        ArrayNode periods = schedule.putArray("chargingSchedulePeriod");
        BigDecimal last = null;
        for (var limit : limits.entrySet()) {
            boolean within = limit.getKey() == 0 || limit.getKey() < covered;
            if (within && !limit.getValue().equals(last)) {
                periods.addObject().put("startPeriod", limit.getKey()).put("limit", limit.getValue());
                last = limit.getValue();
            }
        }
    }
}
