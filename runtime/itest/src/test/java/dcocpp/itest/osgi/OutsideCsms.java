package dcocpp.itest.osgi;

import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * The demonstration CSMS beside the framework under test: its libraries are not inside. What the charger asks of it goes line by line into
 * a file, from which the test inside judges. Lives as long as the test's JVM.
 */
final class OutsideCsms {
    private static final String CALL = "itest.csms.call";

    private final Path calls;

    private OutsideCsms(Path calls) {
        this.calls = calls;
    }

    /** Starts one and tells its address. */
    static URI start(Path calls) {
        try {
            Files.createDirectories(calls.getParent());
            Files.writeString(calls, "");
            DemoCsms csms = DemoCsms.startEphemeral();
            csms.addListener(new OutsideCsms(calls)::write);
            BiFunction<String, String, String> call = (action, payload) -> call(csms, action, payload);
            System.getProperties().put(CALL, call);
            return csms.uri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String call(DemoCsms csms, String action, String payload) {
        try {
            return csms.chargePoint(csms.connected().iterator().next()).call(action, payload).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(action + " of the CSMS failed", e);
        }
    }

    /** Inside: lets it call the only charger that is connected, and returns the answer. */
    @SuppressWarnings("unchecked")
    static String call(String action, String payload) {
        return ((BiFunction<String, String, String>) System.getProperties().get(CALL)).apply(action, payload);
    }

    private void write(OcppMessage message) {
        if (message.direction() == OcppMessage.Direction.FROM_CHARGER && message.kind() == OcppMessage.Kind.CALL) {
            try {
                Files.writeString(calls, message.action() + " " + message.payload() + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
