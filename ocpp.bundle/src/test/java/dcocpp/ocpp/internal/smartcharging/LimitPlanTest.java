package dcocpp.ocpp.internal.smartcharging;

import static dcocpp.ocpp.internal.smartcharging.Profiles.T0;
import static dcocpp.ocpp.internal.smartcharging.Profiles.max;
import static dcocpp.ocpp.internal.smartcharging.Profiles.transaction;
import static dcocpp.ocpp.internal.smartcharging.Profiles.usual;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.LimitPlan.Running;

/** What the controller is told of profiles. */
class LimitPlanTest {
    private static final Running SINCE_T0 = new Running("tx", T0);

    private static List<LimitSchedule> plan(Map<Integer, Running> running, Instant now, Profiles... profiles) {
        List<ChargingProfile> all = Stream.of(profiles).map(Profiles::make).toList();
        Supply supply = new Supply(230, 3);
        return new LimitPlan(new Composite(all.stream().filter(profile -> profile.purpose() != Purpose.TxProfile).toList(), supply),
                new Composite(all, supply), 2, running, now).schedules();
    }

    private static double limit(List<LimitSchedule> schedules, int connectorId, String transactionId, Instant at) {
        return schedules.stream().filter(one -> one.connectorId() == connectorId && one.transactionId().equals(transactionId)).findFirst()
                .orElseThrow().limitW(at);
    }

    @Test
    void noProfileIsNoSchedule() {
        assertEquals(List.of(), plan(Map.of(1, SINCE_T0), T0));
    }

    @Test
    void aChargePointMaxProfileIsTheSitesLimitAndNobodyElses() {
        List<LimitSchedule> schedules = plan(Map.of(1, SINCE_T0), T0, max().from(0, 50_000));
        assertEquals(1, schedules.size());
        assertEquals(50_000, limit(schedules, 0, "", T0));
    }

    @Test
    void aDefaultIsForWhateverTransactionRuns() {
        List<LimitSchedule> schedules = plan(Map.of(1, SINCE_T0), T0, usual(0).from(0, 5_000).from(60, 9_000));
        assertEquals(2, schedules.size(), "one for each gun, none for the transaction: it would say the same");
        assertEquals(5_000, limit(schedules, 1, "", T0));
        assertEquals(9_000, limit(schedules, 2, "", T0.plusSeconds(60)));
    }

    @Test
    void aTxProfileIsForItsTransactionAlone() {
        List<LimitSchedule> schedules = plan(Map.of(1, SINCE_T0), T0, usual(1).from(0, 5_000), transaction(1).from(0, 22_000));
        assertEquals(22_000, limit(schedules, 1, "tx", T0));
        assertEquals(5_000, limit(schedules, 1, "", T0), "the next one has the default again, also while we are away");
    }

    @Test
    void aRelativeDefaultIsResolvedForTheRunningTransactionAndAtItsStartForTheNext() {
        List<LimitSchedule> schedules = plan(Map.of(1, SINCE_T0), T0.plusSeconds(500),
                usual(1).relative().lasts(600).from(0, 11_000).from(300, 7_000));
        assertEquals(7_000, limit(schedules, 1, "tx", T0.plusSeconds(500)));
        assertEquals(Double.POSITIVE_INFINITY, limit(schedules, 1, "tx", T0.plusSeconds(600)));
        assertEquals(11_000, limit(schedules, 1, "", T0.plusSeconds(500)));
    }

    @Test
    void aDailyProfileIsToldForAWeek() {
        List<LimitSchedule> schedules = plan(Map.of(), T0.plusSeconds(100), usual(1).daily().lasts(3600).from(0, 5_000));
        for (int day = 0; day < 7; day++) {
            Instant morning = T0.plus(Duration.ofDays(day));
            assertEquals(5_000, limit(schedules, 1, "", morning), "day " + day);
            assertEquals(Double.POSITIVE_INFINITY, limit(schedules, 1, "", morning.plusSeconds(3600)), "day " + day);
        }
    }

    @Test
    void withinAnHourNothingNewIsToldAndWithoutRecurrenceNotEvenLater() {
        Profiles daily = usual(1).daily().lasts(3600).from(0, 5_000);
        assertEquals(plan(Map.of(), T0.plusSeconds(1), daily), plan(Map.of(), T0.plusSeconds(3599), daily));
        Profiles fixed = max().from(0, 5_000);
        assertEquals(plan(Map.of(), T0.plusSeconds(1), fixed), plan(Map.of(), T0.plus(Duration.ofDays(90)), fixed));
    }

    @Test
    void whatIsToldHasABound() {
        Profiles busy = usual(1).daily();
        for (int minute = 0; minute < 1440; minute++) {
            busy.from(minute * 60, minute % 2 + 1);
        }
        List<LimitSchedule> schedules = plan(Map.of(), T0.plusSeconds(1), busy);
        assertEquals(500, schedules.get(0).periods().size());
        assertTrue(schedules.get(0).periods().get(499).start().isAfter(T0.plus(Duration.ofHours(8))));
    }
}
