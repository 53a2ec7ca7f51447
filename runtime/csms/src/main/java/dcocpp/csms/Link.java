package dcocpp.csms;

import dcocpp.csms.OcppMessage.Direction;
import dcocpp.csms.OcppMessage.Kind;
import eu.chargetime.ocpp.RadioEvents;
import eu.chargetime.ocpp.Receiver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;

/** One WebSocket between a charge point and the library's session; logs each frame and plays the faults. */
final class Link implements Receiver {

    /** Open to the tests of this package, which take back its wish to write. */
    final WebSocket socket;
    private final String chargePointId;
    private final FrameLog log;
    private final Faults faults;
    private final Map<String, String> callsFromCharger = new ConcurrentHashMap<>();
    private final Map<String, String> callsToCharger = new ConcurrentHashMap<>();
    private final Set<String> answersToLose = ConcurrentHashMap.newKeySet();
    private volatile RadioEvents events;

    Link(WebSocket socket, String chargePointId, FrameLog log, Faults faults) {
        this.socket = socket;
        this.chargePointId = chargePointId;
        this.log = log;
        this.faults = faults;
    }

    String chargePointId() {
        return chargePointId;
    }

    @Override
    public void accept(RadioEvents radioEvents) {
        events = radioEvents;
    }

    /** A frame from the charger. What is not OCPP-J is logged and has no other effect. */
    void received(String text) {
        Frame frame = Frame.parse(text);
        String action = frame.kind() == Kind.CALL ? frame.action() : answered(callsToCharger, frame);
        log.add(chargePointId, Direction.FROM_CHARGER, frame, action);
        if (frame.kind() == Kind.MALFORMED) {
            return;
        }
        if (frame.kind() == Kind.CALL) {
            callsFromCharger.put(frame.messageId(), action);
            Optional<String> refusal = faults.takeRefusal(action);
            if (refusal.isPresent()) {
                send(Frame.refusal(frame.messageId(), refusal.get(), "refused on purpose"));
                return;
            }
            if (faults.takeLostAnswer(action)) {
                answersToLose.add(frame.messageId());
            }
        }
        events.receivedMessage(text);
    }

    void lost() {
        events.disconnected();
    }

    /** Puts a text on the wire as it is; synchronized so that the log keeps the order of the wire. */
    @Override
    public synchronized void send(Object text) {
        Frame frame = Frame.parse(text.toString());
        String action = frame.kind() == Kind.CALL ? frame.action() : answered(callsFromCharger, frame);
        if (frame.kind() == Kind.CALL) {
            callsToCharger.put(frame.messageId(), action);
        } else if (answersToLose.remove(frame.messageId())) {
            return;
        }
        // Logged before it is sent: otherwise the charger's answer could stand in the log before the question.
        log.add(chargePointId, Direction.TO_CHARGER, frame, action);
        try {
            socket.send(frame.text());
        } catch (WebsocketNotConnectedException gone) {
            // Calls that wait on this link fail when lost() is told; an answer has nobody to go to.
        }
    }

    @Override
    public void disconnect() {
        socket.close(CloseFrame.NORMAL);
    }

    /** Drops the TCP connection without a close frame, as a broken line would. */
    void cut() {
        socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "cut");
    }

    @Override
    public boolean isClosed() {
        return !socket.isOpen();
    }

    private static String answered(Map<String, String> calls, Frame answer) {
        String action = calls.remove(answer.messageId());
        return action == null ? "" : action;
    }
}
