package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom the charger believes to be the server that it transfers files with. */
final class Trust {

    private Trust() {
    }

    /**
     * The authorities of a PEM file; null if there is no such file, which means those of the Java runtime.
     *
     * @throws IOException if the file holds none: whoever has deleted the last one wants nobody trusted, and not everybody
     */
    static KeyStore authorities(Path pem) throws IOException, GeneralSecurityException {
        if (!Files.exists(pem)) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (isValid((X509Certificate) certificate)) {
                    store.setCertificateEntry("authority-" + number++, certificate);
                }
            }
        }
        if (number == 0) {
            throw new IOException("no server is trusted: there is no certificate that is valid now in " + pem + " (security.csmsCaBundle)");
        }
        return store;
    }

    /** By the clock of the system, as Java checks the rest of the chain. */
    private static boolean isValid(X509Certificate authority) {
        try {
            authority.checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    static SSLContext context(Path pem) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities(pem));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
