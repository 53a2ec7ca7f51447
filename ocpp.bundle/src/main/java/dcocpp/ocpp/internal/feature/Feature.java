package dcocpp.ocpp.internal.feature;

import java.util.Optional;

import dcocpp.api.session.ChargerSnapshot;

/**
 * A feature profile of OCPP, or another part of the protocol that stands by itself: the calls it answers, the messages it can be
 * triggered to send, and what it does when something happens. All methods are called on the owner thread; nothing but
 * {@link #register} is called before {@link #start}.
 */
public interface Feature {

    /** The profile that is complete with it, as SupportedFeatureProfiles spells it; empty = none. */
    default Optional<String> profile() {
        return Optional.empty();
    }

    /** Says which calls it answers and which messages it sends when asked to. */
    void register(Calls calls, Triggers triggers);

    /** The charge point begins; the link comes later. */
    default void start() {
    }

    /** The back office has accepted us, on each connection anew; what is sent now goes before the backlog. */
    default void onAccepted() {
    }

    /** The connection has ended. */
    default void onDisconnected() {
    }

    /** The charger has changed, or there is something new in the journal. */
    default void onChanged(ChargerSnapshot snapshot) {
    }

    /** A key has another value. */
    default void onKeyChanged(String key) {
    }

    /** The wall clock was set by the back office's. */
    default void onClockSet() {
    }

    /** The charge point ends: timers are cancelled, threads are told to end and not waited for, so that all of them end at once. */
    default void stop() {
    }

    /**
     * After {@link #stop}: waits for the end of its threads. Called on the owner thread, or when that does nothing more.
     *
     * @param untilNanos no longer than this, process time
     */
    default void awaitEnd(long untilNanos) {
    }
}
