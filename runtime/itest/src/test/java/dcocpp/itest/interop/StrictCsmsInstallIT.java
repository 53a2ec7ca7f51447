package dcocpp.itest.interop;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.itest.Await;
import dcocpp.itest.process.ChargerProcess;

/** What comes before the strict CSMS can start. */
class StrictCsmsInstallIT {

    @TempDir
    private Path home;

    @Test
    void aCommandThatTakesTooLongLeavesNoProcessBehind() throws Exception {
        AssertionError error = assertThrows(AssertionError.class,
                () -> StrictCsms.run(home, Duration.ofSeconds(5), "sh", "-c", "sleep 600 & echo $! > child; wait"));
        assertTrue(error.getMessage().contains("takes too long"), error.getMessage());
        long child = Long.parseLong(Files.readString(home.resolve("child")).strip());
        Await.until("its child is gone", ChargerProcess.LIMIT, () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
}
