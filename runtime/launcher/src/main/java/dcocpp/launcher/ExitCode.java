package dcocpp.launcher;

/** What the command's exit code says; documented in the help of the command. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** Failed; the message says why. */
    public static final int FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** charger.json is missing or invalid. */
    public static final int CONFIG_INVALID = 3;
    /** Another process works on the same data folder. */
    public static final int DATA_IN_USE = 4;
    /** No charger answers on this data folder. */
    public static final int NOT_RUNNING = 5;
    /** The back office has ordered a hard reset: whoever supervises the process starts it again. */
    public static final int RESTART = 75;

    private ExitCode() {
    }
}
