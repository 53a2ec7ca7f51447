package dcocpp.ocpp.internal.link;

import java.time.Duration;

/** Makes connections. An interface, so that the link's behaviour in time is tested without a socket. */
public interface Transport {

    /** Starts one attempt; the events arrive on threads of the transport's own. */
    void connect(LinkSettings settings, Events events);

    /** Ends all connections and threads; waits at most that long. */
    void close(Duration timeout);

    /** What happens to one attempt: opened at most once, closed exactly once unless the transport was closed. */
    interface Events {

        void opened(Connection connection);

        void text(String text);

        void unreadable(String reason);

        void pong();

        void closed(String reason);

        /** Closed because one side does not trust the other, or may not; instead of {@link #closed}. */
        default void refused(Refusal refusal, String reason) {
            closed(reason);
        }
    }

    /** Why one side does not trust the other. */
    enum Refusal {
        /** The back office does not take our password or certificate. */
        CREDENTIALS,
        /** We do not take the back office's certificate. */
        CERTIFICATE,
        /** The back office speaks no version of TLS that is safe. */
        TLS_VERSION,
        /** The back office was reached and let us not in, and its answer does not say whether that is for want of trust. */
        UNCLEAR
    }

    /** An open connection. Methods return at once. */
    interface Connection {

        void send(String text);

        void ping();

        /** Sends a close frame and lets the peer answer it. */
        void close(int code, String reason);

        /** Drops the connection without another word. */
        void abort();
    }
}
