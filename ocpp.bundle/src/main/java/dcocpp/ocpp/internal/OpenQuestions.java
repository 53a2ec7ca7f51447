package dcocpp.ocpp.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.time.TimeSource;

/**
 * The way to the controller, which sees the answers pass: it knows the tokens that were asked about and not answered, so that a charge
 * point that takes the place of another can be asked anew. Thread-safe.
 */
final class OpenQuestions implements BackOfficeInbox {
    private final BackOfficeInbox controller;
    private final TimeSource time;
    private final Map<String, AuthorizationRequest> open = new ConcurrentHashMap<>();

    OpenQuestions(BackOfficeInbox controller, TimeSource time) {
        this.controller = controller;
        this.time = time;
    }

    void asked(AuthorizationRequest request) {
        open.values().removeIf(this::late);
        open.put(request.requestId(), request);
    }

    /** Those of which an answer is still of use. */
    List<AuthorizationRequest> unanswered() {
        return open.values().stream().filter(request -> !late(request)).toList();
    }

    private boolean late(AuthorizationRequest request) {
        return time.nanoTime() - request.deadlineNanos() > 0;
    }

    @Override
    public void authorized(AuthorizationAnswer answer) {
        open.remove(answer.requestId());
        controller.authorized(answer);
    }

    @Override
    public void wants(BackOfficeState state) {
        controller.wants(state);
    }

    @Override
    public void judged(TransactionVerdict verdict) {
        controller.judged(verdict);
    }

    @Override
    public void plugInTimeout(Duration timeout) {
        controller.plugInTimeout(timeout);
    }

    @Override
    public void link(BackOfficeLink link) {
        controller.link(link);
    }
}
