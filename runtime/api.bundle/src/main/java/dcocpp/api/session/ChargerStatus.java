package dcocpp.api.session;

import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

/** The latest snapshot of the charger, renewed every 100 ms; from any thread, never blocks. */
@ProviderType
public interface ChargerStatus {

    /** The latest snapshot; empty before the controller's first tick. */
    Optional<ChargerSnapshot> latest();
}
