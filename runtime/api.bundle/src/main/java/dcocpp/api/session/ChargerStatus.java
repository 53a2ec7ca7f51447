package dcocpp.api.session;

import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

/** The latest snapshot of the charger, renewed every 100 ms; from any thread, never blocks. */
@ProviderType
public interface ChargerStatus {

    /** The latest snapshot; empty while the charger starts up: until its hardware has said how it is, or was waited for in vain. */
    Optional<ChargerSnapshot> latest();
}
