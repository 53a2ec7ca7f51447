package dcocpp.ocpp.internal.link;

/** Hears of the link, on the owner thread. Events of a connection that is over are not reported. */
public interface LinkListener {

    void onOpen();

    void onText(String text);

    /** A message that was not taken in: binary, or too large. */
    void onUnreadable(String reason);

    /** The connection is over; another attempt follows by itself unless the link was told otherwise. */
    void onClosed(String reason);

    /** An attempt failed because one side does not trust the other; {@link #onStateChanged} follows. */
    default void onRefused(Transport.Refusal refusal, String reason) {
        // of interest to whoever keeps a security log
    }

    /** The state or the reason behind it has changed. */
    void onStateChanged(LinkState state, String detail);
}
