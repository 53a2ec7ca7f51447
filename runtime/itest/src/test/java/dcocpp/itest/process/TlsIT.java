package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.csms.DemoCsms;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;

/** Security profile 2 with the distribution: TLS inside the framework, with roots of our own. */
class TlsIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String PASSWORD = "changeit";

    /** Ends TLS in front of a CSMS that has none. */
    private static final class TlsFront implements AutoCloseable {
        private final SSLServerSocket server;
        private final int target;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

        private TlsFront(SSLContext context, int target) throws IOException {
            this.target = target;
            server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
            threads.execute(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket outside = server.accept();
                    sockets.add(outside);
                    Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(inside);
                    threads.execute(() -> copy(outside, inside));
                    threads.execute(() -> copy(inside, outside));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private static void copy(Socket from, Socket to) {
            try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // one side has gone, or does not trust the other
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            threads.shutdown();
            Await.until("the end of the threads", LIMIT, threads::isTerminated);
        }
    }

    /** A key with a certificate that it has signed itself, for this machine; the certificate also as PEM. */
    private static Path keyStore(TestFolder folder, Path pem) throws Exception {
        Path store = folder.root().resolve("server.p12");
        keytool(folder, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=CSMS", "-ext",
                "san=ip:127.0.0.1", "-validity", "2", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        keytool(folder, "-exportcert", "-rfc", "-alias", "server", "-file", pem.toString(), "-keystore", store.toString(), "-storepass",
                PASSWORD);
        return store;
    }

    private static void keytool(TestFolder folder, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).redirectOutput(folder.root().resolve("keytool.log").toFile()).start();
        assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "keytool ends");
        assertEquals(0, process.exitValue(), () -> String.join(" ", arguments));
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aChargerWithoutRootsSaysSoAndConnectsOverTlsWhenTheyAreThere() throws Exception {
        TestFolder folder = TestFolder.fresh("TlsIT");
        Path pem = folder.root().resolve("server.pem");
        SSLContext context = context(keyStore(folder, pem));
        try (DemoCsms csms = DemoCsms.startEphemeral(); TlsFront front = new TlsFront(context, csms.uri().getPort())) {
            URI address = URI.create("wss://127.0.0.1:" + front.server.getLocalPort() + csms.uri().getPath());
            folder.writeConfig(Map.of("/chargePoint/centralSystemURI", address.toString(), "/ocpp/Security/SecurityProfile", 2,
                    "/ocpp/Security/AuthorizationKey", "a-secret-of-20-chars"));
            try (ChargerProcess charger = ChargerProcess.run(folder)) {
                Await.until("the reason in the status", LIMIT,
                        () -> charger.api().get("api/status").require().toString().contains("no back office is trusted"));
                Path roots = folder.data().resolve("certs/ca/csms/CSMS_ROOT_CA.pem");
                Files.move(Files.copy(pem, roots.resolveSibling("new.pem")), roots, StandardCopyOption.ATOMIC_MOVE);
                csms.awaitCall("BootNotification", LIMIT);
                csms.awaitCall("SecurityEventNotification", LIMIT);
            }
        }
    }
}
