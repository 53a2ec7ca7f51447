package dcocpp.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the charger listens for HTTP.
 *
 * @param console whether the web console is served; {@code /api} always is
 * @param host    address or name of the interface
 * @param port    0 = any free one
 */
public record ConsoleAddress(boolean console, String host, int port) {
    /** The console on 127.0.0.1:8080. */
    public static final ConsoleAddress DEFAULT = new ConsoleAddress(true, "127.0.0.1", 8080);
    /** No console; the API on any free port of the loopback interface. */
    public static final ConsoleAddress OFF = new ConsoleAddress(false, "127.0.0.1", 0);

    private static final Pattern HOST_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]+):(\\d{1,5})");
    private static final int MAX_PORT = 65535;

    /**
     * Reads {@code HOST:PORT} or {@code off}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static ConsoleAddress parse(String text) {
        if (text.equals("off")) {
            return OFF;
        }
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            throw new IllegalArgumentException("\"" + text + "\" is no console address; HOST:PORT such as 127.0.0.1:8080, or off, is");
        }
        return new ConsoleAddress(true, matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
}
