package dcocpp.hwsim.internal.physics;

/** A value over the state of charge: straight lines between points, constant outside. */
public final class Curve {

    private final double[] x;
    private final double[] y;

    /**
     * A curve through points.
     *
     * @param points pairs of state of charge in % and value, in ascending order of the state of charge
     */
    public Curve(double[][] points) {
        if (points.length == 0) {
            throw new IllegalArgumentException("a curve has at least one point");
        }
        x = new double[points.length];
        y = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            if (points[i].length != 2 || !Double.isFinite(points[i][0]) || !Double.isFinite(points[i][1])) {
                throw new IllegalArgumentException("point " + i + " of a curve is not a pair of numbers");
            }
            x[i] = points[i][0];
            y[i] = points[i][1];
            if (i > 0 && x[i] <= x[i - 1]) {
                throw new IllegalArgumentException("the points of a curve ascend, but " + x[i] + " follows " + x[i - 1]);
            }
        }
    }

    /** The value at this state of charge. */
    public double at(double socPercent) {
        if (socPercent <= x[0]) {
            return y[0];
        }
        for (int i = 1; i < x.length; i++) {
            if (socPercent <= x[i]) {
                return y[i - 1] + (y[i] - y[i - 1]) * (socPercent - x[i - 1]) / (x[i] - x[i - 1]);
            }
        }
        return y[y.length - 1];
    }
}
