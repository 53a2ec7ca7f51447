package dcocpp.itest.osgi;

import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The demonstration CSMS beside the framework under test: its libraries are not inside. What the charger asks of it goes line by line into
 * a file, from which the test inside judges. Lives as long as the test's JVM.
 */
final class OutsideCsms {
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
            return csms.uri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
