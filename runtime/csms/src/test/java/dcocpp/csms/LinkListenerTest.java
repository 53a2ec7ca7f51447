package dcocpp.csms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dcocpp.csms.OcppMessage.Kind;
import eu.chargetime.ocpp.FeatureRepository;
import eu.chargetime.ocpp.ISession;
import eu.chargetime.ocpp.ListenerEvents;
import eu.chargetime.ocpp.Queue;
import eu.chargetime.ocpp.Session;
import eu.chargetime.ocpp.SimplePromiseFulfiller;
import eu.chargetime.ocpp.model.SessionInformation;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.time.Clock;
import java.time.Duration;
import org.java_websocket.WebSocketImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the library's two threads do to each other once in a hundred thousand frames is done here to each. */
    @Test
    void frameWhoseWriteWasForgottenByTheLibraryLeavesAllTheSame() throws Exception {
        FrameLog log = new FrameLog(Clock.systemUTC());
        LinkListener listener = new LinkListener(
                radio -> new Session(radio, new Queue(), new SimplePromiseFulfiller(), new FeatureRepository()), log, new Faults(), "/");
        listener.open("127.0.0.1", 0, new Nobody());
        try (TestCharger charger = TestCharger.connectTo(URI.create("ws://127.0.0.1:" + listener.port() + "/DC-12"), "ocpp1.6")) {
            long received = 0;
            for (int n = 0; n < 10; n++) {
                String frame = "[2,\"" + n + "\",\"ClearCache\",{}]";
                // A frame from the charger takes the socket out of what the selector visits at each turn.
                charger.send("this is no JSON");
                log.await(received, message -> message.kind() == Kind.MALFORMED, PATIENCE, "frame from the charger");
                received = log.messages().size() + 1;
                Link link = listener.links().findFirst().orElseThrow();
                SelectionKey key = ((WebSocketImpl) link.socket).getSelectionKey();
                link.send(frame);
                key.interestOps(SelectionKey.OP_READ);
                assertEquals(frame, charger.next());
            }
        } finally {
            listener.close();
            log.close();
        }
    }

    private static final class Nobody implements ListenerEvents {

        @Override
        public void authenticateSession(SessionInformation information, String user, byte[] password) {
            // Everybody is let in.
        }

        @Override
        public void newSession(ISession session, SessionInformation information) {
            // Nobody asks the session anything.
        }
    }
}
