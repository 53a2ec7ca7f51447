package dcocpp.hwsim.internal.physics;

/** An event that the simulated world cannot take. */
public final class SimulationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String remedy;

    /**
     * An event that cannot be taken.
     *
     * @param kind in which way
     * @param error what is wrong
     * @param remedy what would be right
     */
    public SimulationException(Kind kind, String error, String remedy) {
        super(error);
        this.kind = kind;
        this.remedy = remedy;
    }

    /** In which way the event cannot be taken. */
    public Kind kind() {
        return kind;
    }

    /** What would be right. */
    public String remedy() {
        return remedy;
    }

    /** Why an event is not taken. */
    public enum Kind {
        /** It makes no sense at all. */
        INVALID,
        /** What it is about does not exist. */
        UNKNOWN,
        /** It does not fit the present state. */
        CONFLICT,
        /** The simulated cabinet is not in service. */
        UNAVAILABLE
    }
}
