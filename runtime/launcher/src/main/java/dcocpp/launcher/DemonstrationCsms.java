package dcocpp.launcher;

import dcocpp.csms.DemoCsms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** The back office of a demonstration: whoever listens at the configured address, or one of our own. */
final class DemonstrationCsms implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final int WS_PORT = 80;

    private final DemoCsms own;
    private final String description;

    private DemonstrationCsms(DemoCsms own, String description) {
        this.own = own;
        this.description = description;
    }

    /**
     * Starts a CSMS at the address unless it is not this machine's or somebody listens there.
     *
     * @param centralSystemUri as configured; empty = none
     */
    static DemonstrationCsms at(String centralSystemUri) throws LaunchException {
        if (centralSystemUri.isEmpty()) {
            return new DemonstrationCsms(null, "none (centralSystemURI is empty)");
        }
        URI uri = URI.create(centralSystemUri);
        if (!DemoCsms.isLoopback(uri) || !"ws".equals(uri.getScheme())) {
            return new DemonstrationCsms(null, uri + " (not this machine's: yours is used)");
        }
        if (listens(uri)) {
            return new DemonstrationCsms(null, uri + " (somebody listens there: that one is used)");
        }
        try {
            DemoCsms csms = DemoCsms.start(uri);
            return new DemonstrationCsms(csms, csms.uri() + " (built-in, for demonstration)");
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the demonstration CSMS does not start: " + e.getMessage(), e);
        }
    }

    private static boolean listens(URI uri) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? WS_PORT : uri.getPort()), (int) CONNECT_LIMIT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Which one it is, for the terminal. */
    String description() {
        return description;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
