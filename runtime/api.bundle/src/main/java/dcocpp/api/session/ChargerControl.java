package dcocpp.api.session;

import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ProviderType;

/** Where commands are handed in: by protocol bundles, the console and the command line. */
@ProviderType
public interface ChargerControl {

    /**
     * Queues a command; never blocks, from any thread. The result comes by the command's deadline at the latest, on a thread of the
     * controller: attach with an executor of your own. Without a running controller it is {@link CommandResult.Outcome#REJECTED} at once.
     */
    CompletionStage<CommandResult> submit(ChargerCommand command);
}
