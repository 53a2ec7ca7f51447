package dcocpp.ocpp.internal.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import dcocpp.ocpp.internal.store.DurableFile;

/** A file of certificates: those that we trust, or our own. Read anew each time: people edit it, too. */
record CertificateFile(Path path) {

    /**
     * The certificates in their order; none if there is no file.
     *
     * @throws IOException if the file cannot be read or holds something broken; nothing in it counts then
     */
    List<X509Certificate> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try {
            return Pem.certificates(Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (CertificateException e) {
            throw new IOException(path + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    void write(List<X509Certificate> certificates) throws IOException {
        try {
            DurableFile.write(path, Pem.of(certificates), false);
        } catch (CertificateException e) {
            throw new IOException("a certificate cannot be written", e);
        }
    }
}
