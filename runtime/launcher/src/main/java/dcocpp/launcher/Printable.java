package dcocpp.launcher;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text from elsewhere, made fit for a terminal. */
public final class Printable {
    /** C0, DEL, C1, and what turns the direction of writing or ends a line. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

    private Printable() {
    }

    /** One line in which each control character is written as JSON would escape it: it moves no cursor and hides nothing. */
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll(
                found -> Matcher.quoteReplacement(String.format(Locale.ROOT, "\\u%04x", (int) found.group().charAt(0))));
    }
}
