package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.repository.fileset.FileSetRepository;
import biz.aQute.resolve.Bndrun;
import dcocpp.itest.TestFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.service.resolver.ResolutionException;

/** The gate of the build, broken on purpose: the resolver over the distribution's bundles, whole and with one missing. */
class ResolverGateIT {

    @Test
    void theDistributionResolves() throws Exception {
        String bundles = resolve("whole", "none");
        assertTrue(bundles.contains("dcocpp.controller"), bundles);
    }

    @Test
    void aMissingImportFails() {
        ResolutionException refused = assertThrows(ResolutionException.class, () -> resolve("no-jackson", "jackson-databind-"));
        assertTrue(refused.getMessage().contains("com.fasterxml.jackson.databind"), refused.getMessage());
    }

    @Test
    void aMandatoryServiceThatNobodyProvidesFails() {
        ResolutionException refused = assertThrows(ResolutionException.class, () -> resolve("no-config-admin", "org.apache.felix.configadmin-"));
        assertTrue(refused.getMessage().contains("org.apache.felix.configadmin") || refused.getMessage().contains("org.osgi.service.cm"),
                refused.getMessage());
    }

    private static String resolve(String name, String without) throws Exception {
        Path work = TestFolder.fresh("ResolverGateIT-" + name).root();
        Path run = Files.copy(TestFolder.repository().resolve("runtime/dist/runtime.bndrun"), work.resolve("runtime.bndrun"));
        List<File> jars;
        try (Stream<Path> bundles = Files.list(TestFolder.distribution().resolve("bundle"));
                Stream<Path> lib = Files.list(TestFolder.distribution().resolve("lib"))) {
            Stream<Path> framework = lib.filter(f -> f.getFileName().toString().startsWith("org.apache.felix.framework-"));
            jars = Stream.concat(bundles.filter(f -> !f.getFileName().toString().startsWith(without)), framework)
                    .map(Path::toFile).collect(Collectors.toList());
        }
        try (Bndrun bndrun = Bndrun.createBndrun(null, run.toFile())) {
            bndrun.getWorkspace().setOffline(true);
            bndrun.getWorkspace().addBasicPlugin(new FileSetRepository("distribution", jars));
            bndrun.getInfo(bndrun.getWorkspace());
            return bndrun.resolve(false, false);
        }
    }
}
