package dcocpp.update.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import jdk.security.jarsigner.JarSigner;

class SignatureCheckTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private SignatureCheck check;

    /** Two keys with the same name in their certificates. */
    @BeforeAll
    static void makeKeys() throws Exception {
        for (String key : new String[] {"ours", "theirs"}) {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                    "-keystore", keys.resolve(key).toString(), "-storetype", "PKCS12", "-storepass", "changeit", "-alias", "key", "-keyalg",
                    "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA", "-dname", "CN=Release").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, keytool.exitValue());
        }
    }

    private static KeyStore.PrivateKeyEntry key(String name) throws Exception {
        try (InputStream in = Files.newInputStream(keys.resolve(name))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return (KeyStore.PrivateKeyEntry) store.getEntry("key", new KeyStore.PasswordProtection(PASSWORD));
        }
    }

    @BeforeEach
    void trustOurs() throws Exception {
        Path certificates = Files.createDirectories(folder.resolve("certs"));
        byte[] der = key("ours").getCertificate().getEncoded();
        Files.writeString(certificates.resolve("release.pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE-----\n");
        check = new SignatureCheck(certificates);
    }

    private Path unsigned() throws Exception {
        return Jars.bundle(folder, "a.b", "1.0.0", Jars.PLANNER);
    }

    private Path signed(String key) throws Exception {
        Path signed = folder.resolve("signed-" + key + ".jar");
        try (ZipFile in = new ZipFile(unsigned().toFile()); OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key(key)).build().sign(in, out);
        }
        return signed;
    }

    private String refusal(Path jar, boolean allowUnsigned) {
        return assertThrows(RefusedException.class, () -> check.check(jar, allowUnsigned)).getMessage();
    }

    private static Path write(Path jar, String entry, String content) throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            if (zip.getPath(entry).getParent() != null) {
                Files.createDirectories(zip.getPath(entry).getParent());
            }
            Files.write(zip.getPath(entry), content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void signedByATrustedKeyIsTaken() throws Exception {
        Path jar = signed("ours");
        assertDoesNotThrow(() -> check.check(jar, false));
        assertDoesNotThrow(() -> check.check(jar, true));
    }

    @Test
    void unsignedIsTakenOnlyWhenAllowed() throws Exception {
        Path jar = unsigned();
        assertTrue(refusal(jar, false).contains("not signed"));
        assertDoesNotThrow(() -> check.check(jar, true));
    }

    @Test
    void anotherKeyOfTheSameNameIsNotTrusted() throws Exception {
        Path jar = signed("theirs");
        String refusal = refusal(jar, false);
        assertTrue(refusal.contains("CN=Release") && refusal.contains("not trusted"), refusal);
        assertDoesNotThrow(() -> check.check(jar, true));
    }

    @Test
    void aChangedEntryIsRefusedEvenWhenUnsignedIsAllowed() throws Exception {
        Path jar = write(signed("ours"), "a/A.class", "other code");
        assertTrue(refusal(jar, false).contains("changed"));
        assertTrue(refusal(jar, true).contains("changed"));
    }

    @Test
    void anAddedEntryIsRefusedEvenInTheFolderOfTheSignature() throws Exception {
        assertTrue(refusal(write(signed("ours"), "a/B.class", "more code"), true).contains("a/B.class"));
        assertTrue(refusal(write(signed("ours"), "META-INF/services/x", "y"), true).contains("META-INF/services/x"));
        assertTrue(refusal(write(signed("ours"), "META-INF/evil.bin", "y"), false).contains("META-INF/evil.bin"));
    }

    @Test
    void aChangedManifestIsRefused() throws Exception {
        Path jar = signed("ours");
        String manifest;
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            manifest = Files.readString(zip.getPath("META-INF/MANIFEST.MF"));
        }
        write(jar, "META-INF/MANIFEST.MF", manifest.replace("Bundle-Version: 1.0.0", "Bundle-Version: 9.9.9"));
        refusal(jar, false);
    }

    @Test
    void aStrippedSignatureIsRefused() throws Exception {
        Path jar = signed("ours");
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.delete(zip.getPath("META-INF/SIGNER.SF"));
            Files.delete(zip.getPath("META-INF/SIGNER.EC"));
        }
        assertTrue(refusal(jar, false).contains("not signed"));
    }

    @Test
    void aDamagedCertificateIsNamed() throws Exception {
        Files.writeString(folder.resolve("certs/broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        String refusal = refusal(signed("ours"), false);
        assertTrue(refusal.contains("broken.pem"), refusal);
    }
}
