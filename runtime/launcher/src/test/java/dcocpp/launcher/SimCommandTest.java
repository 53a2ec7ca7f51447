package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code charger sim} in front of an API that writes down what it is asked. */
class SimCommandTest {
    private static final String CONNECTORS = """
            {"connectors":[
            {"connectorId":1,"cp":"C","car":{"id":"compact-400","socPercent":33.4,"paused":false},"voltageV":389.6,"currentA":120.04,
             "powerW":46767,"faults":[]},
            {"connectorId":2,"cp":"B","car":{"id":"tourer-800","socPercent":20,"paused":true},"voltageV":0,"currentA":0,"powerW":0,
             "faults":[{"cause":"ISOLATION","detail":""},{"cause":"LOCK","detail":""}]},
            {"connectorId":3,"cp":"A","car":null,"voltageV":0,"currentA":0,"powerW":0,"faults":[]}]}""";

    @TempDir
    private Path data;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer api;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
        Files.writeString(data.resolve("api.url"), "http://127.0.0.1:" + api.getAddress().getPort() + "\n");
        Files.writeString(data.resolve("api.token"), "token\n");
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] answer = (exchange.getRequestMethod().equals("GET") ? CONNECTORS : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private int sim(String... arguments) {
        CommandLine command = Main.command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] line = new String[arguments.length + 3];
        line[0] = "sim";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[arguments.length + 1] = "--data";
        line[arguments.length + 2] = data.toString();
        return command.execute(line);
    }

    @Test
    void aCardWithoutConnectorIsShownToTheReaderOfTheCabinet() {
        assertEquals(0, sim("swipe"), err.toString());
        assertEquals(0, sim("swipe", "2", "04A1B2C3D4E5F6"), err.toString());
        assertEquals(List.of("POST /api/sim/swipe {\"connector\":0}",
                "POST /api/sim/swipe {\"connector\":2,\"idTag\":\"04A1B2C3D4E5F6\"}"), asked);
    }

    @Test
    void aConnectorThatIsNoNumberIsAUsageError() {
        assertEquals(ExitCode.USAGE, sim("swipe", "04A1B2C3D4E5F6"));
        assertTrue(err.toString().contains("CONNECTOR"), err.toString());
        assertEquals(List.of(), asked);
    }

    @Test
    void theListIsATableWithALineForEachConnector() {
        assertEquals(0, sim("list"), err.toString());
        assertEquals("""
                gun  CP  car                 SoC  voltage  current    power  faults
                1    C   compact-400        33 %    390 V  120.0 A  46.8 kW
                2    B   tourer-800 paused  20 %      0 V    0.0 A   0.0 kW  ISOLATION LOCK
                3    A   -                            0 V    0.0 A   0.0 kW
                """, out.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void forProgramsTheListIsTheAnswerOfTheApi() {
        assertEquals(0, sim("list", "--json"), err.toString());
        assertTrue(out.toString().contains("\"socPercent\" : 33.4"), out.toString());
    }
}
