package dcocpp.api.session;

import java.util.Objects;

/**
 * How a command ended.
 *
 * @param outcome how
 * @param reason why not, for people; empty when {@link Outcome#DONE}
 */
public record CommandResult(Outcome outcome, String reason) {

    /** Carried out. */
    public static final CommandResult DONE = new CommandResult(Outcome.DONE, "");

    public CommandResult {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(reason);
    }

    /** How a command ended. New ones are added at the end. */
    public enum Outcome {
        /** Carried out. */
        DONE,
        /** Not possible in this state. */
        REJECTED,
        /** Not done by its deadline. */
        EXPIRED,
        /** Tried, and it did not work. */
        FAILED,
        /** Never possible here: the charger lacks what it takes. */
        NOT_SUPPORTED
    }
}
