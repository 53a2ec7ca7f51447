package dcocpp.simrun.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dcocpp.simrun.script.Script;

/** Every scenario of the project comes out as its script expects. */
class ScenariosTest {

    private static final Path SCENARIOS = Path.of("..", "..", "scenarios");

    @TempDir
    private Path data;

    static List<Path> scenarios() throws IOException {
        List<String> left = List.of(System.getProperty("simrun.leave", "").split(","));
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !left.contains(file.getFileName().toString().replace(".yaml", ""))).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void aScenarioOfTheProjectComesOutAsItsScriptExpects(Path file) throws Exception {
        Report report = ScenarioRun.play(Script.read(file), data, new Frames());
        System.out.println(ReportText.of(report));
        assertTrue(report.ok(), () -> ReportText.of(report));
    }
}
