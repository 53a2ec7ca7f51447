package dcocpp.simrun.run;

import java.util.List;
import java.util.Optional;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.hwsim.internal.physics.GunTruth;

/**
 * The site after a tick.
 *
 * @param ms time since the start, ms
 * @param snapshot what the controller shows; null while it has no power
 * @param truths what is really so, by gun
 */
record Moment(long ms, ChargerSnapshot snapshot, List<GunTruth> truths) {

    Optional<ConnectorSnapshot> connector(int connectorId) {
        if (snapshot != null) {
            for (ConnectorSnapshot connector : snapshot.connectors()) {
                if (connector.connectorId() == connectorId) {
                    return Optional.of(connector);
                }
            }
        }
        return Optional.empty();
    }

    GunTruth truth(int connectorId) {
        return truths.stream().filter(gun -> gun.connectorId() == connectorId).findFirst().orElseThrow();
    }

    double siteW() {
        double sum = 0;
        for (GunTruth gun : truths) {
            sum += gun.powerW();
        }
        return sum;
    }
}
