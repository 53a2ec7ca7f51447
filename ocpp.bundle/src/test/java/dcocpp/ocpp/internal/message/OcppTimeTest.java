package dcocpp.ocpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OcppTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123Z, 2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123456789Z",
        "2026-01-31T12:00:00+00:00, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456+00:00, 2026-01-31T12:00:00.123456Z",
        "2026-01-31T14:00:00+02:00, 2026-01-31T12:00:00Z",
        "2026-01-31T07:30:00-04:30, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.5, 2026-01-31T12:00:00.500Z",
        "2026-01-31T12:00, 2026-01-31T12:00:00Z",
        "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z"})
    void everyFormThatBackOfficesSendIsRead(String text, Instant expected) {
        assertEquals(Optional.of(expected), OcppTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "2026-01-31", "12:00:00Z", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "1769860800",
        "2026-01-31 12:00:00Z"})
    void whatIsNoTimeIsNone(String text) {
        assertTrue(OcppTime.parse(text).isEmpty());
    }

    @Test
    void itIsWrittenAsTheFormatterOfTheLibraryWritesIt() {
        DateTimeFormatter library = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 300_000_000_000L), random.nextInt(1_000_000_000));
            assertEquals(library.format(time), OcppTime.format(time));
        }
    }

    @Test
    void itIsWrittenInUtcWithMilliseconds() {
        assertEquals("2026-01-31T12:00:00.000Z", OcppTime.format(Instant.parse("2026-01-31T12:00:00Z")));
        assertEquals("2026-01-31T12:00:00.123Z", OcppTime.format(Instant.parse("2026-01-31T12:00:00.123999Z")));
    }
}
