package dcocpp.can.internal.driver;

import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.SegmentBuffer;

/** The identities that a PLC reads, one assembly per family. */
final class PlcIdentities {

    private static final int TOKEN_LENGTH = 20;

    private final ConnectorSettings connector;
    private final DriverEvents events;
    private final SegmentBuffer rfid = new SegmentBuffer();
    private final SegmentBuffer mac = new SegmentBuffer();
    private final SegmentBuffer evccid = new SegmentBuffer();
    private final SegmentBuffer contract0 = new SegmentBuffer();
    private final SegmentBuffer contract1 = new SegmentBuffer();

    PlcIdentities(ConnectorSettings connector, DriverEvents events) {
        this.connector = connector;
        this.events = events;
    }

    void frame(Message message, long payload, long nowNanos) {
        switch (message) {
            case RFID_EVENT -> {
                if (rfid.rfid(payload, nowNanos)) {
                    token(TokenRead.Source.RFID, rfid.hex(), nowNanos);
                }
            }
            case EV_MAC -> vehicle(mac, TokenRead.Source.EV_MAC, "EVMAC", payload, nowNanos);
            case EVCCID -> vehicle(evccid, TokenRead.Source.EVCCID, "EVCCID", payload, nowNanos);
            case EMAID0 -> text(contract0, payload, nowNanos);
            case EMAID1 -> text(contract1, payload, nowNanos);
            default -> throw new IllegalArgumentException(message + " carries no identity");
        }
    }

    /** The vehicle itself is a token only where the connector asks for this identity of it, and under the connector's prefix. */
    private void vehicle(SegmentBuffer buffer, TokenRead.Source source, String name, long payload, long nowNanos) {
        String wanted = connector.autochargeSource();
        if (buffer.identity(payload, nowNanos) && (wanted.equals(name) || wanted.equals("both"))) {
            token(source, connector.autochargePrefix() + buffer.hex(), nowNanos);
        }
    }

    private void text(SegmentBuffer buffer, long payload, long nowNanos) {
        if (buffer.identity(payload, nowNanos)) {
            token(TokenRead.Source.EMAID, buffer.text(), nowNanos);
        }
    }

    private void token(TokenRead.Source source, String value, long nowNanos) {
        if (value.isEmpty() || value.length() > TOKEN_LENGTH) {
            // Cut, two cards could become the same token.
            events.warn("Connector " + connector.id() + ": " + source + " with " + value.length()
                    + " characters is no token, it needs 1 to " + TOKEN_LENGTH);
            return;
        }
        events.tokenRead(new TokenRead(source, value, connector.id(), nowNanos));
    }
}
