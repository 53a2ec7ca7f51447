package dcocpp.itest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A test's own folder below {@code target/work}: {@code configs/charger.json} and {@code data/}. It is emptied when a test begins and left
 * as it is when it ends, so that logs and databases of a failure can be read.
 *
 * @param root absolute path
 */
public record TestFolder(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The distribution that was built: {@code runtime/dist/target/charger}. */
    public static Path distribution() {
        return Path.of(System.getProperty("dcocpp.home")).toAbsolutePath().normalize();
    }

    /** The repository's root. */
    public static Path repository() {
        return Path.of(System.getProperty("itest.root")).toAbsolutePath().normalize();
    }

    /** An empty folder of this name. */
    public static TestFolder fresh(String name) throws IOException {
        Path root = Path.of(System.getProperty("itest.work")).toAbsolutePath().normalize().resolve(name);
        if (Files.exists(root)) {
            List<Path> old;
            try (Stream<Path> walk = Files.walk(root)) {
                old = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : old) {
                Files.delete(path);
            }
        }
        Files.createDirectories(root.resolve("data"));
        return new TestFolder(root);
    }

    /** The data folder. */
    public Path data() {
        return root.resolve("data");
    }

    /** Where {@link #writeConfig} writes. */
    public Path config() {
        return root.resolve("configs").resolve("charger.json");
    }

    /**
     * Copies the distribution's {@code configs} and changes charger.json. Without a change of it, centralSystemURI points to a port where
     * nobody listens, so that a test never talks to a back office that happens to run on this machine.
     *
     * @param changes JSON pointer to new value (String, Number, Boolean, List, Map); a null value removes the key
     * @return the path of charger.json
     */
    public Path writeConfig(Map<String, Object> changes) throws IOException {
        Path source = distribution().resolve("configs");
        Files.createDirectories(config().getParent());
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(config().resolveSibling(file.getFileName()), Files.readAllBytes(file));
            }
        }
        ObjectNode charger = (ObjectNode) JSON.readTree(config().toFile());
        set(charger, "/chargePoint/centralSystemURI", "ws://127.0.0.1:1/");
        changes.forEach((pointer, value) -> set(charger, pointer, value));
        JSON.writerWithDefaultPrettyPrinter().writeValue(config().toFile(), charger);
        return config();
    }

    private static void set(ObjectNode document, String pointer, Object value) {
        JsonPointer path = JsonPointer.compile(pointer);
        String key = path.last().getMatchingProperty();
        if (document.at(path.head()) instanceof ArrayNode array) {
            array.set(path.last().getMatchingIndex(), JSON.valueToTree(value));
            return;
        }
        ObjectNode parent = document.withObject(path.head());
        if (value == null) {
            parent.remove(key);
        } else {
            parent.set(key, JSON.valueToTree(value));
        }
    }
}
