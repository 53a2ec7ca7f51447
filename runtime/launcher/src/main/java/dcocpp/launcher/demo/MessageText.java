package dcocpp.launcher.demo;

import dcocpp.csms.OcppMessage;
import dcocpp.csms.OcppMessage.Direction;
import dcocpp.csms.OcppMessage.Kind;
import dcocpp.launcher.PayloadText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An OCPP message on one line. */
final class MessageText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private MessageText() {
    }

    static String line(OcppMessage message) {
        String arrow = message.direction() == Direction.FROM_CHARGER ? "charger -> CSMS" : "charger <- CSMS";
        String what = switch (message.kind()) {
            case CALL -> message.action();
            case CALLRESULT -> message.action() + " answer";
            case CALLERROR -> message.action() + " REFUSED";
            case MALFORMED -> "(no OCPP)";
        };
        String fields = message.kind() == Kind.MALFORMED ? message.frame() : PayloadText.of(message.payload());
        return String.format(Locale.ROOT, "%s  %s  %-25s %s", TIME.format(message.time()), arrow, what, fields).stripTrailing();
    }
}
