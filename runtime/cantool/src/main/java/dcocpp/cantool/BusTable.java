package dcocpp.cantool;

import java.util.Arrays;
import java.util.Locale;

import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.HostLayout.RelayControl;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.PlcLayout.CpVoltageLevels;
import dcocpp.can.internal.codec.PlcLayout.EvTargets;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.Signal;
import dcocpp.canlog.LoggedFrame;

/** What passes on the bus, as a table with one line per PLC. Not thread-safe; times are those of one clock. */
public final class BusTable {

    private static final double MILLIS = 1e6;
    private static final double SECOND = 1e9;
    private static final double BITS_PER_SECOND = 125_000;
    private static final String HEADER = "plc  frames/s  status     CP         command    gap    seq/ack  relays  commanded  safe  reason"
            + "  V        A        bad CRC";

    private final Row[] rows = new Row[Message.PLC_ID_MASK + 1];
    private long sinceNanos;
    private long bits;
    private int frames;
    private int strangers;
    private int errors;

    /**
     * @param nowNanos the time from which on the first table counts
     */
    public BusTable(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /** One PLC: payloads and when they came; -1 for never. */
    private static final class Row {
        private int frames;
        private int badChecksums;
        private long statusNanos = -1;
        private long status;
        private long pilotNanos = -1;
        private long pilot;
        private long commandNanos = -1;
        private long command;
        private long longestGapNanos;
        private long targets;
        private boolean measured;
    }

    /** A frame that was seen. */
    public void frame(LoggedFrame frame) {
        if (frame.error()) {
            errors++;
            return;
        }
        frames++;
        bits += frame.bits();
        Message message = FrameDecoder.message(frame);
        if (message == null || frame.length() < message.minimumLength()) {
            strangers++;
            return;
        }
        int plcId = frame.id() & Message.PLC_ID_MASK;
        Row row = rows[plcId] == null ? new Row() : rows[plcId];
        rows[plcId] = row;
        row.frames++;
        if (message.checksummed() && !CrcMode.STRICT.accepts(frame.payload())) {
            row.badChecksums++;
            return;
        }
        take(row, message, frame);
    }

    private static void take(Row row, Message message, LoggedFrame frame) {
        switch (message) {
            case RELAY_STATUS -> {
                row.status = frame.payload();
                row.statusNanos = frame.epochNanos();
            }
            case CP_VOLTAGE_LEVELS -> {
                row.pilot = frame.payload();
                row.pilotNanos = frame.epochNanos();
            }
            case RELAY_CONTROL -> {
                if (row.commandNanos >= 0) {
                    row.longestGapNanos = Math.max(row.longestGapNanos, frame.epochNanos() - row.commandNanos);
                }
                row.command = frame.payload();
                row.commandNanos = frame.epochNanos();
            }
            case EV_TARGETS -> {
                row.targets = frame.payload();
                row.measured = true;
            }
            default -> {
                // Counted, and no column of its own.
            }
        }
    }

    /** The table; load and frame rates are those since the last call. */
    public String text(long nowNanos) {
        double seconds = Math.max(1, nowNanos - sinceNanos) / SECOND;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "bus load %.1f %%, %.0f frames/s, %d not of the contract, "
                + "%d error frames%n%s%n", 100 * bits / seconds / BITS_PER_SECOND, frames / seconds, strangers, errors, HEADER));
        if (Arrays.stream(rows).allMatch(row -> row == null)) {
            text.append(String.format("no PLC heard yet%n"));
        }
        for (int plcId = 0; plcId < rows.length; plcId++) {
            if (rows[plcId] != null) {
                text.append(line(plcId, rows[plcId], seconds, nowNanos)).append(System.lineSeparator());
                rows[plcId].frames = 0;
                rows[plcId].longestGapNanos = 0;
            }
        }
        sinceNanos = nowNanos;
        bits = 0;
        frames = 0;
        strangers = 0;
        errors = 0;
        return text.toString();
    }

    private static String line(int plcId, Row row, double seconds, long nowNanos) {
        boolean status = row.statusNanos >= 0;
        boolean command = row.commandNanos >= 0;
        String pilot = row.pilotNanos < 0 ? "-" : letter(row.pilot) + " " + age(row.pilotNanos, nowNanos);
        String sequence = (command ? String.valueOf(Signal.number(RelayControl.CMD_SEQ, row.command)) : "-") + "/"
                + (status ? String.valueOf(Signal.number(RelayStatus.LAST_CMD_SEQ_APPLIED, row.status)) : "-");
        boolean force = command && Signal.isSet(RelayControl.FORCE_ALL_OFF, row.command);
        return String.format(Locale.ROOT, "%3d  %8.0f  %-9s  %-9s  %-9s  %-5s  %-7s  %-6s  %-9s  %-4s  %-6s  %-7s  %-7s  %d", plcId,
                row.frames / seconds, age(row.statusNanos, nowNanos), pilot, age(row.commandNanos, nowNanos),
                row.longestGapNanos == 0 ? "-" : Math.round(row.longestGapNanos / MILLIS), sequence,
                status ? relays(row.status) : "-", force ? "FORCE OFF" : command ? relays(row.command) : "-",
                status ? Signal.isSet(RelayStatus.SAFETY_OK, row.status) && !Signal.isSet(RelayStatus.SAFETY_ACTIVE, row.status) ? "yes"
                        : "NO" : "-",
                status ? Signal.number(RelayStatus.FAULT_REASON, row.status) : "-",
                row.measured ? Signal.value(EvTargets.EV_PRESENT_V, row.targets) : "-",
                row.measured ? Signal.value(EvTargets.EV_PRESENT_I, row.targets) : "-", row.badChecksums).stripTrailing();
    }

    /** The three relays stand in the same bits of RelayStatus and RelayControl. */
    private static String relays(long payload) {
        return (Signal.isSet(RelayStatus.RLY1_STATE, payload) ? "1" : "-") + (Signal.isSet(RelayStatus.RLY2_STATE, payload) ? "2" : "-")
                + (Signal.isSet(RelayStatus.RLY3_STATE, payload) ? "3" : "-");
    }

    private static String letter(long pilot) {
        int state = Signal.number(CpVoltageLevels.CP_STATE, pilot);
        return state >= 'A' && state <= 'Z' ? String.valueOf((char) state) : "U";
    }

    private static String age(long sinceNanos, long nowNanos) {
        return sinceNanos < 0 ? "-" : Math.max(0, Math.round((nowNanos - sinceNanos) / MILLIS)) + " ms";
    }
}
