package dcocpp.launcher;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code charger} command. */
public final class Main {
    private Main() {
    }

    /** Runs the command and ends the process with its {@link ExitCode}. */
    public static void main(String... args) {
        System.exit(command().execute(args));
    }

    /** The command with its subcommands, ready to execute. */
    public static CommandLine command() {
        CommandLine command = new CommandLine(new ChargerCommand());
        command.setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line));
        command.setParameterExceptionHandler((failure, args) -> wrongUsage(failure));
        command.setExecutionStrategy(Main::execute);
        // an alias or a service unit may give an option, and the user another value
        command.setOverwrittenOptionsAllowed(true);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        return command;
    }

    private static int execute(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            parsed.matchedOptions().stream().filter(option -> option.scopeType() != ScopeType.INHERIT).findFirst().ifPresent(option -> {
                throw new ParameterException(parsed.commandSpec().commandLine(),
                        option.longestName() + " belongs behind \"" + parsed.subcommand().commandSpec().name() + "\"");
            });
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int failed(Exception failure, CommandLine line) throws Exception {
        if (failure instanceof LaunchException user) {
            line.getErr().println(line.getColorScheme().errorText("charger: " + user.getMessage()));
            return user.exitCode();
        }
        // a defect of ours, not of the user: the trace is what we need
        throw failure;
    }

    private static int wrongUsage(ParameterException failure) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText("charger: " + failure.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }
}
