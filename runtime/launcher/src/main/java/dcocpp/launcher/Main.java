package dcocpp.launcher;

/** The {@code charger} command. */
public final class Main {
    private Main() {
    }

    /** Runs the command and ends the process with its {@link ExitCode}. */
    public static void main(String... args) {
        System.exit(ExitCode.USAGE);
    }
}
