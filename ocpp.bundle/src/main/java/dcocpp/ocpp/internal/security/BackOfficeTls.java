package dcocpp.ocpp.internal.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.link.Tls;

/**
 * TLS with the certificates in our files. Without a root nobody is trusted, and no connection is made. A context of its own for each
 * connection also means that no session is resumed: each connection checks the certificate. Immutable.
 */
public final class BackOfficeTls implements Tls {

    private final SecurityFiles files;
    private final TimeSource time;

    public BackOfficeTls(SecurityFiles files, TimeSource time) {
        this.files = files;
        this.time = time;
    }

    @Override
    public SSLContext context(boolean clientCertificate) throws IOException {
        List<X509Certificate> roots = new CertificateFile(files.csmsRoots()).read();
        if (roots.isEmpty()) {
            throw new IOException("no back office is trusted: there is no certificate in " + files.csmsRoots()
                    + " (security.csmsCaBundle)");
        }
        try {
            KeyManager[] own = clientCertificate ? new ClientIdentity(files).load().keyManagers() : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, new TrustManager[] {new BackOfficeTrust(roots, files.csmsRoots(), time.now())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
