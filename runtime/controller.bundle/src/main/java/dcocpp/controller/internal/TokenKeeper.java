package dcocpp.controller.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.Token;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.session.ConnectorMachine;
import dcocpp.controller.internal.session.TokenQueue.Waiting;

/**
 * Keeps the tokens that have started nothing yet over a restart. Their time goes on by the wall clock meanwhile; the back office is asked
 * about each of them again. Belongs to the control thread.
 */
final class TokenKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);

    private final TimeSource time;
    private final Consumer<String> keep;
    private final Map<Integer, List<Waiting>> restored = new HashMap<>();
    private Map<Integer, List<Token>> kept = Map.of();
    /** Something was kept and no connector was there yet that could take it. */
    private boolean unseen;
    /** What is kept may tell of tokens that nobody waits with any more: their connector is gone, or they cannot be read. */
    private boolean outdated;

    /**
     * @param content what was kept, as it was last given to {@code keep}; empty = nothing
     * @param keep keeps it over a restart; called when a token comes or goes
     */
    TokenKeeper(TimeSource time, String content, Consumer<String> keep) {
        this.time = time;
        this.keep = keep;
        content.lines().forEach(this::read);
        unseen = !content.isEmpty();
    }

    /** Connector, source, moment of presentation in ms since 1970, idTag with the escapes of a Java string. */
    private void read(String line) {
        try {
            String[] parts = line.split(" ", 4);
            Duration age = Duration.between(Instant.ofEpochMilli(Long.parseLong(parts[2])), time.now());
            // A clock that was put back does not give a token more time than a new one has.
            long since = time.nanoTime() - Math.max(0, age.toNanos());
            restored.computeIfAbsent(Integer.parseInt(parts[0]), id -> new ArrayList<>())
                    .add(new Waiting(new Token(parts[3].translateEscapes(), Token.Source.valueOf(parts[1])), since));
        } catch (RuntimeException e) {
            LOG.warn("A token that was kept over the restart cannot be read and is dropped", e);
        }
    }

    /** These connectors are the first ones since the restart: each gets what waited there. */
    void restore(Collection<ConnectorMachine> connectors) {
        connectors.forEach(connector -> connector.restore(restored.getOrDefault(connector.settings().id(), List.of())));
        restored.clear();
        outdated = unseen;
        unseen = false;
    }

    /** After each tick. */
    void see(Collection<ConnectorMachine> connectors) {
        Map<Integer, List<Waiting>> waiting = connectors.stream().filter(connector -> !connector.pendingTokens().isEmpty())
                .collect(Collectors.toMap(connector -> connector.settings().id(), ConnectorMachine::pendingTokens));
        Map<Integer, List<Token>> now = new HashMap<>();
        waiting.forEach((id, tokens) -> now.put(id, tokens.stream().map(Waiting::token).toList()));
        if (outdated || !now.equals(kept)) {
            outdated = false;
            kept = now;
            keep.accept(write(waiting));
        }
    }

    private String write(Map<Integer, List<Waiting>> waiting) {
        long nanos = time.nanoTime();
        Instant wall = time.now();
        StringBuilder lines = new StringBuilder();
        waiting.forEach((id, tokens) -> tokens.forEach(one -> lines.append(id).append(' ').append(one.token().source()).append(' ')
                .append(wall.minusNanos(nanos - one.sinceNanos()).toEpochMilli()).append(' ').append(escaped(one.token().idTag())).append('\n')));
        return lines.toString();
    }

    /** On one line, whatever is in it: whoever gives himself a tag with a line break shall not give himself another token. */
    private static String escaped(String idTag) {
        return idTag.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
