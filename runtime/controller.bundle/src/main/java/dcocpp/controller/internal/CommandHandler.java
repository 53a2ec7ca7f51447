package dcocpp.controller.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.StopReason;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult.Outcome;
import dcocpp.controller.internal.port.CommandDesk.Order;
import dcocpp.controller.internal.session.ConnectorMachine;
import dcocpp.controller.internal.session.TokenDesk;

/** Carries commands out. Those that take time wait here until they are done or expired. Belongs to the control thread. */
final class CommandHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

    /** By then the protocol bundle has taken the end of a transaction from the journal; real time. */
    private static final long QUEUED_NANOS = 1_000_000_000L;

    private final TokenDesk tokens;
    private final double rate;
    private final Actions actions;
    private final List<Waiting> waiting = new ArrayList<>();

    /** What concerns more than one connector. */
    interface Actions {

        /** Connects to or disconnects from the back office; false when there is none. */
        boolean backOffice(boolean connect);

        /** Nothing waits to be told to a back office that listens. */
        boolean delivered();

        /** All transactions are over: opens everything anew, or ends the process. */
        void reset(boolean hard);
    }

    /** Something to be asked each tick until it says that it is done. */
    private record Waiting(Order order, LongPredicate done, Runnable onDone, Runnable onExpired, String whyNot) {
    }

    /** When a reset may be made: all transactions are over, and the back office has heard of it or had its time. */
    private final class ResetCondition implements LongPredicate {
        private final Cabinet cabinet;
        private final long deadlineNanos;
        private long overNanos = Long.MAX_VALUE;

        private ResetCondition(Cabinet cabinet, long deadlineNanos) {
            this.cabinet = cabinet;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public boolean test(long now) {
            if (cabinet.connectors().stream().anyMatch(ConnectorMachine::inTransaction)) {
                return false;
            }
            overNanos = Math.min(overNanos, now);
            return deadlineNanos - now <= 0 || now - overNanos > QUEUED_NANOS * rate && actions.delivered();
        }
    }

    /** @param rate how much faster than real time the clock runs */
    CommandHandler(TokenDesk tokens, Actions actions, double rate) {
        this.tokens = tokens;
        this.rate = rate;
        this.actions = actions;
    }

    /** Begins to carry out a command; one that fails is ended so and costs nobody else anything. */
    void handle(Order order, Cabinet cabinet, long now) {
        try {
            begin(order, cabinet, now);
        } catch (RuntimeException | Error e) {
            failed(order, e);
        }
    }

    private static void failed(Order order, Throwable failure) {
        LOG.error("Command {} failed", order.command(), failure);
        order.end(Outcome.FAILED, "it failed inside the charger: " + failure);
    }

    private void begin(Order order, Cabinet cabinet, long now) {
        ChargerCommand command = order.command();
        if (command.deadlineNanos() - now <= 0) {
            order.end(Outcome.EXPIRED, "the deadline was over before it could begin");
            return;
        }
        LOG.info("Command {}", command.getClass().getSimpleName());
        if (command instanceof ChargerCommand.RemoteStart start) {
            if (resetting()) {
                order.end(Outcome.REJECTED, "a reset is under way");
                return;
            }
            tokens.choose(cabinet.connectors(), start.connectorId(), start.token()).ifPresentOrElse(connector -> {
                        connector.present(start.token(), start.authorized());
                        order.done();
                    }, () -> order.end(Outcome.REJECTED, "no free connector"));
        } else if (command instanceof ChargerCommand.RemoteStop stop) {
            cabinet.connectors().stream().filter(connector -> stop.transactionId().equals(connector.transactionId())).findFirst()
                    .ifPresentOrElse(connector -> {
                        connector.stop(StopReason.REMOTE, "");
                        order.done();
                    }, () -> order.end(Outcome.REJECTED, "no such transaction"));
        } else if (command instanceof ChargerCommand.Pause pause) {
            inTransaction(order, cabinet, pause.connectorId(), connector -> connector.paused(true));
        } else if (command instanceof ChargerCommand.Resume resume) {
            inTransaction(order, cabinet, resume.connectorId(), connector -> connector.paused(false));
        } else if (command instanceof ChargerCommand.Unlock unlock) {
            unlock(order, cabinet.connector(unlock.connectorId()));
        } else if (command instanceof ChargerCommand.ClearFaults clear) {
            List<ConnectorMachine> concerned = cabinet.connectors().stream()
                    .filter(connector -> clear.connectorId() == 0 || connector.settings().id() == clear.connectorId()).toList();
            concerned.forEach(connector -> {
                cabinet.clearMarks(connector.settings().id());
                connector.clearFaults(clear.deadlineNanos());
            });
            waiting.add(new Waiting(order, at -> concerned.stream().noneMatch(ConnectorMachine::faultLatched), () -> { }, () -> { },
                    "the fault is still there: only what is over can be cleared"));
        } else if (command instanceof ChargerCommand.BackOfficeConnection connection) {
            if (actions.backOffice(connection.connect())) {
                order.done();
            } else {
                order.end(Outcome.REJECTED, "no protocol bundle");
            }
        } else if (command instanceof ChargerCommand.Reset reset) {
            cabinet.connectors()
                    .forEach(connector -> connector.stop(reset.hard() ? StopReason.HARD_RESET : StopReason.SOFT_RESET, ""));
            waiting.add(new Waiting(order, new ResetCondition(cabinet, reset.deadlineNanos()), () -> actions.reset(reset.hard()),
                    () -> { }, "a transaction does not end"));
        } else {
            order.end(Outcome.REJECTED, "this controller does not know " + command.getClass().getSimpleName());
        }
    }

    private static void inTransaction(Order order, Cabinet cabinet, int connectorId, Consumer<ConnectorMachine> action) {
        ConnectorMachine connector = cabinet.connector(connectorId);
        if (connector == null || !connector.inTransaction()) {
            order.end(Outcome.REJECTED, connector == null ? "no connector " + connectorId
                    : "no transaction at connector " + connectorId);
            return;
        }
        action.accept(connector);
        order.done();
    }

    private void unlock(Order order, ConnectorMachine connector) {
        if (connector == null) {
            order.end(Outcome.REJECTED, "no such connector");
            return;
        }
        if (!connector.settings().requireLock() && !connector.lockEngaged()) {
            // Nothing would be freed by it: the transaction goes on.
            order.end(Outcome.NOT_SUPPORTED, "connector " + connector.settings().id() + " needs no lock and has none engaged");
            return;
        }
        connector.stop(StopReason.UNLOCK_COMMAND, "");
        connector.unlock(true);
        Runnable lockAgain = () -> connector.unlock(false);
        waiting.add(new Waiting(order, now -> !connector.inTransaction() && !connector.lockEngaged(), lockAgain, lockAgain,
                "the lock does not open"));
    }

    /** A reset waits for the transactions to end: nobody new may begin. */
    boolean resetting() {
        return waiting.stream().anyMatch(one -> one.order().command() instanceof ChargerCommand.Reset);
    }

    /** Ends what is done or too late; one that fails is ended as well. */
    void tick(long now) {
        waiting.removeIf(one -> {
            try {
                return ended(one, now);
            } catch (RuntimeException | Error e) {
                failed(one.order(), e);
                return true;
            }
        });
    }

    private static boolean ended(Waiting one, long now) {
        boolean done = one.done().test(now);
        boolean late = one.order().command().deadlineNanos() - now <= 0;
        if (done) {
            one.onDone().run();
            one.order().done();
        } else if (late) {
            one.onExpired().run();
            one.order().end(Outcome.FAILED, one.whyNot());
        }
        return done || late;
    }

    void close() {
        waiting.forEach(one -> one.order().end(Outcome.REJECTED, "the controller ends"));
        waiting.clear();
    }
}
