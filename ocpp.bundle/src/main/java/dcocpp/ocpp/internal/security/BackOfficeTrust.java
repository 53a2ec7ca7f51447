package dcocpp.ocpp.internal.security;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the back office's certificate as Java does (path, time, purpose, host name), against roots of our own and by the charger's own
 * clock, and says in words what is wrong with it. Revocation is not checked. Immutable.
 */
final class BackOfficeTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager checker;
    private final Path file;
    private final Instant now;

    /**
     * A root counts while it is valid itself, which Java would not ask.
     *
     * @param file where the roots come from, for people
     * @throws CertificateException if no root is valid now
     */
    BackOfficeTrust(List<X509Certificate> roots, Path file, Instant now) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = roots.stream().filter(root -> isValid(root, now)).map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            throw new CertificateException("no root in " + file + " is valid at " + now + ", the time of the charger's clock");
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        checker = (X509ExtendedTrustManager) Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance).findFirst().orElseThrow();
        this.file = file;
        this.now = now;
    }

    private static boolean isValid(X509Certificate root, Instant now) {
        return !now.isBefore(root.getNotBefore().toInstant()) && !now.isAfter(root.getNotAfter().toInstant());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            checker.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw new CertificateException("the back office's certificate " + wrong(chain, authType, engine.getPeerHost(), e), e);
        }
    }

    private String wrong(X509Certificate[] chain, String authType, String host, CertificateException failure) {
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity(Date.from(now));
            } catch (CertificateExpiredException e) {
                return "expired at " + certificate.getNotAfter().toInstant() + " (" + name(certificate)
                        + "); the charger's clock says " + now;
            } catch (CertificateNotYetValidException e) {
                return "is not valid before " + certificate.getNotBefore().toInstant() + " (" + name(certificate)
                        + "); the charger's clock says " + now;
            }
        }
        try {
            checker.checkServerTrusted(chain, authType);
            return "is not made for the host " + host + " (" + name(chain[0]) + ")";
        } catch (CertificateException e) {
            return "is not signed by a certificate that is valid now in " + file + " (" + name(chain[0]) + ", issued by "
                    + chain[chain.length - 1].getIssuerX500Principal() + "): " + failure.getMessage();
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().toString();
    }

    /** A chain that was issued to us: the same roots and the same clock, the purpose of a client. */
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checker.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        // Without an engine there is no host name to check.
        throw new CertificateException("only connections of an SSLEngine are made");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checker.getAcceptedIssuers();
    }
}
