package dcocpp.controller.internal.port;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.osgi.service.component.annotations.Component;

import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.CommandResult;

/** Where commands are handed in. References nothing. */
@Component(service = {ChargerControl.class, CommandDesk.class})
public final class CommandDesk implements ChargerControl {

    private final Mailbox<Order> orders = new Mailbox<>();

    /**
     * A command and who waits for its end.
     *
     * @param command the command
     * @param result completed by the controller
     */
    public record Order(ChargerCommand command, CompletableFuture<CommandResult> result) {

        /** Ends the command: carried out. */
        public void done() {
            result.complete(CommandResult.DONE);
        }

        /** Ends the command with a reason. */
        public void end(CommandResult.Outcome outcome, String reason) {
            result.complete(new CommandResult(outcome, reason));
        }
    }

    @Override
    public CompletionStage<CommandResult> submit(ChargerCommand command) {
        Order order = new Order(command, new CompletableFuture<>());
        if (orders.attached()) {
            orders.put(order);
        }
        if (!orders.attached()) {
            // Also when the controller left in between: whoever waits must hear of it.
            order.end(CommandResult.Outcome.REJECTED, "the controller is not running");
        }
        return order.result().minimalCompletionStage();
    }

    /** Commands since the last call. */
    public List<Order> drain() {
        return orders.drain();
    }

    /** From now on commands are taken and the bell rings for each. */
    public void attach(Runnable bell) {
        orders.attach(bell);
    }

    /** No more commands; what was not taken is rejected. */
    public void detach() {
        orders.detach();
        orders.drain().forEach(order -> order.end(CommandResult.Outcome.REJECTED, "the controller is not running"));
    }
}
