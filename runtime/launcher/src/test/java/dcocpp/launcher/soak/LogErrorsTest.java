package dcocpp.launcher.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogErrorsTest {

    private static final String ERROR = "2026-01-31T12:00:00.000Z ERROR [dcocpp-x] d.X - broken\n";
    private static final String REST = "2026-01-31T12:00:00.000Z WARN  [dcocpp-x] d.X - an ERROR of somebody else\n\tat d.X.y(X.java:1)\n";

    @TempDir
    private Path folder;

    private Path append(String text) throws Exception {
        return Files.writeString(folder.resolve("charger.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void eachErrorIsFoundOnce() throws Exception {
        LogErrors errors = LogErrors.fromHere(folder.resolve("charger.log"));
        assertEquals(List.of(), errors.more(), "there is no log yet");
        append(REST + ERROR + REST);
        assertEquals(List.of("[dcocpp-x] d.X - broken"), errors.more());
        assertEquals(List.of(), errors.more());
    }

    @Test
    void aLineThatIsStillWrittenWaitsForItsEnd() throws Exception {
        LogErrors errors = LogErrors.fromHere(append(""));
        append(ERROR.substring(0, 30));
        assertEquals(List.of(), errors.more());
        append(ERROR.substring(30));
        assertEquals(1, errors.more().size());
    }

    @Test
    void aFileThatWasRolledOverIsReadFromItsBeginning() throws Exception {
        Path log = append(REST + REST + ERROR);
        LogErrors errors = LogErrors.fromHere(log);
        assertEquals(List.of(), errors.more(), "what was there before");
        Files.writeString(log, ERROR);
        assertEquals(1, errors.more().size());
    }
}
