package dcocpp.canlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class TimingReportTest {

    private static final long MS = 1_000_000;
    private static final int RELAY_CONTROL = 0x8000_0342;

    private static LoggedFrame at(long millis, int rawId) {
        return new LoggedFrame(millis * MS, "can0", rawId, 8, 0x4B00_0000_0006_2A0EL);
    }

    @Test
    void longestGapCountsTheEndsToo() {
        TimingReport report = new TimingReport(List.of(at(100, RELAY_CONTROL), at(150, 0x8000_0162), at(230, RELAY_CONTROL),
                at(330, RELAY_CONTROL)), 125_000);
        assertEquals(130 * MS, report.longestGapNanos(id -> id == RELAY_CONTROL, 100 * MS, 400 * MS));
        assertEquals(170 * MS, report.longestGapNanos(id -> id == RELAY_CONTROL, 100 * MS, 500 * MS));
        assertEquals(500 * MS, report.longestGapNanos(id -> id == 1, 0, 500 * MS));
        assertEquals(100 * MS, report.longestGapNanos(id -> id == RELAY_CONTROL, 230 * MS, 330 * MS));
    }

    @Test
    void loadIsTheBitsOfTheFramesOverThoseThatFit() {
        List<LoggedFrame> frames = new ArrayList<>();
        for (int i = 0; i <= 200; i++) {
            frames.add(at(10 * i, RELAY_CONTROL));
        }
        double one = frames.get(0).bits() / 125_000.0;
        TimingReport report = new TimingReport(frames, 125_000);
        assertEquals(100 * one, report.load(0, 1000 * MS), 1e-12);
        assertEquals(100 * one, report.highestLoadOfASecond(), 1e-12);
        assertEquals(0, new TimingReport(List.of(), 125_000).highestLoadOfASecond());
    }
}
