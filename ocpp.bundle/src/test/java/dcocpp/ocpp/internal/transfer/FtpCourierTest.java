package dcocpp.ocpp.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dcocpp.ocpp.internal.testing.FileAuthority;
import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Files over FTP and FTPS, with Apache FtpServer. */
class FtpCourierTest extends TransferFixture {

    private FtpServer server;
    private int port;

    @AfterEach
    void tearDown() {
        if (server != null) {
            server.stop();
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private void serve(FileAuthority issuer, String host) throws IOException, FtpException {
        Files.createDirectories(home().resolve("logs"));
        FtpServerFactory factory = new FtpServerFactory();
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setPassiveAddress("127.0.0.1");
        if (issuer != null) {
            SslConfigurationFactory tls = new SslConfigurationFactory();
            tls.setKeystoreFile(FileAuthority.keyStoreFile(issuer.server(host, Instant.now()), folder.resolve("ftp.p12")).toFile());
            tls.setKeystorePassword(new String(FileAuthority.PASSWORD));
            tls.setKeystoreType("PKCS12");
            listener.setSslConfiguration(tls.createSslConfiguration());
            data.setSslConfiguration(tls.createSslConfiguration());
            data.setImplicitSsl(false);
        }
        listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        factory.addListener("default", listener.createListener());
        BaseUser user = new BaseUser();
        user.setName("me");
        user.setPassword("secret");
        user.setHomeDirectory(home().toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        server = factory.createServer();
        server.start();
        port = factory.getListener("default").getPort();
    }

    private String url(String scheme, String path) {
        return scheme + "://me:secret@localhost:" + port + "/" + path;
    }

    @Test
    void aFileIsFetchedAndBroughtAway() throws Exception {
        serve(null, null);
        Files.write(home().resolve("firmware.jar"), CONTENT);
        courier().download(url("ftp", "firmware.jar"), target(), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(target()));
        courier().upload(file(), url("ftp", "logs"), new Abort());
        courier().upload(file(), url("ftp", "logs/named.zip"), new Abort());
        courier().upload(file(), url("ftp", ""), new Abort());
        for (String name : List.of("logs/logs.zip", "logs/named.zip", "logs.zip")) {
            assertArrayEquals(CONTENT, Files.readAllBytes(home().resolve(name)), name);
        }
    }

    @Test
    void aWrongPasswordAndAFileThatIsNotThereAreToldApart() throws Exception {
        serve(null, null);
        assertEquals(Kind.DENIED, downloadFails(url("ftp", "firmware.jar").replace("secret", "wrong")).kind());
        assertEquals(Kind.FAILED, downloadFails(url("ftp", "firmware.jar")).kind());
        assertEquals(Kind.FAILED,
                assertThrows(TransferException.class, () -> courier().upload(file(), url("ftp", "no/such/folder/"), new Abort())).kind());
    }

    @Test
    void aFileThatIsTooLargeIsNotTaken() throws Exception {
        serve(null, null);
        Files.write(home().resolve("firmware.jar"), content(MAX_BYTES + 1));
        assertEquals(Kind.TOO_LARGE, downloadFails(url("ftp", "firmware.jar")).kind());
    }

    @Test
    void ftpsIsEncryptedAndItsServerChecked() throws Exception {
        serve(authority, "localhost");
        Files.write(home().resolve("firmware.jar"), CONTENT);
        assertEquals(Kind.FAILED, downloadFails(url("ftps", "firmware.jar")).kind(), "the Java runtime does not know the authority");
        trust(authority);
        courier().download(url("ftps", "firmware.jar"), target(), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(target()));
        courier().upload(file(), url("ftps", "logs/"), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(home().resolve("logs/logs.zip")));
    }

    @Test
    void anFtpsServerWithACertificateForAnotherHostIsRefused() throws Exception {
        serve(authority, "elsewhere.example");
        trust(authority);
        Files.write(home().resolve("firmware.jar"), CONTENT);
        assertEquals(Kind.FAILED, downloadFails(url("ftps", "firmware.jar")).kind());
    }

    @Test
    void aServerThatFallsSilentIsLeftWhenItShall() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> stuck = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try (Socket socket = silent.accept(); InputStream in = socket.getInputStream()) {
                    socket.getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
                    in.read();
                    stuck.complete(null);
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    stuck.complete(null);
                }
            }, "test-silent");
            thread.start();
            Abort abort = new Abort();
            TransferException failure = endedBy(abort, stuck,
                    () -> courier().download("ftp://localhost:" + silent.getLocalPort() + "/x", target(), abort));
            assertFalse(failure.permanent());
            thread.join();
        }
    }
}
