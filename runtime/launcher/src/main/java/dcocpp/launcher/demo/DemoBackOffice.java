package dcocpp.launcher.demo;

import dcocpp.csms.DemoCsms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/**
 * The demonstration CSMS for a charger that was started without arguments: at the address that charger.json names, when that is on
 * this machine's loopback and nobody listens there.
 */
public final class DemoBackOffice implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1000;

    private final DemoCsms csms;
    private final String message;

    private DemoBackOffice(DemoCsms csms, String message) {
        this.csms = csms;
        this.message = message;
    }

    /**
     * Starts one if it is wanted there; never fails, {@link #message} says what came of it.
     *
     * @param centralSystem centralSystemURI of charger.json
     */
    public static DemoBackOffice startIfWanted(URI centralSystem) {
        if (!"ws".equalsIgnoreCase(centralSystem.getScheme()) || !DemoCsms.isLoopback(centralSystem)) {
            return new DemoBackOffice(null, centralSystem + " (not ours: a demonstration CSMS is started for ws:// on loopback only)");
        }
        if (somebodyListens(centralSystem)) {
            return new DemoBackOffice(null, centralSystem + " (somebody listens there already)");
        }
        try {
            return new DemoBackOffice(DemoCsms.start(centralSystem), centralSystem + " (built-in demonstration CSMS)");
        } catch (IOException e) {
            return new DemoBackOffice(null, centralSystem + " (no demonstration CSMS: " + e.getMessage() + ")");
        }
    }

    private static boolean somebodyListens(URI uri) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** One line for the terminal: the address, and whose it is. */
    public String message() {
        return message;
    }

    /** The CSMS, if one was started. */
    public Optional<DemoCsms> csms() {
        return Optional.ofNullable(csms);
    }

    @Override
    public void close() {
        if (csms != null) {
            csms.close();
        }
    }
}
