package dcocpp.ocpp.internal.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
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

    public static String format(Instant time) {
        return OUT.format(time);
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
