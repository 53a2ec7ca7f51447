package dcocpp.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.demo.EnergyWitness.Span;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DemoOnceTest {

    @TempDir
    private Path configs;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private DemoSettings settings;

    @BeforeEach
    void writeConfig() throws Exception {
        Path config = Files.writeString(configs.resolve("charger.json"), "{\"chargePoint\":{\"id\":\"x\"}}");
        settings = DemoSettings.of(config, false).withWorkspace(configs);
    }

    @Test
    void agreeingFiguresExitZeroAndShowProgressMessagesAndBalance() throws Exception {
        assertEquals(ExitCode.OK, run(settings, UnaryOperator.identity()), err::toString);
        String said = out.toString();
        assertTrue(Pattern.compile("\\[#{14}-{6}] +70\\.0 % +150\\.0 kW +400\\.0 V +375\\.0 A").matcher(said).find(), said);
        assertTrue(said.contains("charger -> CSMS  StartTransaction          connectorId=1  idTag=04A1B2C3D4E5F6  meterStart=7000"), said);
        assertTrue(said.contains("charger <- CSMS  StopTransaction answer"), said);
        assertTrue(said.contains("journal = meter = CSMS"), said);
        assertEquals("", err.toString());
    }

    @Test
    void falsifiedJournalExitsNonZero() throws Exception {
        assertEquals(ExitCode.FAILED, run(settings, told -> heard(plus(told.journalMilliWh(), 1), told.meterMilliWh(), told.csmsWh())));
        assertTrue(err.toString().contains("the energy figures do not agree: the journal has "), err::toString);
        assertTrue(err.toString().contains("1 mWh apart"), err::toString);
    }

    @Test
    void falsifiedMeterExitsNonZero() throws Exception {
        assertEquals(ExitCode.FAILED, run(settings, told -> heard(told.journalMilliWh(), plus(told.meterMilliWh(), -1), told.csmsWh())));
        assertTrue(err.toString().contains("1 mWh apart"), err::toString);
    }

    @Test
    void falsifiedCsmsExitsNonZero() throws Exception {
        assertEquals(ExitCode.FAILED, run(settings, told -> heard(told.journalMilliWh(), told.meterMilliWh(), plus(told.csmsWh(), 1))));
        assertTrue(err.toString().contains("the CSMS was told "), err::toString);
        assertTrue(err.toString().contains("Wh at the stop"), err::toString);
    }

    @Test
    void sessionWithoutEnergyExitsNonZero() throws Exception {
        assertEquals(ExitCode.FAILED, run(settings, told -> heard(new Span(0, 0), new Span(0, 0), new Span(0, 0))));
        assertTrue(err.toString().contains("the meter counted no energy"), err::toString);
    }

    @Test
    void limitEndsItWithWhatItWaitedFor() throws Exception {
        DemoOnce demo = new DemoOnce(settings.withLimit(Duration.ofSeconds(3)), (config, data, rate) ->
                new FakeCharger(config, "Unavailable"), UnaryOperator.identity(), new PrintWriter(out), new PrintWriter(err));
        assertEquals(ExitCode.FAILED, demo.run());
        assertTrue(err.toString().contains("it waited for all connectors to be Available"), err::toString);
        assertTrue(out.toString().contains("StatusNotification"), "the messages so far are shown");
    }

    @Test
    void faultedConnectorEndsItAtOnce() throws Exception {
        DemoOnce demo = new DemoOnce(settings, (config, data, rate) -> new FakeCharger(config, "Available") {
            @Override
            public void plug(int connectorId, double socPercent) {
                fault();
            }
        }, UnaryOperator.identity(), new PrintWriter(out), new PrintWriter(err));
        assertEquals(ExitCode.FAILED, demo.run());
        assertTrue(err.toString().contains("connector 1 is Faulted: because it is a test"), err::toString);
    }

    @Test
    void sessionThatEndsWithoutTransactionEndsItAtOnce() throws Exception {
        DemoOnce demo = new DemoOnce(settings, (config, data, rate) -> new FakeCharger(config, "Available") {
            @Override
            public void swipe(int connectorId, String idTag) {
                endSession();
            }
        }, UnaryOperator.identity(), new PrintWriter(out), new PrintWriter(err));
        assertEquals(ExitCode.FAILED, demo.run());
        assertTrue(err.toString().contains("ended without a transaction"), err::toString);
    }

    @Test
    void brokenConfigurationIsSaidSo() throws Exception {
        Files.writeString(settings.config(), "{ nonsense");
        LaunchException failure = assertThrows(LaunchException.class, () -> run(settings, UnaryOperator.identity()));
        assertEquals(ExitCode.CONFIG_INVALID, failure.exitCode());
    }

    private int run(DemoSettings chosen, UnaryOperator<EnergyWitness> hearing) throws Exception {
        return new DemoOnce(chosen, (config, data, rate) -> new FakeCharger(config, "Available"), hearing,
                new PrintWriter(out), new PrintWriter(err)).run();
    }

    private static Span plus(Span span, long more) {
        return new Span(span.start(), span.stop() + more);
    }

    private static EnergyWitness heard(Span journal, Span meter, Span csms) {
        return new EnergyWitness() {
            @Override
            public Span journalMilliWh() {
                return journal;
            }

            @Override
            public Span meterMilliWh() {
                return meter;
            }

            @Override
            public Span csmsWh() {
                return csms;
            }
        };
    }
}
