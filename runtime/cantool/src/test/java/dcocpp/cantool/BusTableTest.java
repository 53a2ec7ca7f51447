package dcocpp.cantool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.canlog.CandumpLog;
import dcocpp.canlog.LoggedFrame;

class BusTableTest {

    private static final long SECOND = 1_000_000_000L;

    private final BusTable table = new BusTable(0);

    private LoggedFrame frame(String line) {
        LoggedFrame frame = CandumpLog.parse(line);
        table.frame(frame);
        return frame;
    }

    private String row(String text, int plcId) {
        return text.lines().filter(line -> line.startsWith("  " + plcId + " ")).findFirst().orElseThrow(() -> new AssertionError(text));
    }

    @Test
    void aRowShowsAgesRelaysAndGaps() {
        frame("(0.100) can0 00000342#0E2A06000000004B");
        frame("(0.350) can0 00000342#0E2A06000000004B");
        frame("(0.400) can0 00000162#062A1400100E0023");
        frame("(0.500) can0 00000432#7A174305C0173E17");
        frame("(0.600) can0 00000212#6810DC051D10DB03");
        frame("(0.700) can0 00000162#062A1400100E0024");
        assertEquals("  2         6  600 ms     C 500 ms   650 ms     250    42/42    -23     -23        yes   0       412.5    98.7     1",
                row(table.text(SECOND), 2));
    }

    @Test
    void loadIsThatOfTheTimeSinceTheLastTable() {
        LoggedFrame frame = frame("(0.1) can0 00000162#062A1400100E0023");
        frame("(0.2) can0 123#00");
        frame("(0.2) can0 20000004#0000000000000000");
        double percent = 100.0 * (frame.bits() + CandumpLog.parse("(0.2) can0 123#00").bits()) / 125_000;
        assertTrue(table.text(SECOND).startsWith(String.format(Locale.ROOT,
                "bus load %.1f %%, 2 frames/s, 1 not of the contract, 1 error frames", percent)));
        assertTrue(table.text(2 * SECOND).startsWith("bus load 0.0 %, 0 frames/s, 0 not of the contract, 0 error frames"));
    }

    @Test
    void anOpenSafetyChainAndForceOffCatchTheEye() {
        frame("(0.1) can0 0000016B#482C840C120E002D");
        frame("(0.1) can0 0000034B#182B000000000036");
        String row = table.text(SECOND).lines().filter(line -> line.startsWith(" 11 ")).findFirst().orElseThrow();
        assertTrue(row.contains("FORCE OFF") && row.contains(" NO ") && row.contains(" 12 "), row);
    }

    @Test
    void aSilentBusIsSaid() {
        assertTrue(table.text(SECOND).contains("no PLC heard yet"));
    }

    @Test
    void withoutAnInterfaceTheReasonIsTold() {
        StringWriter out = new StringWriter();
        BusUnavailableException refused = assertThrows(BusUnavailableException.class,
                () -> new Monitor("dcocpp-none", false, new PrintWriter(out)).run(1));
        assertTrue(refused.getMessage().contains("no SocketCAN") || refused.getMessage().contains("no CAN interface"),
                refused.getMessage());
    }
}
