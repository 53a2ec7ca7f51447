package dcocpp.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder with a copy of the configuration and an empty data folder. */
final class DemoFolder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    private DemoFolder(Path root) {
        this.root = root;
    }

    /**
     * Copies the folder of charger.json, for the files that it refers to, and points the copy to another CSMS.
     *
     * @throws LaunchException when charger.json cannot be read
     */
    static DemoFolder create(Path workspace, Path chargerJson, URI centralSystem) throws IOException, LaunchException {
        ObjectNode charger = read(chargerJson);
        charger.withObjectProperty("chargePoint").put("centralSystemURI", centralSystem.toString());
        DemoFolder folder = new DemoFolder(Files.createTempDirectory(workspace, "charger-demo-"));
        Files.createDirectories(folder.data());
        Files.createDirectories(folder.config().getParent());
        try (Stream<Path> files = Files.list(chargerJson.toAbsolutePath().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.config().resolveSibling(file.getFileName()));
            }
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.config().toFile(), charger);
        return folder;
    }

    private static ObjectNode read(Path chargerJson) throws LaunchException {
        try {
            JsonNode node = JSON.readTree(chargerJson.toFile());
            if (node instanceof ObjectNode object && (node.path("chargePoint").isObject() || node.path("chargePoint").isMissingNode())) {
                return object;
            }
            throw new LaunchException(ExitCode.CONFIG_INVALID, chargerJson + " is not a JSON object with a chargePoint object in it");
        } catch (IOException e) {
            throw new LaunchException(ExitCode.CONFIG_INVALID, chargerJson + " cannot be read: " + e.getMessage(), e);
        }
    }

    Path root() {
        return root;
    }

    Path config() {
        return root.resolve("configs").resolve("charger.json");
    }

    Path data() {
        return root.resolve("data");
    }

    void delete() throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
