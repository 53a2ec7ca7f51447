package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.ftp.FTPSSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** FTP, and FTPS (explicit TLS, on port 990 implicit; the data are encrypted too), passive. No thread of its own. */
final class FtpCourier {
    private static final Logger LOG = LoggerFactory.getLogger(FtpCourier.class);

    private static final String ANONYMOUS = "anonymous";
    private static final int IMPLICIT_TLS_PORT = 990;

    private final TransferPolicy policy;

    /** What is done with a client that is logged in. */
    private interface Work {
        void run(FTPClient client) throws IOException, TransferException;
    }

    FtpCourier(TransferPolicy policy) {
        this.policy = policy;
    }

    void download(Address from, Path target, Abort abort) throws TransferException {
        session(from, abort, client -> {
            InputStream content = client.retrieveFileStream(path(from));
            if (content == null) {
                throw refused(client);
            }
            try (content) {
                Incoming.receive(content, target, policy.maxBytes(), abort);
            }
            complete(client);
        });
    }

    void upload(Path file, Address to, Abort abort) throws TransferException {
        String name = file.getFileName().toString();
        session(to, abort, client -> {
            String path = path(to);
            // OCPP names a folder; who names a file means it.
            boolean folder = path.isEmpty() || path.endsWith("/") || client.changeWorkingDirectory(path);
            String remote = !folder ? path : path.isEmpty() || path.endsWith("/") ? path + name : name;
            OutputStream out = client.storeFileStream(remote);
            if (out == null) {
                throw refused(client);
            }
            try (out) {
                Files.copy(file, out);
            }
            complete(client);
        });
    }

    /** As RFC 1738 has it: relative to where the login leads, absolute with %2F. */
    private static String path(Address address) {
        String path = address.uri().getPath();
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static void complete(FTPClient client) throws IOException, TransferException {
        if (!client.completePendingCommand()) {
            throw refused(client);
        }
    }

    private static TransferException refused(FTPClient client) {
        int code = client.getReplyCode();
        boolean denied = code == FTPReply.NOT_LOGGED_IN || code == FTPReply.NEED_ACCOUNT_FOR_STORING_FILES;
        return new TransferException(denied ? Kind.DENIED : Kind.FAILED, "the server answers " + code);
    }

    private void session(Address address, Abort abort, Work work) throws TransferException {
        Sockets sockets = new Sockets();
        abort.onAbort(sockets::close);
        FTPClient client = null;
        try {
            client = client(address, sockets);
            work.run(client);
            client.logout();
        } catch (IOException | GeneralSecurityException | TransferException e) {
            throw abort.explain(e);
        } finally {
            abort.onAbort(() -> { });
            sockets.close();
            if (client != null) {
                end(client);
            }
        }
    }

    private FTPClient client(Address address, Sockets sockets) throws IOException, GeneralSecurityException, TransferException {
        boolean secure = address.protocol() == Protocol.FTPS;
        int port = address.uri().getPort();
        SSLContext context = secure ? Trust.context(policy.caBundle()) : null;
        FTPClient client = secure ? new FTPSClient(port == IMPLICIT_TLS_PORT, context) : new FTPClient();
        client.setSocketFactory(sockets.track(SocketFactory.getDefault()));
        int connectMillis = Math.toIntExact(policy.connectTimeout().toMillis());
        client.setConnectTimeout(connectMillis);
        client.setDefaultTimeout(connectMillis);
        client.setDataTimeout(policy.transferTimeout());
        client.setControlEncoding(StandardCharsets.UTF_8.name());
        if (client instanceof FTPSClient tls) {
            tls.setEndpointCheckingEnabled(true);
        }
        try {
            client.connect(address.uri().getHost(), port < 0 ? FTP.DEFAULT_PORT : port);
            if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
                throw refused(client);
            }
            client.setSoTimeout(Math.toIntExact(policy.transferTimeout().toMillis()));
            if (client instanceof FTPSClient tls) {
                tls.execPBSZ(0);
                tls.execPROT("P");
                tls.setSocketFactory(sockets.track(new FTPSSocketFactory(context)));
            }
            if (!client.login(address.user() == null ? ANONYMOUS : address.user(), address.password())) {
                throw refused(client);
            }
            client.setFileType(FTP.BINARY_FILE_TYPE);
            client.enterLocalPassiveMode();
            return client;
        } catch (IOException | TransferException | RuntimeException e) {
            end(client);
            throw e;
        }
    }

    private static void end(FTPClient client) {
        try {
            client.disconnect();
        } catch (IOException e) {
            LOG.debug("Closing an FTP connection failed", e);
        }
    }
}
