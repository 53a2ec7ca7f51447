package dcocpp.config.internal.supply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import dcocpp.config.internal.file.ChargerConfig;
import dcocpp.config.internal.file.Finding;

/** Makes the folders that a configuration names, where they are missing. */
final class Folders {

    private static final List<String> FILES = List.of(
            "/userConfig", "/security/csmsCaBundle", "/security/manufacturerCaBundle", "/security/moCaBundle", "/security/v2gCaBundle");
    /** They hold keys, or tokens of customers. */
    private static final List<String> PRIVATE_FOLDERS = List.of(
            "/databaseDir", "/messageLogPath",
            "/security/clientKeyDir", "/security/seccKeyDir", "/security/clientCertDir", "/security/seccCertDir");

    private Folders() {}

    static List<Finding> make(ChargerConfig config, PidTranslator paths) {
        List<Finding> findings = new ArrayList<>();
        FILES.forEach(place -> make(place, paths.path(config, place).getParent(), false, findings));
        PRIVATE_FOLDERS.forEach(place -> make(place, paths.path(config, place), true, findings));
        return findings;
    }

    private static void make(String place, Path folder, boolean ownerOnly, List<Finding> findings) {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            if (ownerOnly) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (FileAlreadyExistsException e) {
            findings.add(new Finding(Finding.Severity.ERROR, place, e.getMessage() + " is a file", "a folder"));
        } catch (IOException e) {
            findings.add(new Finding(Finding.Severity.ERROR, place, folder + " cannot be made: " + e, "a folder that can be made"));
        }
    }
}
