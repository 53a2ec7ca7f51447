package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PlcSimCommandTest {

    private final StringWriter said = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.command();
        command.setErr(new PrintWriter(said, true));
        command.setOut(new PrintWriter(said, true));
        return command.execute(arguments);
    }

    @Test
    void withoutSocketCanOrTheInterfaceItSaysWhichIsMissing() {
        assertEquals(ExitCode.FAILED, run("plc-sim", "--can", "dcocpp-none"));
        String text = said.toString();
        assertTrue(text.contains("no SocketCAN") || text.contains("no usable CAN interface dcocpp-none"), text);
    }

    @Test
    void morePlcsThanABusHasAreRefused() {
        assertEquals(ExitCode.USAGE, run("plc-sim", "--plcs", "17"));
        assertEquals(ExitCode.USAGE, run("plc-sim", "--first", "10", "--plcs", "7"));
        assertTrue(said.toString().contains("0 to 15"), said.toString());
    }
}
