package dcocpp.controller.internal.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dcocpp.api.journal.Token;

/** Tokens that came while another was asked about: the source with precedence first, then the oldest. */
public final class TokenQueue {

    /** A card, two identities and a contract of one vehicle, and one more. */
    private static final int LENGTH = 5;

    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * A token and since when it waits.
     *
     * @param token which
     * @param sinceNanos since when, process time
     */
    public record Waiting(Token token, long sinceNanos) {
    }

    /** All that wait, in the order in which they came. */
    List<Waiting> all() {
        return List.copyOf(waiting);
    }

    /** False if it is full; a token that waits already keeps its place. */
    boolean add(Token token, long sinceNanos) {
        boolean there = waiting.stream().anyMatch(one -> one.token().idTag().equalsIgnoreCase(token.idTag()));
        return there || waiting.size() < LENGTH && waiting.add(new Waiting(token, sinceNanos));
    }

    /** Takes the next one; those that have waited for longer than the limit are forgotten. */
    Optional<Waiting> next(long now, long limitNanos) {
        waiting.removeIf(one -> now - one.sinceNanos() > limitNanos);
        Optional<Waiting> next = waiting.stream()
                .min(Comparator.<Waiting, Token.Source>comparing(one -> one.token().source()).thenComparingLong(Waiting::sinceNanos));
        next.ifPresent(waiting::remove);
        return next;
    }

    void clear() {
        waiting.clear();
    }
}
