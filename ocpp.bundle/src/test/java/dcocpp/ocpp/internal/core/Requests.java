package dcocpp.ocpp.internal.core;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.journal.Token;

/** What the controller asks. */
final class Requests {

    private Requests() {
    }

    static AuthorizationRequest authorization(String idTag) {
        return authorization(idTag, Long.MAX_VALUE);
    }

    static AuthorizationRequest authorization(String idTag, long deadlineNanos) {
        return new AuthorizationRequest("request-" + idTag, 1, new Token(idTag, Token.Source.RFID), deadlineNanos);
    }
}
