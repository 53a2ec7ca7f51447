package dcocpp.config.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration files that the project ships, and variations of them. */
public final class ConfigFiles {

    /** The folder configs of the project. */
    public static final Path SHIPPED = Path.of("..", "..", "configs").toAbsolutePath().normalize();

    private ConfigFiles() {}

    /** Text of the shipped charger.json. */
    public static String shippedText() {
        try {
            return Files.readString(SHIPPED.resolve("charger.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shipped charger.json, changed. */
    public static String shippedBut(Consumer<ObjectNode> change) {
        try {
            ObjectNode tree = (ObjectNode) Json.parse(shippedText());
            change.accept(tree);
            return tree.toPrettyString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ConfigReport check(String text) {
        return new ChargerConfigLoader(SHIPPED).check(SHIPPED.resolve("charger.json"), text.getBytes(StandardCharsets.UTF_8));
    }

    static ConfigReport checkShippedBut(Consumer<ObjectNode> change) {
        return check(shippedBut(change));
    }
}
