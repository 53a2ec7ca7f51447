package dcocpp.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
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

    /** Whether only this machine reaches it. */
    boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Tries whether one can listen there, so that a port that is taken is told before anything starts.
     *
     * @throws LaunchException when one cannot
     */
    void requireFree() throws LaunchException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot listen on " + this + ": " + e.getMessage()
                    + "; choose another address with --console, or end what listens there", e);
        }
    }

    /** {@code HOST:PORT}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
