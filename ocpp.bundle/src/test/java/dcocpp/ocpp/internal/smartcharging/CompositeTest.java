package dcocpp.ocpp.internal.smartcharging;

import static dcocpp.ocpp.internal.smartcharging.Profiles.T0;
import static dcocpp.ocpp.internal.smartcharging.Profiles.max;
import static dcocpp.ocpp.internal.smartcharging.Profiles.transaction;
import static dcocpp.ocpp.internal.smartcharging.Profiles.usual;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** What profiles allow together. A timeline is written as {@code second:watts} from T0, {@code -} is no limit. */
class CompositeTest {
    private static final int DAY = 86_400;

    private static Composite composite(Profiles... profiles) {
        return new Composite(Arrays.stream(profiles).map(Profiles::make).toList(), new Supply(230, 3));
    }

    private static String text(Timeline timeline, int fromSecond, int untilSecond) {
        return timeline.steps(T0.plusSeconds(fromSecond), T0.plusSeconds(untilSecond), 1000).stream()
                .map(step -> Duration.between(T0, step.start()).toSeconds() + ":"
                        + (step.limitW() == Double.POSITIVE_INFINITY ? "-" : String.valueOf(Math.round(step.limitW()))))
                .collect(Collectors.joining(" "));
    }

    /** Of gun 1 with a transaction since T0. */
    private static String gun(Composite composite) {
        return text(composite.gun(1, T0), 0, 1000);
    }

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }

    @Test
    void withoutProfilesThereIsNoLimit() {
        assertEquals("0:-", gun(composite()));
        assertEquals("0:-", text(composite().site(), 0, 1000));
        assertFalse(composite(max().from(0, 1)).limitsGun(1));
    }

    @Test
    void thePeriodsOfAScheduleFollowEachOther() {
        assertEquals("0:11000 100:7000 500:0", gun(composite(usual(1).from(0, 11_000).from(100, 7_000).from(500, 0))));
    }

    @Test
    void equalNeighboursAreOne() {
        assertEquals("0:11000 300:5000", gun(composite(usual(1).from(0, 11_000).from(100, 11_000).from(300, 5_000))));
    }

    @Test
    void beforeItsStartAndAfterItsDurationAScheduleLimitsNothing() {
        assertEquals("0:- 200:11000 500:-", gun(composite(usual(1).start(at(200)).lasts(300).from(0, 11_000).from(400, 1))));
    }

    @Test
    void outsideItsValidityAProfileLimitsNothing() {
        assertEquals("0:- 100:11000 200:7000 400:-",
                gun(composite(usual(1).valid(at(100), at(400)).from(0, 11_000).from(200, 7_000))));
    }

    @Test
    void validityDoesNotMoveTheSchedule() {
        assertEquals("0:- 300:7000", gun(composite(usual(1).valid(at(300), null).from(0, 11_000).from(200, 7_000))));
    }

    @Test
    void theHighestStackLevelWinsAlsoWhenItAllowsMore() {
        assertEquals("0:22000", gun(composite(usual(1).level(1).from(0, 5_000), usual(1).level(2).from(0, 22_000))));
    }

    @Test
    void aGapFallsToTheNextLowerLevel() {
        assertEquals("0:5000 100:22000 200:5000 600:3000", gun(composite(usual(1).level(1).lasts(600).from(0, 5_000),
                usual(1).level(5).start(at(100)).lasts(100).from(0, 22_000), usual(1).level(0).from(0, 3_000))));
    }

    @Test
    void aTxProfileOverrulesTheDefaultWhileItHasALimit() {
        assertEquals("0:5000 100:22000 400:5000",
                gun(composite(usual(1).level(9).from(0, 5_000), transaction(1).level(0).start(at(100)).lasts(300).from(0, 22_000))));
    }

    @Test
    void aTxProfileOfAnotherConnectorDoesNotCount() {
        assertEquals("0:5000", gun(composite(usual(1).from(0, 5_000), transaction(2).from(0, 1_000))));
    }

    @Test
    void theChargePointMaxProfileIsNeverExceeded() {
        Composite composite = composite(max().from(0, 10_000).from(300, 30_000), transaction(1).from(0, 22_000));
        assertEquals("0:10000 300:22000", gun(composite));
        assertEquals("0:10000 300:30000", text(composite.site(), 0, 1000));
    }

    @Test
    void aDefaultOnConnectorZeroIsForEveryConnector() {
        Composite composite = composite(usual(0).from(0, 5_000));
        assertEquals("0:5000", gun(composite));
        assertEquals("0:5000", text(composite.gun(2, T0), 0, 10));
        assertEquals("0:-", text(composite.site(), 0, 10));
        assertTrue(composite.limitsGun(2));
    }

    @Test
    void aDefaultOfTheConnectorReplacesTheGeneralOneOfItsLevelThereAndNowhereElse() {
        Composite composite = composite(usual(0).level(3).from(0, 5_000), usual(0).level(1).from(0, 2_000),
                usual(1).level(3).lasts(100).from(0, 22_000));
        assertEquals("0:22000 100:2000", gun(composite), "the general one of level 3 does not come back in the gap");
        assertEquals("0:5000", text(composite.gun(2, T0), 0, 1000));
    }

    @Test
    void levelsOfGeneralAndOwnDefaultsAreOneStack() {
        assertEquals("0:5000", gun(composite(usual(0).level(3).from(0, 5_000), usual(1).level(2).from(0, 22_000))));
    }

    @Test
    void aRelativeScheduleStartsWithTheTransaction() {
        Composite composite = composite(usual(1).relative().lasts(600).from(0, 11_000).from(300, 7_000));
        assertEquals("0:- 100:11000 400:7000 700:-", text(composite.gun(1, at(100)), 0, 1000));
    }

    @Test
    void forATransactionThatBeginsAtTheVeryMomentARelativeScheduleIsAtItsStart() {
        Composite composite = composite(usual(1).relative().valid(at(0), at(5000)).from(0, 11_000).from(300, 7_000));
        assertEquals("0:11000 5000:-", text(composite.gun(1, null), 0, 9000));
    }

    @Test
    void aDailyScheduleComesBackEveryDay() {
        Timeline gun = composite(usual(1).daily().lasts(3600).from(0, 11_000).from(1800, 7_000)).gun(1, T0);
        assertEquals("0:11000 1800:7000 3600:- 86400:11000 88200:7000 90000:- 172800:11000", text(gun, 0, 2 * DAY + 100));
    }

    @Test
    void aDailyScheduleDoesNotComeBeforeItsStart() {
        Timeline gun = composite(usual(1).daily().start(at(3 * DAY)).from(0, 11_000)).gun(1, T0);
        assertEquals("0:- 259200:11000", text(gun, 0, 9 * DAY));
    }

    @Test
    void aDayThatBeganYesterdayGoesOnUntilItIsOver() {
        Timeline gun = composite(usual(1).daily().start(at(-DAY - 3600)).from(0, 11_000).from(82_000, 7_000)).gun(1, T0);
        assertEquals("0:11000 78400:7000 82800:11000", text(gun, 0, DAY + 3600));
    }

    @Test
    void aWeeklyScheduleComesBackEveryWeek() {
        Timeline gun = composite(usual(1).weekly().lasts(DAY).from(0, 11_000)).gun(1, T0);
        assertEquals("0:11000 86400:- 604800:11000 691200:-", text(gun, 0, 8 * DAY + 10));
    }

    @Test
    void aRecurringScheduleThatLastsLongerThanItsRecurrenceIsCutThere() {
        Timeline gun = composite(usual(1).daily().lasts(3 * DAY).from(0, 11_000).from(DAY - 100, 7_000).from(DAY + 100, 1)).gun(1, T0);
        assertEquals("0:11000 86300:7000 86400:11000", text(gun, 0, DAY + 1000));
    }

    @Test
    void amperesArePerPhaseOfTheSupply() {
        assertEquals("0:22080 100:3680 200:14720 300:7360", gun(composite(usual(1).amperes()
                .from(0, 32).from(100, 16, 1).from(200, 32, 2).from(300, 32, 1))));
        assertEquals(12.5, new Supply(400, 2).in(ChargingProfile.Unit.A, 10_000));
    }

    @Test
    void zeroIsAPauseAndNotTheAbsenceOfALimit() {
        assertEquals("0:0", gun(composite(usual(1).level(1).amperes().from(0, 0), usual(1).level(0).from(0, 5_000))));
    }

    @Test
    void lessThanTheVehicleCanUseWellIsAPause() {
        assertEquals("0:0 100:8000 200:0", gun(composite(transaction(1).least(6_000).from(0, 5_000).from(100, 8_000),
                max().level(1).start(at(200)).from(0, 5_999))));
        assertEquals("0:0 100:4830", gun(composite(transaction(1).amperes().least(6).from(0, 5.9).from(100, 7))));
    }

    @Test
    void whatVehiclesNeedSaysNothingAboutTheSite() {
        assertEquals("0:5000", gun(composite(max().least(6_000).from(0, 5_000))));
    }

    @Test
    void theSumOfTimelinesChangesWhereOneOfThemDoes() {
        Composite composite = composite(usual(1).from(0, 5_000).from(100, 6_000), usual(2).from(0, 1_000).from(50, 2_000));
        Timeline sum = Timeline.sum(List.of(composite.gun(1, T0), composite.gun(2, T0)));
        assertEquals("0:6000 50:7000 100:8000", text(sum, 0, 1000));
    }

    @Test
    void stepsEndAtTheirNumberAtMost() {
        Timeline gun = composite(usual(1).from(0, 1).from(10, 2).from(20, 3)).gun(1, T0);
        assertEquals(2, gun.steps(T0, at(100), 2).size());
    }
}
