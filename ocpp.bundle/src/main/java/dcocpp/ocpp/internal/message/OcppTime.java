package dcocpp.ocpp.internal.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** The dateTime of OCPP: written in UTC with milliseconds, read in every form that back offices send. */
public final class OcppTime {
    private static final DateTimeFormatter OUT = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private OcppTime() {
    }

    /** Such as {@code 2026-01-31T12:00:00.000Z}. */
    public static String format(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            return OUT.format(time);
        }
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        put(utc.getYear(), 3, text);
        put(utc.getMonthValue(), 6, text);
        put(utc.getDayOfMonth(), 9, text);
        put(utc.getHour(), 12, text);
        put(utc.getMinute(), 15, text);
        put(utc.getSecond(), 18, text);
        put(utc.getNano() / 1_000_000, 22, text);
        return new String(text);
    }

    /** Puts the digits of a number over zeros, the last one at this place. */
    private static void put(int number, int last, char[] text) {
        int at = last;
        for (int rest = number; rest > 0; rest /= 10) {
            text[at--] = (char) ('0' + rest % 10);
        }
    }

    /** Whether {@link #parse} would read it; quick for the form that nearly everybody sends, {@code 2026-01-31T12:00:00.000Z}. */
    static boolean isTime(String text) {
        return isPlain(text) || parse(text).isPresent();
    }

    /** The 29th of February is left to the formatter. */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length != 20 && length != 24 || text.charAt(length - 1) != 'Z' || text.charAt(4) != '-' || text.charAt(7) != '-'
                || text.charAt(10) != 'T' || text.charAt(13) != ':' || text.charAt(16) != ':' || length == 24 && text.charAt(19) != '.') {
            return false;
        }
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        return digits(text, 0, 4) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= Month.of(month).minLength()
                && within(digits(text, 11, 13), 23) && within(digits(text, 14, 16), 59) && within(digits(text, 17, 19), 59)
                && (length == 20 || digits(text, 20, 23) >= 0);
    }

    private static boolean within(int number, int max) {
        return number >= 0 && number <= max;
    }

    /** The number that the digits from one place to another make; negative if one is no digit. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Reads a time with {@code Z}, with an offset or without zone (then it is UTC), with or without a fraction. */
    public static Optional<Instant> parse(String text) {
        try {
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from,
                    LocalDateTime::from);
            return Optional.of(parsed instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
