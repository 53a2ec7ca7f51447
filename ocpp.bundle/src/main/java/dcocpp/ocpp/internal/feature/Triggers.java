package dcocpp.ocpp.internal.feature;

import java.util.Optional;

/** Where senders of messages are registered that the back office can ask for with TriggerMessage or ExtendedTriggerMessage. */
public interface Triggers {

    /** From now on this trigger sends this message. */
    void on(String requestedMessage, Trigger trigger);

    /** Sends one kind of message when the back office asks for it. */
    interface Trigger {

        /**
         * What sends it, after the answer; it goes out even before the back office has accepted us.
         *
         * @param connectorId for which connector; null = not said
         * @return empty if it cannot be sent for this connector, or not now: the request is Rejected
         */
        Optional<Runnable> prepare(Integer connectorId);
    }
}
