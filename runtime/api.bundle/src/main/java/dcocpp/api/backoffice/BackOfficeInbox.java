package dcocpp.api.backoffice;

import java.time.Duration;

import org.osgi.annotation.versioning.ProviderType;

/** Where a protocol bundle tells the controller what the back office wants. The methods only queue; from any thread. */
@ProviderType
public interface BackOfficeInbox {

    /** The complete wishes of the back office; those with a lower number than the last are ignored. Kept over restarts. */
    void wants(BackOfficeState state);

    /** The answer to a request. An unknown or late one is ignored. */
    void authorized(AuthorizationAnswer answer);

    /** What the back office said of a started transaction. */
    void judged(TransactionVerdict verdict);

    /** How long an accepted token waits until something is plugged in; in force until another is said, not kept over restarts. */
    void plugInTimeout(Duration timeout);

    /** The link changed. */
    void link(BackOfficeLink link);
}
