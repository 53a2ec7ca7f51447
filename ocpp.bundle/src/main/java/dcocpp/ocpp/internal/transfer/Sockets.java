package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import javax.net.SocketFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of a transfer, so that another thread can close them when it shall end, also while they are being connected. */
final class Sockets {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    private final List<Socket> made = new ArrayList<>();

    private synchronized Socket add(Socket socket) {
        made.add(socket);
        return socket;
    }

    /** A factory whose sockets are known here. */
    SocketFactory track(SocketFactory factory) {
        return new SocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return add(factory.createSocket());
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return add(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                return add(factory.createSocket(host, port, local, localPort));
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return add(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
                return add(factory.createSocket(host, port, local, localPort));
            }
        };
    }

    void close() {
        List<Socket> all;
        synchronized (this) {
            all = List.copyOf(made);
        }
        for (Socket socket : all) {
            try {
                if (!socket.isClosed()) {
                    // Else a TLS socket would wait for a writer that is stuck before it says good-bye.
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            } catch (IOException e) {
                LOG.debug("Closing a socket failed", e);
            }
        }
    }
}
