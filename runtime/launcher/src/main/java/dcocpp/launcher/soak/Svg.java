package dcocpp.launcher.soak;

import java.util.Locale;
import java.util.function.DoubleFunction;

/** The frame of a plot: title, axes with units, legend; the curves are drawn into it. Dark on light, no script, no style, no link. */
final class Svg {

    static final String INK = "#17212e";
    static final double LEFT = 70;
    static final double TOP = 58;
    static final double WIDTH = 860;

    private static final String SOFT = "#5b6a7c";
    private static final String LINE = "#dde3ea";
    private static final double RIGHT = 24;
    private static final double BOTTOM = 48;
    private static final double LEGEND_MARK = 18;
    /** Of a character of the legend, generously. */
    private static final double CHARACTER = 7;
    private static final int STEPS_ACROSS = 12;
    private static final int STEPS_UP = 6;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double HOURS_FROM = 3 * SECONDS_PER_HOUR;

    private final StringBuilder text = new StringBuilder(8192);
    private final double height;
    private final double endSeconds;
    private double legendEnd = LEFT;

    /**
     * A plot.
     *
     * @param height of what is between the axes, in pixels
     * @param endSeconds right end of the time axis, s
     */
    Svg(String title, double height, double endSeconds) {
        this.height = height;
        this.endSeconds = Math.max(1, endSeconds);
        String size = number(LEFT + WIDTH + RIGHT) + " " + number(TOP + height + BOTTOM);
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(size).append("\" width=\"")
                .append(number(LEFT + WIDTH + RIGHT)).append("\" height=\"").append(number(TOP + height + BOTTOM))
                .append("\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>").append(escaped(title))
                .append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        words(LEFT, 22, "start", INK, title, "font-size=\"15\" font-weight=\"600\"");
        timeAxis();
    }

    private void timeAxis() {
        double unit = endSeconds >= HOURS_FROM ? SECONDS_PER_HOUR : SECONDS_PER_MINUTE;
        double step = step(endSeconds / unit, STEPS_ACROSS);
        for (double at = 0; at * unit <= endSeconds * (1 + 1e-9); at += step) {
            line(x(at * unit), TOP, x(at * unit), TOP + height, LINE, 1);
            words(x(at * unit), TOP + height + 18, "middle", SOFT, tick(at, step), "");
        }
        words(LEFT + WIDTH, TOP + height + 38, "end", SOFT, unit == SECONDS_PER_HOUR ? "time, h" : "time, min", "");
    }

    /** The axis on the left, from 0 to at least this value. What it returns gives the height of a value. */
    DoubleFunction<Double> valueAxis(double greatest, String unit) {
        double step = step(greatest <= 0 ? 1 : greatest, STEPS_UP);
        double top = step * Math.max(1, Math.ceil(greatest / step - 1e-9));
        DoubleFunction<Double> y = value -> TOP + height * (1 - value / top);
        for (double value = 0; value <= top * (1 + 1e-9); value += step) {
            line(LEFT, y.apply(value), LEFT + WIDTH, y.apply(value), LINE, 1);
            words(LEFT - 8, y.apply(value) + 4, "end", SOFT, tick(value, step), "");
        }
        words(4, TOP - 12, "start", SOFT, unit, "");
        return y;
    }

    /** The next of 1, 2, 5, 10, ... of which no more than so many make up the whole. */
    private static double step(double whole, int most) {
        double rough = whole / most;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String tick(double value, double step) {
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    double x(double seconds) {
        return LEFT + WIDTH * seconds / endSeconds;
    }

    /** What a colour stands for, in a row below the title. */
    void legend(String name, String colour) {
        double at = legendEnd;
        legendEnd += LEGEND_MARK + CHARACTER * (name.length() + 2);
        text.append("<rect x=\"").append(number(at)).append("\" y=\"32\" width=\"").append(number(LEGEND_MARK - 4))
                .append("\" height=\"8\" fill=\"").append(colour).append("\"/>\n");
        words(at + LEGEND_MARK, 40, "start", INK, name, "");
    }

    void line(double fromX, double fromY, double toX, double toY, String colour, double width) {
        text.append("<line x1=\"").append(number(fromX)).append("\" y1=\"").append(number(fromY)).append("\" x2=\"").append(number(toX))
                .append("\" y2=\"").append(number(toY)).append("\" stroke=\"").append(colour).append("\" stroke-width=\"")
                .append(number(width)).append("\"/>\n");
    }

    void bar(double x, double y, double width, double barHeight, String colour) {
        text.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" width=\"").append(number(width))
                .append("\" height=\"").append(number(barHeight)).append("\" fill=\"").append(colour).append("\"/>\n");
    }

    void dot(double x, double y, String colour) {
        text.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y)).append("\" r=\"3\" fill=\"").append(colour)
                .append("\"/>\n");
    }

    /** A curve through points, given as {@code x,y x,y ...}. */
    void curve(String points, String colour) {
        text.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" stroke-width=\"1.5\" points=\"").append(points)
                .append("\"/>\n");
    }

    void label(double x, double y, String anchor, String words) {
        words(x, y, anchor, INK, words, "");
    }

    private void words(double x, double y, String anchor, String colour, String words, String more) {
        text.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" text-anchor=\"").append(anchor)
                .append("\" fill=\"").append(colour).append("\" ").append(more).append('>').append(escaped(words)).append("</text>\n");
    }

    static String number(double value) {
        String number = String.format(Locale.ROOT, "%.1f", value);
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
