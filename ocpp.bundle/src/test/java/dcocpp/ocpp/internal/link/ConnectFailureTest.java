package dcocpp.ocpp.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;

import org.eclipse.jetty.websocket.api.exceptions.UpgradeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the failures that Java and Jetty report. */
class ConnectFailureTest {

    private static ConnectFailure tls(String message) {
        return ConnectFailure.of(new IOException("upgrade failed", new SSLHandshakeException(message)), true);
    }

    @ParameterizedTest
    @CsvSource({
        "Received fatal alert: protocol_version, TLS_VERSION, speaks neither TLS 1.2 nor 1.3",
        "The server selected protocol version TLS11 is not accepted by client preferences [TLS13], TLS_VERSION, speaks neither",
        "Received fatal alert: certificate_required, CREDENTIALS, refuses the charger's certificate",
        "Received fatal alert: unknown_ca, CREDENTIALS, refuses the charger's certificate",
        "Received fatal alert: handshake_failure, UNCLEAR, TLS failed"})
    void anAlertOfTlsIsTranslated(String message, Transport.Refusal refusal, String words) {
        ConnectFailure failure = tls(message);
        assertEquals(refusal, failure.refusal());
        assertTrue(failure.text().contains(words) && failure.text().contains(message), failure.text());
    }

    @ParameterizedTest
    @CsvSource({
        "401, false, CREDENTIALS", "403, false, CREDENTIALS", "400, true, CREDENTIALS", "400, false, UNCLEAR",
        "302, true, UNCLEAR", "308, false, UNCLEAR", "404, true, UNCLEAR", "500, true, UNCLEAR"})
    void aStatusOfHttpIsTranslated(int status, boolean clientCertificate, Transport.Refusal refusal) {
        ConnectFailure failure = ConnectFailure.of(new UpgradeException(URI.create("ws://host/"), status, "no"), clientCertificate);
        assertEquals(refusal, failure.refusal());
        assertTrue(failure.text().startsWith("HTTP " + status), failure.text());
    }

    @Test
    void theReasonOfARefusedCertificateIsFoundBelowTls() {
        SSLHandshakeException handshake = new SSLHandshakeException("(certificate_unknown) expired");
        handshake.initCause(new CertificateException("expired at noon"));
        assertEquals(new ConnectFailure(Transport.Refusal.CERTIFICATE, "expired at noon"),
                ConnectFailure.of(new IOException(handshake), true));
    }

    @Test
    void anyOtherFailureIsTheDeepestReason() {
        assertEquals(new ConnectFailure(null, "Connection refused"),
                ConnectFailure.of(new IOException("failed", new ConnectException("Connection refused")), true));
        assertEquals(new ConnectFailure(null, "ConnectException"), ConnectFailure.of(new ConnectException(), true));
    }

    @Test
    void aConnectionThatIsCutOffMayBeARefusal() {
        for (Exception cut : List.of(new EOFException("gone"), new SocketException("Connection reset"), new IOException("Broken pipe"),
                new ClosedChannelException())) {
            assertEquals(Transport.Refusal.UNCLEAR, ConnectFailure.of(new IOException("failed", cut), true).refusal(), cut.toString());
        }
        assertNull(ConnectFailure.of(new SocketException("Network is unreachable"), true).refusal());
    }
}
