package dcocpp.cantool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import dcocpp.can.internal.codec.Crc8;
import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.HostFrames;
import dcocpp.can.internal.codec.PlcLayout.CpVoltageLevels;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.PlcLayout.SafetySwitchStatus;
import dcocpp.can.internal.codec.Signal;
import dcocpp.canlog.CandumpLog;
import dcocpp.canlog.LoggedFrame;

/** Recordings of a host and one PLC, written here, through the driver. */
class ReplayTest {

    private static final long MS = 1_000_000L;
    private static final long START = 1_700_000_000_000_000_000L;

    private final StringBuilder log = new StringBuilder();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private long now;
    private int sequence = 200;
    private int relays;
    private char cp = 'A';
    private boolean estop;
    private boolean hostSpeaks = true;

    private void line(int id, long payload) {
        log.append(CandumpLog.format(new LoggedFrame(START + now * MS, "can0", LoggedFrame.EXTENDED | id, 8, payload))).append('\n');
    }

    /** Both sides speak every 100 ms; the PLC does and acknowledges what it is told. */
    private void run(int millis) {
        for (long end = now + millis; now < end; now += 100) {
            sequence++;
            if (hostSpeaks) {
                line(0x342, HostFrames.relayControl(relays, 7, false, sequence & 0xFF));
            }
            long status = Signal.put(RelayStatus.LAST_CMD_SEQ_APPLIED, relays, sequence & 0xFF);
            status = Signal.set(RelayStatus.SAFETY_OK, status, !estop);
            status = Signal.set(RelayStatus.ESTOP_INPUT, status, estop);
            line(0x162, Crc8.seal(status));
            line(0x192, Crc8.seal(Signal.set(SafetySwitchStatus.ESTOP_INPUT, Signal.set(SafetySwitchStatus.SAFETY_OK, 0, !estop), estop)));
            line(0x432, Signal.put(CpVoltageLevels.CP_STATE, 0, cp));
        }
    }

    private boolean replay() throws IOException {
        Replay replay = new Replay(CrcMode.STRICT, 9, "", new PrintWriter(out));
        return replay.replay(new BufferedReader(new StringReader(log.toString())), new PrintWriter(err));
    }

    @Test
    void changesOfAConnectorArePrintedWithTheirTime() throws IOException {
        run(1000);
        cp = 'B';
        run(1000);
        estop = true;
        run(500);
        assertTrue(replay(), err.toString());
        String text = out.toString();
        assertTrue(text.contains("plc 2"), text);
        assertTrue(text.lines().anyMatch(line -> line.trim().startsWith("1.0") && line.contains("cp A -> B")), text);
        assertTrue(text.lines().anyMatch(line -> line.trim().startsWith("2.0") && line.contains("EMERGENCY_STOP")), text);
        assertTrue(text.lines().noneMatch(line -> line.contains("plc 3")), text);
        assertTrue(text.lines().reduce((a, b) -> b).orElseThrow().endsWith("end of the recording"), text);
    }

    @Test
    void whatTheHostClosedIsNoWeldAndItsAcknowledgesCount() throws IOException {
        run(500);
        relays = HostFrames.RELAY_MODULE_0;
        run(3000);
        assertTrue(replay(), err.toString());
        assertTrue(out.toString().contains("module 0 open -> closed"), out.toString());
        assertFalse(out.toString().contains("WELD"), out.toString());
        assertFalse(out.toString().contains("acknowledge"), out.toString());
    }

    @Test
    void withoutTheHostsFramesTheFeedbackIsTheCommand() throws IOException {
        hostSpeaks = false;
        run(500);
        relays = HostFrames.RELAY_MODULE_1;
        run(3000);
        assertTrue(replay(), err.toString());
        assertTrue(out.toString().contains("module 1 open -> closed"), out.toString());
        assertFalse(out.toString().contains("WELD"), out.toString());
    }

    @Test
    void aSilentPlcIsLostOnTheRecordingsClock() throws IOException {
        run(1000);
        now += 2000;
        log.append(CandumpLog.format(new LoggedFrame(START + now * MS, "can0", LoggedFrame.EXTENDED | 0x7FF, 0, 0))).append('\n');
        assertTrue(replay(), err.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.contains("link up -> down") && line.trim().startsWith("1.")),
                out.toString());
    }

    @Test
    void linesOutOfOrderAndRubbishAreToldAndLeftOut() throws IOException {
        run(300);
        log.append("rubbish\n(1.0) can0 00000162#062A1400100E0023\n(1.0) can1 00000162#062A1400100E0023\n");
        run(300);
        assertFalse(replay());
        assertEquals(2, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("before that of the line above"), err.toString());
    }
}
