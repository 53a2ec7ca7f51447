package dcocpp.canlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code candump -L} and {@code candump -l}: {@code (1436509052.249713) can0 00000162#062A1400100E0023}. An identifier of
 * eight digits is one of 29 bits (or an error frame), one of three is one of 11 bits. Other programs leave leading zeros out; what has
 * any other number of digits is read as 29 bits when it has more than three or a value above 7FF, and else as 11 bits.
 */
public final class CandumpLog {

    private static final Pattern LINE = Pattern.compile(
            "\\s*\\((\\d{1,10})\\.(\\d{1,9})\\)\\s+([^\\s()#]{1,15})\\s+([0-9A-Fa-f]{1,8})#(R[0-8]?|[0-9A-Fa-f.]*)(?:\\s+[RT])?\\s*");
    private static final long NANOS = 1_000_000_000L;
    private static final int STANDARD_DIGITS = 3;

    private CandumpLog() {
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none, with what is wrong for people
     */
    public static LoggedFrame parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line.contains("##") ? "CAN FD is not on this bus: " + shown(line)
                    : "no line of candump, such as (1436509052.249713) can0 00000162#062A1400100E0023: " + shown(line));
        }
        long fraction = Long.parseLong((parts.group(2) + "00000000").substring(0, 9));
        long nanos = Long.parseLong(parts.group(1)) * NANOS + fraction;
        int rawId = rawId(parts.group(4));
        String data = parts.group(5);
        if (data.startsWith("R")) {
            int length = data.length() == 1 ? 0 : data.charAt(1) - '0';
            return new LoggedFrame(nanos, parts.group(3), rawId | LoggedFrame.REMOTE, length, 0);
        }
        String digits = data.replace(".", "");
        if (digits.length() % 2 != 0 || digits.length() > 2 * LoggedFrame.MAX_LENGTH) {
            throw new IllegalArgumentException("data are 0 to 8 bytes of two digits, not " + data);
        }
        long payload = 0;
        for (int i = digits.length(); i > 0; i -= 2) {
            payload = payload << 8 | Integer.parseInt(digits.substring(i - 2, i), 16);
        }
        return new LoggedFrame(nanos, parts.group(3), rawId, digits.length() / 2, payload);
    }

    private static int rawId(String digits) {
        long id = Long.parseLong(digits, 16);
        if (digits.length() <= STANDARD_DIGITS && id <= LoggedFrame.STANDARD_MASK) {
            return (int) id;
        }
        if ((id & Integer.toUnsignedLong(LoggedFrame.ERROR)) != 0 && id <= (LoggedFrame.ERROR | LoggedFrame.EXTENDED_MASK)) {
            return (int) id;
        }
        if (id > LoggedFrame.EXTENDED_MASK) {
            throw new IllegalArgumentException("an identifier has at most 29 bits, not " + digits);
        }
        return (int) id | LoggedFrame.EXTENDED;
    }

    private static String shown(String line) {
        String text = line.strip();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** The frame as a line, with microseconds as candump has them. */
    public static String format(LoggedFrame frame) {
        StringBuilder line = new StringBuilder(64);
        line.append(String.format("(%010d.%06d) %s ", frame.epochNanos() / NANOS, frame.epochNanos() % NANOS / 1000, frame.iface()));
        boolean wide = frame.extended() || frame.error();
        line.append(String.format(wide ? "%08X#" : "%03X#",
                frame.error() ? frame.rawId() & (LoggedFrame.ERROR | LoggedFrame.EXTENDED_MASK) : frame.id()));
        if (frame.remote()) {
            return line.append('R').append(frame.length() == 0 ? "" : frame.length()).toString();
        }
        for (int i = 0; i < frame.length(); i++) {
            line.append(String.format("%02X", frame.payload() >>> 8 * i & 0xFF));
        }
        return line.toString();
    }
}
