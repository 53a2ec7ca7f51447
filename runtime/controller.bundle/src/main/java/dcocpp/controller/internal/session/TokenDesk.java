package dcocpp.controller.internal.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.time.TimeSource;

/**
 * Decides what a token is meant for: to stop a transaction, its own or one of its group, or to start one, and where. Belongs to the
 * control thread.
 */
public final class TokenDesk {

    private static final Logger LOG = LoggerFactory.getLogger(TokenDesk.class);
    private static final long SAME_TOKEN_NANOS = 10_000_000_000L;

    private final TimeSource time;
    private final Surroundings surroundings;
    private final Map<String, Long> lastReads = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();

    /**
     * Does this card belong to the group of a transaction that runs?
     *
     * @param requestId of the request to the back office
     * @param token whose group
     * @param connectorId where it was read; 0 = a reader of the whole cabinet
     * @param deadlineNanos until when an answer is of use, process time
     */
    private record Question(String requestId, Token token, int connectorId, long deadlineNanos) {
    }

    public TokenDesk(TimeSource time, Surroundings surroundings) {
        this.time = time;
        this.surroundings = surroundings;
    }

    /** A token was read. */
    public void read(TokenRead read, Collection<ConnectorMachine> connectors) {
        long now = time.nanoTime();
        lastReads.values().removeIf(at -> now - at > SAME_TOKEN_NANOS);
        questions.removeIf(question -> now - question.deadlineNanos() > 0);
        if (lastReads.putIfAbsent(read.connectorId() + "/" + read.value(), now) != null) {
            LOG.debug("the same token within 10 s at connector {}", read.connectorId());
            return;
        }
        boolean card = read.source() == TokenRead.Source.RFID;
        Token token = new Token(read.value(), card ? Token.Source.RFID : Token.Source.AUTOCHARGE);
        List<ConnectorMachine> here = connectors.stream().filter(connector -> at(connector, read.connectorId())).toList();
        if (card && shownAgain(token, here)) {
            return;
        }
        Optional<ConnectorMachine> start = choose(here, read.connectorId(), token);
        boolean group = card && here.stream().anyMatch(connector -> connector.occupancy().stopsByGroup());
        if (group && start.filter(connector -> connector.plugged() || connector.occupancy().keptFor(token.idTag())).isEmpty()) {
            ask(token, read.connectorId(), now);
        } else if (start.isPresent()) {
            start.get().present(token, false);
        } else if (here.stream().noneMatch(connector -> read.connectorId() != 0 && connector.queue(token))) {
            LOG.info("A token was read and no connector is waiting for one");
        }
    }

    /** The own tag of a session: it stops a transaction without asking anybody, and gives back a connector where nothing was plugged. */
    private static boolean shownAgain(Token token, List<ConnectorMachine> here) {
        Optional<ConnectorMachine> own = here.stream().filter(connector -> connector.inTransaction() && connector.occupancy().holds(token.idTag()))
                .findFirst().or(() -> here.stream().filter(connector -> connector.occupancy().holds(token.idTag())).findFirst());
        own.filter(connector -> connector.inTransaction() || !connector.plugged())
                .ifPresent(connector -> connector.stop(StopReason.LOCAL, token.idTag()));
        return own.isPresent();
    }

    private void ask(Token token, int connectorId, long now) {
        long deadline = now + (long) (SessionLifeCycle.ASK_AGAIN.toNanos() * time.rate());
        Question question = new Question(UUID.randomUUID().toString(), token, connectorId, deadline);
        questions.add(question);
        send(question);
    }

    private void send(Question question) {
        surroundings.authorize(new AuthorizationRequest(question.requestId(), question.connectorId(), question.token(),
                question.deadlineNanos()));
    }

    /** There is a back office again: an open question is asked anew. */
    public void askAgain() {
        questions.forEach(this::send);
    }

    /** The back office has answered: who belongs to the group of the one transaction here stops it, else he may start elsewhere. */
    public void answered(AuthorizationAnswer answer, Collection<ConnectorMachine> connectors) {
        Optional<Question> asked = questions.stream().filter(one -> one.requestId().equals(answer.requestId())).findFirst();
        if (asked.isEmpty()) {
            return;
        }
        Question question = asked.get();
        questions.remove(question);
        if (time.nanoTime() - question.deadlineNanos() > 0) {
            return;
        }
        List<ConnectorMachine> group = connectors.stream().filter(connector -> at(connector, question.connectorId())
                && connector.occupancy().stopsByGroup() && connector.occupancy().runsFor(answer.parentIdTag())).toList();
        if (group.size() == 1) {
            group.get(0).stop(StopReason.LOCAL, question.token().idTag());
            return;
        }
        // Which one of several is meant nobody knows.
        choose(connectors, question.connectorId(), question.token()).ifPresentOrElse(
                connector -> connector.present(question.token(), answer),
                () -> LOG.info("A token belongs to no transaction here and no connector is waiting for one"));
    }

    /**
     * The connector that takes a token: one that is reserved for it, else the one that was plugged last, else the first free one. Where
     * somebody else's vehicle only has not left yet, a token that names no connector would pay for him.
     *
     * @param connectorId the named one; 0 = any one that is not kept for somebody else and where nobody has finished
     */
    public Optional<ConnectorMachine> choose(Collection<ConnectorMachine> connectors, int connectorId, Token token) {
        return connectors.stream().filter(connector -> at(connector, connectorId) && connector.occupancy().takes(token)
                        && (connectorId != 0 || !connector.occupancy().finishedFor(token)))
                .max(Comparator.<ConnectorMachine, Boolean>comparing(connector -> connector.occupancy().keptFor(token.idTag()))
                        .thenComparing(ConnectorMachine::plugged)
                        .thenComparing(connector -> !connector.occupancy().reserved())
                        .thenComparing(connector -> connector.plugged() ? connector.pluggedNanos() : 0)
                        .thenComparing(connector -> -connector.settings().id()));
    }

    private static boolean at(ConnectorMachine connector, int connectorId) {
        return connectorId == 0 || connector.settings().id() == connectorId;
    }
}
