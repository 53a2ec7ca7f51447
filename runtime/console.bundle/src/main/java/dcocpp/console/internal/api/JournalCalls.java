package dcocpp.console.internal.api;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.console.internal.status.Charger;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What the energy journal holds. */
final class JournalCalls {

    private static final int MOST = 1000;
    private static final int USUAL = 50;

    private final Charger charger;

    private JournalCalls(Charger charger) {
        this.charger = charger;
    }

    static List<Route> routes(Charger charger) {
        JournalCalls calls = new JournalCalls(charger);
        return List.of(
                new Route("GET", "/journal", (request, variables) -> calls.transactions(request)),
                new Route("POST", "/journal/resend", (request, variables) -> calls.resend("")),
                new Route("POST", "/journal/{transactionId}/resend", (request, variables) -> calls.resend(variables.get(0))),
                new Route("GET", "/journal/events", (request, variables) -> calls.events(request)));
    }

    private Route.Answer transactions(HttpServletRequest request) throws ApiException {
        int most = (int) Parameters.number(request, "transactions", 1, MOST, USUAL);
        Journal journal = journal();
        ObjectNode root = Json.object();
        ArrayNode array = root.putArray("transactions");
        try {
            journal.transactions(most).forEach(transaction -> array.add(JournalJson.transaction(transaction)));
        } catch (JournalException e) {
            throw unreadable(e);
        }
        return Route.Answer.ok(root);
    }

    private Route.Answer events(HttpServletRequest request) throws ApiException {
        long after = Parameters.number(request, "after", 0, Long.MAX_VALUE, 0);
        int most = (int) Parameters.number(request, "max", 1, MOST, USUAL);
        Journal journal = journal();
        ObjectNode root = Json.object();
        try {
            root.put("newest", journal.newest());
            ArrayNode array = root.putArray("events");
            journal.read(after, most).forEach(event -> array.add(JournalJson.event(event)));
        } catch (JournalException e) {
            throw unreadable(e);
        }
        return Route.Answer.ok(root);
    }

    /** What was given up shall be delivered after all; empty = of all transactions. */
    private Route.Answer resend(String transactionId) throws ApiException {
        Journal journal = journal();
        int wanted = 0;
        try {
            for (TransactionRecord transaction : journal.undeliverable(Integer.MAX_VALUE)) {
                if (transactionId.isEmpty() || transaction.started().transactionId().equals(transactionId)) {
                    wanted += resend(journal, transaction.startDelivery(), transaction.started());
                    wanted += resend(journal, transaction.stopDelivery(), transaction.stopped());
                }
            }
        } catch (JournalException e) {
            throw unreadable(e);
        }
        if (wanted == 0 && !transactionId.isEmpty()) {
            throw new ApiException(HttpServletResponse.SC_NOT_FOUND, "nothing of transaction " + transactionId + " was given up",
                    "GET /api/journal shows which have startDelivery or stopDelivery undeliverable");
        }
        return Route.Answer.ok(Json.object().put("messages", wanted));
    }

    private static int resend(Journal journal, Delivery delivery, JournalEvent event) {
        if (delivery == null || delivery.state() != Delivery.State.UNDELIVERABLE) {
            return 0;
        }
        journal.markPending(event.stamp().number());
        return 1;
    }

    private Journal journal() throws ApiException {
        return charger.journal().orElseThrow(() -> new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "the journal is not there", "is the bundle dcocpp.controller active?"));
    }

    private static ApiException unreadable(JournalException e) {
        return new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the journal cannot be read: " + e.getMessage(),
                "check the disk that databaseDir is on");
    }
}
