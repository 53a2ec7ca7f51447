package dcocpp.ocpp.internal.smartcharging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Kind;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Period;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Recurrency;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Schedule;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;
import dcocpp.ocpp.internal.smartcharging.Timeline.Step;

/** The composite against a reference that asks every profile at every second, in the plainest way there is. */
class CompositeReferenceTest {
    private static final long T0 = 1_772_618_400;
    private static final int SECONDS = 400;
    private static final int DAY = 86_400;

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void isWhatTheRulesSayAtEverySecond(@ForAll("stacks") List<ChargingProfile> profiles, @ForAll("moments") int begin) {
        Composite composite = new Composite(profiles, new Supply(230, 3));
        Instant from = Instant.ofEpochSecond(T0);
        List<Step> gun = composite.gun(1, Instant.ofEpochSecond(T0 + begin)).steps(from, from.plusSeconds(SECONDS), 10_000);
        List<Step> site = composite.site().steps(from, from.plusSeconds(SECONDS), 10_000);
        for (int i = 0; i < SECONDS; i++) {
            int second = i;
            double siteW = highest(profiles, Purpose.ChargePointMaxProfile, begin, second);
            assertEquals(siteW, at(site, second), 1e-6, () -> "site at second " + second + " of " + profiles);
            double own = highest(profiles, Purpose.TxProfile, begin, second);
            double usual = highest(profiles, Purpose.TxDefaultProfile, begin, second);
            double gunW = Math.min(siteW, own < Double.POSITIVE_INFINITY ? own : usual);
            assertEquals(gunW, at(gun, second), 1e-6, () -> "gun at second " + second + " of " + profiles);
        }
    }

    private static double at(List<Step> steps, int second) {
        Instant instant = Instant.ofEpochSecond(T0 + second);
        return steps.stream().filter(step -> !step.start().isAfter(instant)).reduce((first, last) -> last).orElseThrow().limitW();
    }

    /** Of this purpose at gun 1; infinite = no limit. */
    private static double highest(List<ChargingProfile> profiles, Purpose purpose, int begin, int second) {
        double limit = Double.POSITIVE_INFINITY;
        int level = -1;
        for (ChargingProfile profile : profiles) {
            boolean shadowed = purpose == Purpose.TxDefaultProfile && profile.connectorId() == 0 && profiles.stream().anyMatch(other ->
                    other.purpose() == purpose && other.connectorId() == 1 && other.stackLevel() == profile.stackLevel());
            double own = profile.purpose() == purpose && !shadowed ? limit(profile, begin, T0 + second) : Double.POSITIVE_INFINITY;
            if (own < Double.POSITIVE_INFINITY && profile.stackLevel() > level) {
                limit = own;
                level = profile.stackLevel();
            }
        }
        return limit;
    }

    private static double limit(ChargingProfile profile, int begin, long now) {
        if (profile.validFrom() != null && now < profile.validFrom().getEpochSecond()
                || profile.validTo() != null && now >= profile.validTo().getEpochSecond()) {
            return Double.POSITIVE_INFINITY;
        }
        Schedule schedule = profile.schedule();
        long start = profile.kind() == Kind.Relative ? T0 + begin : schedule.start().getEpochSecond();
        long length = profile.kind() != Kind.Recurring ? Long.MAX_VALUE : profile.recurrency() == Recurrency.Daily ? DAY : 7 * DAY;
        long offset = now - start;
        while (offset >= length) {
            offset -= length;
        }
        if (offset < 0 || schedule.durationSeconds() != null && offset >= schedule.durationSeconds()) {
            return Double.POSITIVE_INFINITY;
        }
        double limit = Double.NaN;
        for (Period period : schedule.periods()) {
            if (period.startSeconds() <= offset) {
                int phases = period.phases() == null ? 3 : period.phases();
                limit = schedule.unit() == Unit.W ? period.limit() : period.limit() * 230 * phases;
            }
        }
        return limit;
    }

    @Provide
    Arbitrary<Integer> moments() {
        return Arbitraries.integers().between(-50, 350);
    }

    /** No two with the same purpose, level and connector, as in the store. */
    @Provide
    Arbitrary<List<ChargingProfile>> stacks() {
        return profiles().list().ofMaxSize(8)
                .uniqueElements(profile -> profile.purpose() + "/" + profile.stackLevel() + "/" + profile.connectorId());
    }

    private Arbitrary<ChargingProfile> profiles() {
        Arbitrary<Purpose> purposes = Arbitraries.of(Purpose.class);
        Arbitrary<Integer> levels = Arbitraries.integers().between(0, 3);
        Arbitrary<Boolean> everywhere = Arbitraries.of(true, false);
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        Arbitrary<Instant> instants = moments().map(second -> Instant.ofEpochSecond(T0 + second));
        return Combinators.combine(purposes, levels, everywhere, kinds, instants.injectNull(0.5), instants.injectNull(0.5), schedules(),
                Arbitraries.of(Recurrency.class))
                .as((purpose, level, general, kind, validFrom, validTo, schedule, recurrency) -> {
                    int connectorId = purpose == Purpose.ChargePointMaxProfile || purpose == Purpose.TxDefaultProfile && general ? 0 : 1;
                    Kind possible = purpose == Purpose.ChargePointMaxProfile && kind == Kind.Relative ? Kind.Absolute : kind;
                    return new ChargingProfile(0, connectorId, purpose, level, possible, possible == Kind.Recurring ? recurrency : null,
                            validFrom, validTo, null, schedule);
                });
    }

    /** Their runs begin and end around the seconds that are looked at, today or some days ago. */
    private Arbitrary<Schedule> schedules() {
        Arbitrary<Instant> starts = Combinators.combine(moments(), Arbitraries.integers().between(-9, 1))
                .as((second, day) -> Instant.ofEpochSecond(T0 + second + (long) day * DAY));
        Arbitrary<Integer> durations = Arbitraries.oneOf(Arbitraries.integers().between(1, 400),
                Arbitraries.integers().between(DAY - 300, DAY + 300)).injectNull(0.3);
        Arbitrary<List<Period>> periods = Combinators.combine(
                Arbitraries.oneOf(Arbitraries.integers().between(1, 300), Arbitraries.integers().between(DAY - 300, DAY))
                        .set().ofMaxSize(5),
                Arbitraries.integers().between(0, 4).list().ofSize(6), Arbitraries.integers().between(1, 3).injectNull(0.5))
                .as((later, limits, phases) -> {
                    List<Integer> seconds = Stream.concat(Stream.of(0), later.stream().sorted()).toList();
                    return IntStream.range(0, seconds.size())
                            .mapToObj(i -> new Period(seconds.get(i), limits.get(i), phases)).toList();
                });
        return Combinators.combine(durations, starts, Arbitraries.of(Unit.class), periods)
                .as((duration, start, unit, list) -> new Schedule(duration, start, unit, list, 0));
    }
}
