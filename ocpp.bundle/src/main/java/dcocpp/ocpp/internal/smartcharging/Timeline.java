package dcocpp.ocpp.internal.smartcharging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A limit over time, asked instant by instant. */
interface Timeline {

    /** No limit, ever. */
    Timeline NONE = at -> Piece.none(Instant.MAX);

    /** What holds at an instant. */
    Piece at(Instant instant);

    /**
     * What holds at an instant and certainly until another.
     *
     * @param limitW W; infinite = no limit
     * @param leastW with less than this the vehicle does not charge well, W; 0 = not said
     * @param until later than the instant that was asked for
     */
    record Piece(double limitW, double leastW, Instant until) {

        static Piece none(Instant until) {
            return new Piece(Double.POSITIVE_INFINITY, 0, until);
        }

        boolean limits() {
            return limitW != Double.POSITIVE_INFINITY;
        }

        Piece until(Instant other) {
            return other.isBefore(until) ? new Piece(limitW, leastW, other) : this;
        }
    }

    /**
     * A limit from its start to the next one.
     *
     * @param limitW W; infinite = no limit
     */
    record Step(Instant start, double limitW) {
    }

    /** The first of these that has a limit at the moment. */
    static Timeline firstOf(List<Timeline> timelines) {
        return instant -> {
            Instant until = Instant.MAX;
            for (Timeline timeline : timelines) {
                Piece piece = timeline.at(instant).until(until);
                if (piece.limits()) {
                    return piece;
                }
                until = piece.until();
            }
            return Piece.none(until);
        };
    }

    /** The least of both. */
    default Timeline atMost(Timeline other) {
        return instant -> {
            Piece one = at(instant);
            Piece two = other.at(instant);
            return new Piece(Math.min(one.limitW(), two.limitW()), Math.max(one.leastW(), two.leastW()), one.until()).until(two.until());
        };
    }

    /** A limit of so many watts at all times. */
    static Timeline constant(double limitW) {
        return instant -> new Piece(limitW, 0, Instant.MAX);
    }

    /** A pause instead of less than the vehicle can use well. */
    default Timeline pausedBelowLeast() {
        return instant -> {
            Piece piece = at(instant);
            return piece.limitW() < piece.leastW() ? new Piece(0, 0, piece.until()) : piece;
        };
    }

    /** The sum of all. */
    static Timeline sum(List<Timeline> timelines) {
        return instant -> {
            Piece sum = new Piece(0, 0, Instant.MAX);
            for (Timeline timeline : timelines) {
                Piece piece = timeline.at(instant);
                sum = new Piece(sum.limitW() + piece.limitW(), 0, sum.until()).until(piece.until());
            }
            return sum;
        };
    }

    /**
     * The steps from an instant on; neighbours differ.
     *
     * @param max no more than so many; the last one then goes on for longer than is true
     */
    default List<Step> steps(Instant from, Instant until, int max) {
        List<Step> steps = new ArrayList<>();
        double last = Double.NaN;
        for (Instant instant = from; instant.isBefore(until);) {
            Piece piece = at(instant);
            if (piece.limitW() != last) {
                if (steps.size() == max) {
                    break;
                }
                steps.add(new Step(instant, piece.limitW()));
                last = piece.limitW();
            }
            instant = piece.until();
        }
        return steps;
    }
}
