package dcocpp.launcher;

import dcocpp.plcsim.PlcBus;
import dcocpp.plcsim.PlcCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "plc-sim", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Simulates the PLCs of a charger on a CAN interface, with guns, power modules and cars, and watches the host.",
            "It is moved by lines on standard input; \"help\" lists them, \"quit\" or Ctrl-C ends it. "
                    + "At the end of the input it goes on."},
        footer = {"", "A bus to try it on:", "  sudo ip link add vcan0 type vcan && sudo ip link set vcan0 up"})
final class PlcSimCommand implements Callable<Integer> {
    private static final int MOST = 16;

    @Option(names = "--can", paramLabel = "INTERFACE", defaultValue = "vcan0",
            description = "The SocketCAN interface. Default: ${DEFAULT-VALUE}.")
    private String canInterface;

    @Option(names = "--plcs", paramLabel = "N", defaultValue = "12",
            description = "How many PLCs, 1 to 16. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--first", paramLabel = "PLC", defaultValue = "0",
            description = "The plcId of the first one. Default: ${DEFAULT-VALUE}.")
    private int first;

    @Option(names = "--script", paramLabel = "FILE", description = "Lines to do at first; \"wait SECONDS\" pauses.")
    private Path script;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (first < 0 || count < 1 || first + count > MOST) {
            throw new ParameterException(spec.commandLine(), "a bus has the plcIds 0 to 15, not " + first + " to " + (first + count - 1));
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        // Outside a framework nobody reads where the bundle keeps its native code.
        for (String library : new String[] {"javacan-core", "javacan-epoll"}) {
            System.setProperty("javacan.native." + library + ".classpath",
                    "/native/" + System.getProperty("os.arch") + "/native/lib" + library + ".so");
        }
        try (PlcBus bus = PlcBus.open(canInterface, first, count, System::nanoTime, line -> say(err, "charger: " + line))) {
            say(out, count + " simulated PLCs on " + canInterface + ", plcIds " + first + " to " + (first + count - 1)
                    + "; \"help\" says what they do, Ctrl-C ends them.");
            PlcCommands commands = new PlcCommands(bus);
            if (script != null) {
                for (String line : Files.readAllLines(script)) {
                    perform(commands, line.replaceFirst("#.*", ""), out);
                }
            }
            if (!served(commands, out, err)) {
                new CountDownLatch(1).await();
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    private static void say(PrintWriter to, String text) {
        to.println(text);
        to.flush();
    }

    /** A script that is wrong ends the command. */
    private static void perform(PlcCommands commands, String line, PrintWriter out) throws LaunchException, InterruptedException {
        try {
            if (line.startsWith("wait ")) {
                new CountDownLatch(1).await((long) (1000 * Double.parseDouble(line.substring(5).trim())), TimeUnit.MILLISECONDS);
            } else if (!line.isBlank()) {
                say(out, line.trim() + "\n" + commands.execute(line));
            }
        } catch (IllegalArgumentException e) {
            throw new LaunchException(ExitCode.FAILED, line.trim() + ": " + e.getMessage(), e);
        }
    }

    /** Does what comes on standard input; whether it was told to end. A slip of a person ends nothing. */
    private static boolean served(PlcCommands commands, PrintWriter out, PrintWriter err) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.trim().equals("quit")) {
                return true;
            }
            try {
                String answer = commands.execute(line);
                if (!answer.isEmpty()) {
                    say(out, answer);
                }
            } catch (IllegalArgumentException e) {
                say(err, e.getMessage());
            }
        }
        return false;
    }
}
