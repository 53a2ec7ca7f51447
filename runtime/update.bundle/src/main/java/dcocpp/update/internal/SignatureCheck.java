package dcocpp.update.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Checks who signed a jar. By hand and not with {@code jarsigner -verify}, which is content with a jar that has unsigned entries beside
 * the signed ones: here every entry must be signed, and by one of the pinned certificates itself, so that no name in a certificate
 * counts. The certificates are {@code *.pem} files in a folder.
 */
final class SignatureCheck {

    private final Path certificates;

    SignatureCheck(Path certificates) {
        this.certificates = certificates;
    }

    /**
     * Checks the jar.
     *
     * @param allowUnsigned whether a jar without, or with an unknown signature will do; a broken one never does
     * @throws RefusedException the jar is not taken
     */
    void check(Path file, boolean allowUnsigned) throws RefusedException {
        Set<Certificate> common = signersOfEveryEntry(file);
        if (allowUnsigned || !Collections.disjoint(common, pinned())) {
            return;
        }
        String remedy = "; sign every entry with a key whose certificate is a .pem file in " + certificates
                + ", or set update.allowUnsigned in charger.json, which takes any jar";
        if (common.isEmpty()) {
            throw new RefusedException("the jar is not signed" + remedy);
        }
        throw new RefusedException("the jar is signed by " + name(common.iterator().next()) + ", who is not trusted here" + remedy);
    }

    /** The leaf certificates that every entry is signed with; empty when one entry is not signed at all. */
    private static Set<Certificate> signersOfEveryEntry(Path file) throws RefusedException {
        Set<Certificate> common = null;
        boolean someSigned = false;
        List<String> unsigned = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                readToTheEnd(jar, entry);
                if (entry.isDirectory() || partOfTheSignature(entry.getName())) {
                    continue;
                }
                Set<Certificate> signers = leafCertificates(entry.getCodeSigners());
                someSigned |= !signers.isEmpty();
                if (signers.isEmpty()) {
                    unsigned.add(entry.getName());
                }
                if (common == null) {
                    common = new HashSet<>(signers);
                } else {
                    common.retainAll(signers);
                }
            }
        } catch (SecurityException | IOException e) {
            throw new RefusedException("the jar was changed after it was signed, or is damaged: " + e.getMessage());
        }
        if (someSigned && !unsigned.isEmpty()) {
            throw new RefusedException("the jar was changed after it was signed: " + unsigned.get(0) + " is not signed, other entries are");
        }
        return common == null ? Set.of() : common;
    }

    /** The signers of an entry are known only after all of it was read. */
    private static void readToTheEnd(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            byte[] buffer = new byte[8192];
            while (content.read(buffer) >= 0) {
                // Only to be digested.
            }
        }
    }

    private static boolean partOfTheSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("META-INF/MANIFEST.MF") || upper.matches("META-INF/[^/]+\\.(SF|RSA|EC|DSA)");
    }

    private static Set<Certificate> leafCertificates(CodeSigner[] signers) {
        Set<Certificate> leaves = new HashSet<>();
        if (signers != null) {
            for (CodeSigner signer : signers) {
                leaves.add(signer.getSignerCertPath().getCertificates().get(0));
            }
        }
        return leaves;
    }

    private Set<Certificate> pinned() throws RefusedException {
        Set<Certificate> pinned = new HashSet<>();
        if (!Files.isDirectory(certificates)) {
            return pinned;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(certificates, "*.pem")) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Path file : files) {
                try (InputStream content = Files.newInputStream(file)) {
                    pinned.addAll(factory.generateCertificates(content));
                } catch (CertificateException e) {
                    throw new RefusedException(file + " holds no certificate: " + e.getMessage());
                }
            }
        } catch (IOException | CertificateException e) {
            throw new RefusedException("the trusted certificates cannot be read: " + e.getMessage());
        }
        return pinned;
    }

    private static String name(Certificate certificate) {
        return certificate instanceof X509Certificate x509 ? x509.getSubjectX500Principal().getName() : "an unknown key";
    }
}
