package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import dcocpp.cantest.swapper.Swapper;
import dcocpp.itest.Await;
import dcocpp.itest.Jars;
import dcocpp.itest.TestFolder;

/**
 * Whatever else may go on in a charger: its planner and its OCPP bundle are replaced every ten seconds, garbage is collected by force every
 * five, and another process wants the processor. The swapper is installed while no session runs, as the charger demands.
 */
final class Disturbance implements AutoCloseable {

    private static final int VERSIONS = 6;
    private static final int SWAP_SECONDS = 10;
    private static final int COLLECTION_SECONDS = 5;
    private static final String CLASS_FILE = Swapper.class.getName().replace('.', '/') + ".class";

    private final Path folder;
    private final Process busy;
    private final long beganNanos;

    private Disturbance(Path folder, Process busy) {
        this.folder = folder;
        this.busy = busy;
        this.beganNanos = System.nanoTime();
    }

    /** Puts what disturbs into the charger; it does nothing yet. */
    static void install(ChargerOnTheBus site) throws Exception {
        Path folder = Files.createDirectories(folder(site));
        for (String name : new String[] {"dcocpp.planner", "dcocpp.ocpp"}) {
            Path jar = jar(name);
            for (int version = 1; version <= VERSIONS; version++) {
                Files.write(folder.resolve(name + "-" + version + ".jar"), Jars.withVersion(jar, "1.0." + version));
            }
        }
        Path data = site.folder().data();
        HttpRequest request = HttpRequest.newBuilder(URI.create(Files.readString(data.resolve("api.url")).trim() + "/api/bundles"))
                .header("Authorization", "Bearer " + Files.readString(data.resolve("api.token")).trim())
                .POST(HttpRequest.BodyPublishers.ofByteArray(swapper(folder))).build();
        HttpResponse<String> taken = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(202, taken.statusCode(), taken.body());
    }

    private static Path folder(ChargerOnTheBus site) {
        return site.folder().root().resolve("swapper");
    }

    private static Path jar(String symbolicName) throws IOException {
        try (Stream<Path> files = Files.list(TestFolder.distribution().resolve("bundle"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(symbolicName + "-")).findFirst().orElseThrow();
        }
    }

    private static byte[] swapper(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "dcocpp.cantest.swapper");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Bundle-Activator", Swapper.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework");
        headers.putValue(Swapper.FOLDER, folder.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest);
                InputStream in = Swapper.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
            out.putNextEntry(new ZipEntry(CLASS_FILE));
            in.transferTo(out);
            out.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** From now on there is no rest. */
    static Disturbance start(ChargerOnTheBus site) throws IOException {
        Files.createFile(folder(site).resolve("go"));
        return new Disturbance(folder(site), new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }

    /** Lets so much time pass, and checks that it was disturbed. */
    void await(Duration time) throws IOException {
        Await.until("the time", time.plusMinutes(1), () -> System.nanoTime() - beganNanos >= time.toNanos());
        String[] done = done();
        assertTrue(done.length == 2, String.join(" ", done));
        // Whoever is disturbed does not keep the swapper's time either.
        assertTrue(Integer.parseInt(done[0]) >= time.toSeconds() * 2 / 3 / SWAP_SECONDS, "replaced " + done[0] + " times");
        assertTrue(Integer.parseInt(done[1]) >= time.toSeconds() * 2 / 3 / COLLECTION_SECONDS, done[1] + " collections");
        assertTrue(busy.isAlive());
    }

    private String[] done() throws IOException {
        return Files.readString(folder.resolve("done")).trim().split(" ", 3);
    }

    /** What it has done, for people. */
    String report() throws IOException {
        String[] done = done();
        return "planner and OCPP replaced " + done[0] + " times, " + done[1] + " collections by force, a busy process";
    }

    @Override
    public void close() throws IOException {
        busy.destroyForcibly();
        Files.delete(folder.resolve("go"));
    }
}
