package dcocpp.plcsim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contract between host and PLC, as its DBC says: packs and unpacks frames by the names of messages and signals. Little endian signals
 * of at most 32 bits, one level of multiplexing. Immutable.
 */
public final class Dbc {

    private static final Pattern MESSAGE = Pattern.compile("BO_ (\\d+) (\\w+) ?: (\\d+) (\\w+)");
    private static final Pattern SIGNAL = Pattern.compile(" SG_ (\\w+)( M| m\\d+)? ?: (\\d+)\\|(\\d+)@1([+-]) \\(([^,]+),([^)]+)\\) .*");
    private static final Pattern PROTECTED = Pattern.compile("BA_ \"CrcProtected\" BO_ (\\d+) 1;");
    private static final long EXTENDED = 0x8000_0000L;
    private static final int BYTES = 8;
    private static final int CHECKSUM_AT = 7;

    private final Map<String, Message> byName = new LinkedHashMap<>();
    private final Map<Integer, Message> byBase = new LinkedHashMap<>();

    private Dbc(BufferedReader lines) throws IOException {
        List<String> text = lines.lines().toList();
        Set<Long> checksummed = new HashSet<>();
        for (String line : text) {
            Matcher matcher = PROTECTED.matcher(line);
            if (matcher.matches()) {
                checksummed.add(Long.parseLong(matcher.group(1)));
            }
        }
        Message current = null;
        for (String line : text) {
            Matcher message = MESSAGE.matcher(line);
            if (message.matches()) {
                long id = Long.parseLong(message.group(1));
                current = new Message(message.group(2), (int) (id - EXTENDED), message.group(4), checksummed.contains(id),
                        new ArrayList<>());
                byName.put(current.name, current);
                byBase.put(current.base, current);
            } else if (line.startsWith(" SG_ ")) {
                current.signals.add(signal(line));
            }
        }
    }

    private static Signal signal(String line) throws IOException {
        Matcher parts = SIGNAL.matcher(line);
        if (!parts.matches()) {
            throw new IOException("the DBC has a signal that is not understood: " + line);
        }
        String multiplexer = parts.group(2) == null ? "" : parts.group(2).trim();
        return new Signal(parts.group(1), Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)), parts.group(5).equals("-"),
                Double.parseDouble(parts.group(6)), Double.parseDouble(parts.group(7)), multiplexer);
    }

    /** The contract that comes with this program. */
    public static Dbc contract() {
        try (InputStream in = Dbc.class.getResourceAsStream("dc_charger.dbc")) {
            return new Dbc(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the DBC of this program cannot be read", e);
        }
    }

    /** The message of this name. */
    public Message message(String name) {
        Message message = byName.get(name);
        if (message == null) {
            throw new IllegalArgumentException("the DBC has no message " + name);
        }
        return message;
    }

    /** The message with this identifier, whatever its PLC. */
    public Optional<Message> of(int id) {
        return Optional.ofNullable(byBase.get(id & ~0xF));
    }

    /** All messages. */
    public List<Message> messages() {
        return List.copyOf(byName.values());
    }

    /** The checksum over bytes 0 to 6: CRC-8, polynomial 0x07, bit by bit. */
    static int checksum(byte[] data) {
        int remainder = 0;
        for (int bit = 0; bit < CHECKSUM_AT * 8; bit++) {
            int in = data[bit / 8] >> 7 - bit % 8 & 1;
            boolean carry = (remainder >> 7 & 1) != in;
            remainder = remainder << 1 & 0xFF ^ (carry ? 0x07 : 0);
        }
        return remainder;
    }

    /**
     * A message.
     *
     * @param name its name
     * @param base its identifier for plcId 0
     * @param sender HOST or PLC
     * @param checksummed byte 7 is a checksum
     * @param signals its signals
     */
    public record Message(String name, int base, String sender, boolean checksummed, List<Signal> signals) {

        /** The identifier for one PLC. */
        public int id(int plcId) {
            return base | plcId;
        }

        /**
         * Packs physical values; what is not named is 0, the checksum is added.
         *
         * @throws IllegalArgumentException for an unknown signal, or a value that does not fit
         */
        public byte[] encode(Map<String, ? extends Number> values) {
            byte[] data = new byte[BYTES];
            int used = 0;
            for (Signal signal : signals) {
                Number value = values.get(signal.name);
                if (value != null) {
                    signal.write(data, value.doubleValue());
                    used++;
                }
            }
            if (used != values.size()) {
                throw new IllegalArgumentException(name + " has not all of the signals " + values.keySet());
            }
            if (checksummed) {
                data[CHECKSUM_AT] = (byte) checksum(data);
            }
            return data;
        }

        /** The physical values of the signals that this frame carries; those of other multiplexer pages are left out. */
        public Map<String, Double> decode(byte[] data) {
            double page = signals.stream().filter(signal -> signal.multiplexer.equals("M")).findFirst().map(signal -> signal.read(data))
                    .orElse(0.0);
            Map<String, Double> values = new LinkedHashMap<>();
            for (Signal signal : signals) {
                if (!signal.multiplexer.startsWith("m") || signal.multiplexer.equals("m" + (int) page)) {
                    values.put(signal.name, signal.read(data));
                }
            }
            return values;
        }

        /** Whether eight bytes carry the right checksum. */
        public boolean intact(byte[] data) {
            return checksum(data) == (data[CHECKSUM_AT] & 0xFF);
        }

        /** Whether a bit is set that belongs to no signal. */
        public boolean usesReserved(byte[] data) {
            long rest = bits(data);
            for (Signal signal : signals) {
                rest &= ~(signal.mask() << signal.start);
            }
            return rest != 0;
        }
    }

    /**
     * A signal.
     *
     * @param name its name
     * @param start lowest bit
     * @param length bits
     * @param signed two's complement
     * @param factor physical value of one step
     * @param offset physical value of 0
     * @param multiplexer {@code M} chooses the page, {@code m0}, {@code m1}… belong to one, empty is on all
     */
    public record Signal(String name, int start, int length, boolean signed, double factor, double offset, String multiplexer) {

        long mask() {
            return (1L << length) - 1;
        }

        double read(byte[] data) {
            long raw = bits(data) >>> start & mask();
            long value = signed && raw >> length - 1 != 0 ? raw - (1L << length) : raw;
            return value * factor + offset;
        }

        void write(byte[] data, double physical) {
            long raw = Math.round((physical - offset) / factor);
            long least = signed ? -(1L << length - 1) : 0;
            if (raw < least || raw > least + mask()) {
                throw new IllegalArgumentException(name + " cannot be " + physical);
            }
            for (int i = 0; i < length; i++) {
                int at = start + i;
                data[at / 8] |= (byte) ((raw >> i & 1) << at % 8);
            }
        }
    }

    private static long bits(byte[] data) {
        long bits = 0;
        for (int i = Math.min(BYTES, data.length) - 1; i >= 0; i--) {
            bits = bits << 8 | data[i] & 0xFF;
        }
        return bits;
    }
}
