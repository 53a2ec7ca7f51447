package dcocpp.api.config;

import org.osgi.annotation.versioning.ProviderType;

/** The state of the configuration; from any thread, never blocks. */
@ProviderType
public interface ConfigurationStatus {

    /** As it is now. */
    ConfigurationReport report();
}
