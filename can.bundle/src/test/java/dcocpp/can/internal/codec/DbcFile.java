package dcocpp.can.internal.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a DBC as the codec is made from; what it does not understand of messages and signals is refused. */
public final class DbcFile {

    /** From the module's folder. */
    public static final Path PATH = Path.of("..", "docs", "can", "dc_charger.dbc");

    private static final Pattern MESSAGE = Pattern.compile("BO_ (\\d+) (\\w+): (\\d+) (\\w+)");
    private static final Pattern SIGNAL = Pattern.compile(
            " SG_ (\\w+)(?: (M|m\\d+))? ?: (\\d+)\\|(\\d+)@([01])([+-]) \\(([-\\d.]+),([-\\d.]+)\\) "
                    + "\\[([-\\d.]+)\\|([-\\d.]+)\\] \"([^\"]*)\" .*");
    private static final Pattern CHECKSUMMED = Pattern.compile("BA_ \"CrcProtected\" BO_ (\\d+) 1;");
    private static final Pattern CYCLE = Pattern.compile("BA_ \"GenMsgCycleTime\" BO_ (\\d+) (\\d+);");
    private static final Pattern VALUES = Pattern.compile("VAL_ (\\d+) (\\w+) (.*);");
    private static final Pattern VALUE = Pattern.compile("(\\d+) \"(\\w+)\"");
    private static final long EXTENDED = 0x8000_0000L;

    public final Map<String, Entry> messages = new LinkedHashMap<>();

    /** A message; what is said behind it is filled in later. */
    public static final class Entry {
        public final String name;
        public final int id;
        public final int length;
        public final String sender;
        public final Map<String, Bits> signals = new LinkedHashMap<>();
        public final Map<String, Map<Integer, String>> values = new LinkedHashMap<>();
        public boolean checksummed;
        public int cycleMillis;

        Entry(String name, int id, int length, String sender) {
            this.name = name;
            this.id = id;
            this.length = length;
            this.sender = sender;
        }
    }

    /** A signal; {@code page} is -1 for one that is always there. */
    public record Bits(int start, int length, boolean littleEndian, boolean signed, double factor, double offset, double min, double max,
            String unit, boolean multiplexer, int page) {
    }

    public static DbcFile read() throws IOException {
        DbcFile file = new DbcFile();
        Entry current = null;
        for (String line : Files.readAllLines(PATH)) {
            Matcher message = MESSAGE.matcher(line);
            Matcher signal = SIGNAL.matcher(line);
            if (message.matches()) {
                current = new Entry(message.group(2), id(message), Integer.parseInt(message.group(3)), message.group(4));
                file.messages.put(current.name, current);
            } else if (signal.matches() && current != null) {
                current.signals.put(signal.group(1), bits(signal));
            } else if (line.startsWith(" SG_") || line.startsWith("BO_ ")) {
                throw new IOException("cannot read " + line);
            } else {
                file.behind(line);
            }
        }
        return file;
    }

    private static Bits bits(Matcher signal) {
        String multiplexer = signal.group(2) == null ? "" : signal.group(2);
        return new Bits(Integer.parseInt(signal.group(3)), Integer.parseInt(signal.group(4)), signal.group(5).equals("1"),
                signal.group(6).equals("-"), Double.parseDouble(signal.group(7)), Double.parseDouble(signal.group(8)),
                Double.parseDouble(signal.group(9)), Double.parseDouble(signal.group(10)), signal.group(11), multiplexer.equals("M"),
                multiplexer.startsWith("m") ? Integer.parseInt(multiplexer.substring(1)) : -1);
    }

    private void behind(String line) throws IOException {
        Matcher checksummed = CHECKSUMMED.matcher(line);
        Matcher cycle = CYCLE.matcher(line);
        Matcher values = VALUES.matcher(line);
        if (checksummed.matches()) {
            entry(checksummed).checksummed = true;
        } else if (cycle.matches()) {
            entry(cycle).cycleMillis = Integer.parseInt(cycle.group(2));
        } else if (values.matches()) {
            Map<Integer, String> table = new TreeMap<>();
            Matcher value = VALUE.matcher(values.group(3));
            while (value.find()) {
                table.put(Integer.parseInt(value.group(1)), value.group(2));
            }
            entry(values).values.put(values.group(2), table);
        } else if (line.startsWith("VAL_ ")) {
            throw new IOException("cannot read " + line);
        }
    }

    private Entry entry(Matcher line) {
        int id = id(line);
        return messages.values().stream().filter(entry -> entry.id == id).findFirst().orElseThrow();
    }

    private static int id(Matcher line) {
        return (int) (Long.parseLong(line.group(1)) - EXTENDED);
    }
}
