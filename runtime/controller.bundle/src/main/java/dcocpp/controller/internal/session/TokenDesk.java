package dcocpp.controller.internal.session;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;

/** Decides which connector a token is meant for. Belongs to the control thread. */
public final class TokenDesk {

    private static final Logger LOG = LoggerFactory.getLogger(TokenDesk.class);
    private static final long SAME_TOKEN_NANOS = 10_000_000_000L;

    private final Map<String, Long> lastReads = new HashMap<>();

    /** A token was read. */
    public void read(TokenRead read, Collection<ConnectorMachine> connectors, long now) {
        lastReads.values().removeIf(at -> now - at > SAME_TOKEN_NANOS);
        if (lastReads.putIfAbsent(read.connectorId() + "/" + read.value(), now) != null) {
            LOG.debug("the same token within 10 s at connector {}", read.connectorId());
            return;
        }
        boolean card = read.source() == TokenRead.Source.RFID;
        Optional<ConnectorMachine> running = connectors.stream()
                .filter(connector -> at(connector, read.connectorId()) && connector.runsWith(read.value())).findFirst();
        if (card && running.isPresent()) {
            running.get().stop(StopReason.LOCAL, read.value());
            return;
        }
        Token token = new Token(read.value(), card ? Token.Source.RFID : Token.Source.AUTOCHARGE);
        choose(connectors, read.connectorId()).ifPresentOrElse(connector -> connector.present(token, false),
                () -> LOG.info("A token was read and no connector is waiting for one"));
    }

    /**
     * The connector that takes a token: the named one, else the one that was plugged last, else the first free one.
     *
     * @param connectorId the named one; 0 = none
     */
    public Optional<ConnectorMachine> choose(Collection<ConnectorMachine> connectors, int connectorId) {
        return connectors.stream().filter(connector -> at(connector, connectorId) && connector.takesToken())
                .max(Comparator.comparing(ConnectorMachine::plugged)
                        .thenComparing(connector -> connector.plugged() ? connector.pluggedNanos() : 0)
                        .thenComparing(connector -> -connector.settings().id()));
    }

    private static boolean at(ConnectorMachine connector, int connectorId) {
        return connectorId == 0 || connector.settings().id() == connectorId;
    }
}
