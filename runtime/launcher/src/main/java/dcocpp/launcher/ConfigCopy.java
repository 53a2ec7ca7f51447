package dcocpp.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A copy of a configuration in another folder, with the files that it refers to, for a charger that shall not touch the original. */
public final class ConfigCopy {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigCopy() {
    }

    /**
     * Copies the folder of charger.json and changes the copy.
     *
     * @param folder where to; made when missing
     * @param change what is otherwise in the copy
     * @return path of the copied charger.json
     * @throws LaunchException when charger.json cannot be read
     */
    public static Path of(Path chargerJson, Path folder, Consumer<ObjectNode> change) throws IOException, LaunchException {
        ObjectNode charger = read(chargerJson);
        change.accept(charger);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(chargerJson.toAbsolutePath().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path copy = folder.resolve("charger.json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(copy.toFile(), charger);
        return copy;
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
}
