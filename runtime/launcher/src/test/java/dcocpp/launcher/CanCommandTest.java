package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code charger can} with a standard input of the test's. */
class CanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLine command = Main.command();
            command.setOut(new PrintWriter(out));
            command.setErr(new PrintWriter(err));
            return command.execute(args);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void decodedFramesEncodeToTheSameLines() {
        String log = """
                (1436509052.249713) vcan0 00000162#062A1400100E0023
                (1436509052.250001) vcan0 00000172#00159F0F83FFCEFF
                (1436509052.260001) vcan0 00090002#0104020F7D000000
                (1436509052.260001) vcan0 00000142#01
                """;
        assertEquals(ExitCode.OK, run(log, "can", "decode"));
        String json = out.toString();
        assertEquals(4, json.lines().count(), err.toString());
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run(json, "can", "encode"));
        assertEquals(log, out.toString());
    }

    @Test
    void badLinesFailAtTheEnd() {
        assertEquals(ExitCode.FAILED, run("nonsense\n(1.0) can0 00000122#07\n", "can", "decode"));
        assertEquals(1, out.toString().lines().count());
        assertTrue(err.toString().contains("line 1"), err.toString());
    }

    @Test
    void checksumModeIsReadInAnyCase() {
        assertEquals(ExitCode.OK, run("(1.0) can0 00000162#062A1400100E0000\n", "can", "decode", "--crc", "legacy"));
        assertTrue(out.toString().contains("\"crc\":\"none\""), out.toString());
        assertEquals(ExitCode.USAGE, run("", "can", "decode", "--crc", "none"));
    }

    @Test
    void aRecordingIsReplayed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("can.log"), """
                (1.000000) can0 00000162#062A1400100E0023
                (1.000100) can0 00000192#140007000000008F
                (1.000200) can0 00000432#7A174305C0173E17
                (1.500000) can1 00000163#00
                """);
        assertEquals(ExitCode.OK, run("", "can", "replay", file.toString()), err.toString());
        assertTrue(out.toString().contains("plc 2  cp UNKNOWN -> C"), out.toString());
        assertEquals(ExitCode.FAILED, run("", "can", "replay", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("cannot be read"), err.toString());
    }

    @Test
    void monitorSaysWhyThereIsNoBus() {
        assertEquals(ExitCode.FAILED, run("", "can", "monitor", "dcocpp-none", "-n", "1"));
        assertTrue(err.toString().startsWith("charger: "), err.toString());
        assertTrue(err.toString().contains("no SocketCAN") || err.toString().contains("no CAN interface dcocpp-none"), err.toString());
    }
}
