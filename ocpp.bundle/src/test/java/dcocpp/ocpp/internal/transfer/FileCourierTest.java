package dcocpp.ocpp.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Files of the charger's own disk. */
class FileCourierTest extends TransferFixture {

    private Path permitted;

    @BeforeEach
    void setUp() throws IOException {
        permitted = Files.createDirectories(folder.resolve(TransferPolicy.FILE_FOLDER));
    }

    @Test
    void aFileOfThePermittedFolderIsTakenAndPutThere() throws Exception {
        Files.write(permitted.resolve("firmware.jar"), CONTENT);
        courier().download(permitted.resolve("firmware.jar").toUri().toString(), target(), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(target()));
        courier().upload(file(), permitted.toUri().toString(), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(permitted.resolve("logs.zip")));
    }

    @Test
    void aFileOutsideIsNeitherTakenNorPutThere() throws IOException {
        Path outside = Files.write(folder.resolve("secret"), CONTENT);
        Path link = Files.createSymbolicLink(permitted.resolve("link"), folder);
        for (String address : new String[] {outside.toUri().toString(), permitted.toUri() + "../secret", link.toUri() + "/secret",
                "file:///etc/passwd"}) {
            assertEquals(Kind.NOT_PERMITTED, downloadFails(address).kind(), address);
        }
        assertEquals(Kind.NOT_PERMITTED, assertThrows(TransferException.class,
                () -> courier().upload(file(), folder.toUri().toString(), new Abort())).kind());
        assertEquals(Kind.NOT_PERMITTED, assertThrows(TransferException.class,
                () -> courier().upload(file(), link.toUri() + "/new.zip", new Abort())).kind());
        assertFalse(Files.exists(folder.resolve("new.zip")));
        assertEquals(Kind.BAD_ADDRESS, downloadFails("file://somewhere/x").kind());
    }

    @Test
    void aFileThatIsNotThereFails() {
        assertEquals(Kind.FAILED, downloadFails(permitted.toUri() + "nothing").kind());
        assertEquals(Kind.FAILED, downloadFails(permitted.toUri() + "no/such/folder").kind());
    }
}
