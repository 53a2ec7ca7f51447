package dcocpp.ocpp.internal.link;

import java.io.IOException;

import javax.net.ssl.SSLContext;

/** Whom a TLS connection trusts, and what it shows of itself. */
public interface Tls {

    /**
     * What counts for one connection; asked anew for each, so that a certificate that came or went counts at once.
     *
     * @param clientCertificate whether a certificate of our own is shown
     * @throws IOException if there is nothing to trust or nothing to show; the message is for people
     */
    SSLContext context(boolean clientCertificate) throws IOException;
}
