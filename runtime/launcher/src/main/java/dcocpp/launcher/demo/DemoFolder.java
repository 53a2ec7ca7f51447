package dcocpp.launcher.demo;

import dcocpp.launcher.ConfigCopy;
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
        DemoFolder folder = new DemoFolder(Files.createTempDirectory(workspace, "charger-demo-"));
        try {
            ConfigCopy.of(chargerJson, folder.config().getParent(),
                    charger -> charger.withObjectProperty("chargePoint").put("centralSystemURI", centralSystem.toString()));
            Files.createDirectories(folder.data());
            return folder;
        } catch (IOException | LaunchException e) {
            folder.delete();
            throw e;
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
