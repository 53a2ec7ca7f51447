package dcocpp.hwsim.internal.physics;

import java.util.ArrayList;
import java.util.List;

import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.ConnectorSettings;

/** What the cards and cars tell about themselves, until the controller takes it. */
final class Identities {

    private static final int TOKEN_LENGTH = 20;

    private final List<TokenRead> tokens = new ArrayList<>();

    /** The conversation of a gun with its car has come to another stage: the car says who it is in some of them. */
    void stageEntered(long nowNanos, Gun gun) {
        Identity identity = gun.car().identity();
        switch (gun.stage()) {
            case SESSION_SETUP -> vehicle(nowNanos, TokenRead.Source.EV_MAC, "EVMAC", identity.macAddress(), gun.settings());
            case SERVICES -> vehicle(nowNanos, TokenRead.Source.EVCCID, "EVCCID", identity.evccId(), gun.settings());
            case AUTHORIZATION -> read(nowNanos, TokenRead.Source.EMAID, identity.emaId(), gun.connectorId());
            default -> {
                // The car says who it is in these stages only.
            }
        }
    }

    /** The vehicle itself is a token only where the connector asks for this identity of it, and under the connector's prefix. */
    private void vehicle(long nowNanos, TokenRead.Source source, String name, String identity, ConnectorSettings connector) {
        if (!identity.isEmpty() && (connector.autochargeSource().equals(name) || connector.autochargeSource().equals("both"))) {
            read(nowNanos, source, connector.autochargePrefix() + identity, connector.id());
        }
    }

    /** What is longer than a token may be is none: cut, two vehicles could become the same. */
    private void read(long nowNanos, TokenRead.Source source, String value, int connectorId) {
        if (!value.isEmpty() && value.length() <= TOKEN_LENGTH) {
            tokens.add(new TokenRead(source, value, connectorId, nowNanos));
        }
    }

    void card(long nowNanos, int connectorId, String idTag) {
        tokens.add(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, nowNanos));
    }

    List<TokenRead> take() {
        List<TokenRead> taken = List.copyOf(tokens);
        tokens.clear();
        return taken;
    }
}
