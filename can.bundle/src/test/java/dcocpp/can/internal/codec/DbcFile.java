package dcocpp.can.internal.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a DBC as is needed to compare the codec with it. */
final class DbcFile {

    private static final Pattern MESSAGE = Pattern.compile("BO_ (\\d+) (\\w+): (\\d+) (\\w+)");
    private static final Pattern SIGNAL = Pattern.compile(
            " SG_ (\\w+)(?: (M|m\\d+))? ?: (\\d+)\\|(\\d+)@([01])([+-]) \\(([-\\d.]+),([-\\d.]+)\\).*");
    private static final Pattern CHECKSUMMED = Pattern.compile("BA_ \"CrcProtected\" BO_ (\\d+) 1;");
    private static final long EXTENDED = 0x8000_0000L;

    final Map<String, Entry> messages = new LinkedHashMap<>();

    record Entry(long id, int length, String sender, Map<String, Bits> signals, boolean[] checksummed) {
    }

    record Bits(int start, int length, boolean littleEndian, boolean signed, double factor, double offset, int page) {
    }

    static DbcFile read(Path path) throws IOException {
        DbcFile file = new DbcFile();
        Entry current = null;
        for (String line : Files.readAllLines(path)) {
            Matcher message = MESSAGE.matcher(line);
            Matcher signal = SIGNAL.matcher(line);
            Matcher checksummed = CHECKSUMMED.matcher(line);
            if (message.matches()) {
                current = new Entry(Long.parseLong(message.group(1)) - EXTENDED, Integer.parseInt(message.group(3)), message.group(4),
                        new LinkedHashMap<>(), new boolean[1]);
                file.messages.put(message.group(2), current);
            } else if (signal.matches() && current != null) {
                String multiplexer = signal.group(2);
                boolean paged = multiplexer != null && !multiplexer.equals("M");
                int page = paged ? Integer.parseInt(multiplexer.substring(1)) : Signal.EVERY_PAGE;
                current.signals.put(signal.group(1),
                        new Bits(Integer.parseInt(signal.group(3)), Integer.parseInt(signal.group(4)), signal.group(5).equals("1"),
                                signal.group(6).equals("-"), Double.parseDouble(signal.group(7)), Double.parseDouble(signal.group(8)), page));
            } else if (line.startsWith(" SG_")) {
                throw new IOException("cannot read " + line);
            } else if (checksummed.matches()) {
                long id = Long.parseLong(checksummed.group(1)) - EXTENDED;
                file.messages.values().stream().filter(entry -> entry.id == id).forEach(entry -> entry.checksummed[0] = true);
            }
        }
        return file;
    }
}
