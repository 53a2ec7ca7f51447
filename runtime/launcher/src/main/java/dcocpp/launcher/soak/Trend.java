package dcocpp.launcher.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A straight line through a series, by Theil and Sen: the median of the slopes between all pairs of points. Up to a quarter of them may be
 * anything without moving it far, which spikes and the saw of a heap are.
 *
 * @param fromSeconds time of the first point, s
 * @param toSeconds time of the last point, s
 * @param from value of the line at the first point
 * @param to value of the line at the last point
 */
record Trend(double fromSeconds, double toSeconds, double from, double to) {

    /** Pairs grow with the square of the points. */
    private static final int MOST = 500;
    private static final int LEAST = 4;

    /** A point of a series. */
    record Point(double seconds, double value) {
    }

    /** The line through a series; null when it has fewer than four points, through which any line goes. */
    static Trend of(List<Point> series) {
        if (series.size() < LEAST) {
            return null;
        }
        List<Point> points = thinned(series);
        double[] slopes = new double[points.size() * (points.size() - 1) / 2];
        int count = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double seconds = points.get(j).seconds() - points.get(i).seconds();
                if (seconds > 0) {
                    slopes[count++] = (points.get(j).value() - points.get(i).value()) / seconds;
                }
            }
        }
        double slope = median(Arrays.copyOf(slopes, count));
        double intercept = median(points.stream().mapToDouble(point -> point.value() - slope * point.seconds()).toArray());
        double first = series.get(0).seconds();
        double last = series.get(series.size() - 1).seconds();
        return new Trend(first, last, intercept + slope * first, intercept + slope * last);
    }

    /** Medians of as many neighbours as it takes. */
    private static List<Point> thinned(List<Point> series) {
        int each = (series.size() + MOST - 1) / MOST;
        if (each == 1) {
            return series;
        }
        List<Point> thin = new ArrayList<>();
        for (int i = 0; i < series.size(); i += each) {
            List<Point> some = series.subList(i, Math.min(series.size(), i + each));
            thin.add(new Point(median(some.stream().mapToDouble(Point::seconds).toArray()),
                    median(some.stream().mapToDouble(Point::value).toArray())));
        }
        return thin;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length == 0 ? 0 : values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** By how much it rises from the first point to the last; negative = it falls. */
    double growth() {
        return to - from;
    }

    /** The same in percent of the first value. */
    double growthPercent() {
        return from == 0 ? 0 : 100 * growth() / from;
    }
}
