package dcocpp.can.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** The tables of the codec are those of the DBC. With {@code -Ddbc.write=true} they are written anew instead of judged. */
class DbcSourcesTest {

    private static final Path FOLDER = Path.of("src", "main", "java", "dcocpp", "can", "internal", "codec");

    @Test
    void checkedInTablesAreMadeFromTheDbc() throws IOException {
        for (Map.Entry<String, String> file : new DbcSources(DbcFile.read()).files().entrySet()) {
            Path path = FOLDER.resolve(file.getKey());
            if (Boolean.getBoolean("dbc.write")) {
                Files.writeString(path, file.getValue());
            }
            assertEquals(file.getValue(), Files.readString(path),
                    "mvn test -pl can.bundle -am -Dtest=DbcSourcesTest -Dsurefire.failIfNoSpecifiedTests=false -Ddbc.write=true writes "
                            + path);
        }
    }
}
