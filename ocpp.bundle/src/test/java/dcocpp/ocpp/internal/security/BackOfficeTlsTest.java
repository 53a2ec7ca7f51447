package dcocpp.ocpp.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.ocpp.internal.link.Backoff;
import dcocpp.ocpp.internal.link.JettyTransport;
import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.testing.ScriptedBackOffice;
import dcocpp.ocpp.internal.testing.TestAuthority;
import dcocpp.testkit.RealTimeSource;

/** The transport against real TLS servers with good certificates and bad ones. */
class BackOfficeTlsTest {

    private static final String HERE = "127.0.0.1";

    @TempDir
    private Path folder;
    private final RealTimeSource time = new RealTimeSource();
    private final TestAuthority authority = new TestAuthority("Root", time.now().truncatedTo(ChronoUnit.SECONDS));
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private SecurityFiles files;
    private JettyTransport transport;
    private ScriptedBackOffice backOffice;

    @BeforeEach
    void setUp() {
        files = new SecurityFiles(folder.resolve("csms.pem"), folder.resolve("manufacturer.pem"), folder.resolve("client"),
                folder.resolve("client"));
        transport = new JettyTransport(new BackOfficeTls(files, time));
    }

    @AfterEach
    void tearDown() {
        transport.close(Duration.ofSeconds(2));
        if (backOffice != null) {
            backOffice.close();
        }
    }

    private void trust(TestAuthority whom) {
        TestAuthority.write(files.csmsRoots(), "# whom the charger trusts - since 2026\n" + TestAuthority.pem(whom.root));
    }

    private void serve(TestAuthority.Issued issued) {
        serve(TestAuthority.server(issued, null));
    }

    private void serve(SslContextFactory.Server tls) {
        backOffice = new ScriptedBackOffice(tls);
    }

    private String connect() throws InterruptedException {
        return connect(backOffice.uri(), "secret-key", false);
    }

    private String connect(URI uri, String password, boolean clientCertificate) throws InterruptedException {
        transport.connect(new LinkSettings(uri, "cp 1", password, clientCertificate, Duration.ofSeconds(20), Duration.ZERO,
                Duration.ofSeconds(5), 100_000, new Backoff.Settings(Duration.ofSeconds(3), Duration.ZERO, 2, Duration.ofMinutes(10))),
                new Transport.Events() {
                    @Override
                    public void opened(Transport.Connection opened) {
                        events.add("opened");
                    }

                    @Override
                    public void text(String text) {
                        events.add(text);
                    }

                    @Override
                    public void unreadable(String reason) {
                        events.add(reason);
                    }

                    @Override
                    public void pong() {
                        events.add("pong");
                    }

                    @Override
                    public void closed(String reason) {
                        events.add("closed: " + reason);
                    }

                    @Override
                    public void refused(Transport.Refusal refusal, String reason) {
                        events.add(refusal + ": " + reason);
                    }
                });
        return String.valueOf(events.poll(30, TimeUnit.SECONDS));
    }

    private static void assertSays(String event, String... words) {
        for (String word : words) {
            assertTrue(event.contains(word), event);
        }
    }

    @Test
    void aServerOfATrustedRootIsConnectedWithThePassword() throws Exception {
        trust(authority);
        serve(authority.server(HERE));
        assertEquals("opened", connect());
        assertEquals("Basic Y3AgMTpzZWNyZXQta2V5", backOffice.lastAuthorization());
    }

    @Test
    void anRsaServerIsReachedToo() throws Exception {
        trust(authority);
        serve(authority.rsaServer(HERE));
        assertEquals("opened", connect());
    }

    @Test
    void withoutARootNobodyIsTrusted() throws Exception {
        serve(authority.server(HERE));
        assertSays(connect(), "closed: no back office is trusted", files.csmsRoots().toString());
        TestAuthority.write(files.csmsRoots(), "");
        assertSays(connect(), "closed: no back office is trusted");
        TestAuthority.write(files.csmsRoots(), "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n");
        assertSays(connect(), "closed: ", "cannot be read");
        assertEquals(0, backOffice.connections());
    }

    @Test
    void aRootThatComesLaterCountsAtOnce() throws Exception {
        serve(authority.server(HERE));
        trust(new TestAuthority("Other", time.now()));
        assertSays(connect(), "CERTIFICATE: ", "not signed by");
        trust(authority);
        assertEquals("opened", connect());
        trust(new TestAuthority("Other", time.now()));
        assertSays(connect(), "CERTIFICATE: ", "not signed by");
    }

    @Test
    void aServerThatHasSignedItselfIsRefused() throws Exception {
        trust(authority);
        KeyPair key = TestAuthority.newKey("EC");
        TestAuthority stranger = new TestAuthority("Root", time.now());
        serve(new TestAuthority.Issued(stranger.client(key.getPublic(), time.now().plusSeconds(3600)), key));
        assertSays(connect(), "CERTIFICATE: the back office's certificate is not signed by a certificate that is valid now in "
                + files.csmsRoots());
    }

    @Test
    void anExpiredCertificateIsRefusedWithItsTime() throws Exception {
        trust(authority);
        serve(authority.expiredServer(HERE));
        assertSays(connect(), "CERTIFICATE: the back office's certificate expired at ", "the charger's clock says");
    }

    @Test
    void aCertificateThatIsNotValidYetIsRefusedAndTheChargersOwnClockCounts() throws Exception {
        trust(authority);
        serve(authority.futureServer(HERE));
        assertSays(connect(), "CERTIFICATE: the back office's certificate is not valid before ");
        time.adjust(Instant.now().plusSeconds(3600));
        assertEquals("opened", connect());
    }

    @Test
    void aRootCountsOnlyWhileItIsValidItself() throws Exception {
        TestAuthority past = new TestAuthority("Root", time.now().minus(Duration.ofDays(400)));
        TestAuthority.Issued server = past.server(HERE, time.now().plusSeconds(3600));
        TestAuthority.write(files.csmsRoots(), TestAuthority.pem(past.root));
        serve(server);
        assertSays(connect(), "closed: ", "no root in " + files.csmsRoots() + " is valid at ");
        TestAuthority.write(files.csmsRoots(), TestAuthority.pem(past.root, authority.root));
        assertSays(connect(), "CERTIFICATE: ", "not signed by a certificate that is valid now");
        time.adjust(Instant.now().minus(Duration.ofDays(40)));
        assertEquals("opened", connect());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "back-office.example"})
    void aCertificateForAnotherHostIsRefused(String host) throws Exception {
        trust(authority);
        serve(authority.server(host));
        assertSays(connect(), "CERTIFICATE: the back office's certificate is not made for the host 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theTwoSafeVersionsAreSpoken(String version) throws Exception {
        trust(authority);
        SslContextFactory.Server tls = TestAuthority.server(authority.server(HERE), null);
        tls.setIncludeProtocols(version);
        serve(tls);
        assertEquals("opened", connect());
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        trust(authority);
        SslContextFactory.Server tls = TestAuthority.server(authority.server(HERE), null);
        tls.setExcludeProtocols();
        tls.setIncludeProtocols("TLSv1.1");
        tls.setExcludeCipherSuites();
        serve(tls);
        String said = connect();
        assertTrue(said.startsWith("TLS_VERSION: ") || said.startsWith("UNCLEAR: "), said);
        assertEquals(0, backOffice.connections());
    }

    @Test
    void aWeakCipherSuiteIsRefused() throws Exception {
        trust(authority);
        SslContextFactory.Server tls = TestAuthority.server(authority.server(HERE), null);
        tls.setIncludeProtocols("TLSv1.2");
        tls.setExcludeCipherSuites();
        tls.setIncludeCipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
        serve(tls);
        assertSays(connect(), "TLS failed");
        assertEquals(0, backOffice.connections());
    }

    @Test
    void aWrongPasswordIsSaid() throws Exception {
        trust(authority);
        serve(authority.server(HERE));
        backOffice.refuseWith(401);
        assertSays(connect(), "CREDENTIALS: HTTP 401", "AuthorizationKey");
    }

    @Test
    void anAttemptAfterARefusedOneBeginsWithAHandshakeOfItsOwn() throws Exception {
        trust(authority);
        serve(authority.server(HERE));
        backOffice.refuseWith(503);
        assertSays(connect(), "UNCLEAR: HTTP 503");
        trust(new TestAuthority("Other", time.now()));
        assertSays(connect(), "CERTIFICATE: ", "not signed by");
    }

    @Test
    void aServerWithoutTlsIsNotTalkedToInClear() throws Exception {
        trust(authority);
        backOffice = new ScriptedBackOffice();
        URI secure = URI.create("wss" + backOffice.uri().toString().substring("ws".length()));
        assertSays(connect(secure, "secret-key", false), "UNCLEAR: ");
        assertNull(backOffice.lastAuthorization());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedirectIsFollowedNeitherIntoTheClearNorToAnotherServer(boolean secure) throws Exception {
        trust(authority);
        serve(authority.server(HERE));
        try (ScriptedBackOffice other = new ScriptedBackOffice(
                secure ? TestAuthority.server(authority.server(HERE), null) : null)) {
            String target = other.uri().toString();
            backOffice.redirect(307, URI.create("http" + target.substring("ws".length())));
            assertSays(connect(), "UNCLEAR: HTTP 307", "redirects");
            assertNull(other.lastAuthorization());
            assertEquals(0, other.connections());
        }
    }

    @Test
    void aKeyOfAnyBytesTravelsAsItIs() throws Exception {
        backOffice = new ScriptedBackOffice();
        assertEquals("opened", connect(backOffice.uri(), "\u0001\u00ff", false));
        assertEquals("Basic Y3AgMToB/w==", backOffice.lastAuthorization());
    }

    @Test
    void theChargersOwnCertificateIsShown() throws Exception {
        trust(authority);
        serve(TestAuthority.server(authority.server(HERE), authority));
        assertSays(connect(backOffice.uri(), null, true), "closed: the charger has no certificate of its own");
        TestAuthority.write(files.clientCertificates().resolve(ClientIdentity.CERTIFICATE),
                TestAuthority.pem(authority.sign(new ClientIdentity(files).request("SN-1", "Operator"))));
        assertEquals("opened", connect(backOffice.uri(), null, true));
        assertNull(backOffice.lastAuthorization());
    }

    @Test
    void aChargersCertificateOfAnotherRootIsRefusedByTheServer() throws Exception {
        trust(authority);
        serve(TestAuthority.server(authority.server(HERE), authority));
        TestAuthority.write(files.clientCertificates().resolve(ClientIdentity.CERTIFICATE), TestAuthority.pem(
                new TestAuthority("Other", time.now()).sign(new ClientIdentity(files).request("SN-1", "Operator"))));
        String said = connect(backOffice.uri(), null, true);
        assertTrue(said.startsWith("CREDENTIALS: the back office refuses the charger's certificate") || said.startsWith("UNCLEAR: "), said);
    }
}
