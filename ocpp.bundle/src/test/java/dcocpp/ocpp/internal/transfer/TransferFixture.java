package dcocpp.ocpp.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.io.TempDir;

import dcocpp.ocpp.internal.testing.FileAuthority;

/** A charger's disk and what a transfer of a test needs. */
abstract class TransferFixture {

    static final int MAX_BYTES = 300_000;
    static final byte[] CONTENT = content(200_000);
    private static final long LIMIT_SECONDS = 30;

    @TempDir
    Path folder;
    final FileAuthority authority = new FileAuthority("Test Root", Instant.now());

    static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        return bytes;
    }

    Courier courier() {
        return new PolicyCourier(new TransferPolicy(EnumSet.allOf(Protocol.class), MAX_BYTES, Duration.ofSeconds(5),
                Duration.ofSeconds(LIMIT_SECONDS), authorities(), folder));
    }

    Path authorities() {
        return folder.resolve("authorities.pem");
    }

    void trust(FileAuthority trusted) throws IOException {
        Files.writeString(authorities(), "Our own root:\n" + FileAuthority.pem(trusted.certificate()));
    }

    Path target() {
        return folder.resolve("firmware").resolve("firmware.bin");
    }

    Path file() throws IOException {
        return Files.write(folder.resolve("logs.zip"), CONTENT);
    }

    TransferException downloadFails(String location) {
        TransferException failure = assertThrows(TransferException.class, () -> courier().download(location, target(), new Abort()));
        assertNothingIsLeft();
        return failure;
    }

    void assertNothingIsLeft() {
        assertFalse(Files.exists(target()), "no half file is left");
        assertFalse(Files.exists(target().resolveSibling("firmware.bin.part")), "no half file is left");
    }

    /** Runs something on a thread of its own that another one ends. */
    static TransferException endedBy(Abort abort, CompletableFuture<?> stuck, ThrowingTask task)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<TransferException> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                task.run();
                failure.completeExceptionally(new AssertionError("it ended well"));
            } catch (TransferException e) {
                failure.complete(e);
            }
        }, "test-transfer");
        thread.start();
        stuck.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        abort.abort("the charger stops");
        TransferException found = failure.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertEquals("the charger stops", found.getMessage());
        return found;
    }

    interface ThrowingTask {
        void run() throws TransferException;
    }
}
