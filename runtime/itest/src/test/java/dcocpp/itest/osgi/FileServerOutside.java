package dcocpp.itest.osgi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A demonstration CSMS and a server for files in the test's JVM but outside the framework, whose tests cannot see their classes: what they
 * are told and what they have received crosses over through the system properties. They live as long as the JVM, which is that of one test
 * class.
 */
final class FileServerOutside {
    private static final String FILES = "itest.files";
    private static final String ADDRESS = "itest.files.address";
    private static final String CALL = "itest.csms.call";
    private static final String RECEIVED = "itest.csms.received";
    private static final String CHARGE_POINT = "chargepoint-1";

    private FileServerOutside() {
    }

    /** Outside: starts both; returns the CSMS's address. */
    static String start() {
        try {
            Map<String, byte[]> files = new ConcurrentHashMap<>();
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", exchange -> serve(exchange, files));
            http.start();
            DemoCsms csms = DemoCsms.startEphemeral();
            List<String> received = new CopyOnWriteArrayList<>();
            csms.addListener(message -> {
                if (message.direction() == OcppMessage.Direction.FROM_CHARGER && message.kind() == OcppMessage.Kind.CALL) {
                    received.add(message.action() + " " + message.payload());
                }
            });
            UnaryOperator<String> call = actionAndPayload -> csms.chargePoint(CHARGE_POINT)
                    .call(actionAndPayload.substring(0, actionAndPayload.indexOf(' ')),
                            actionAndPayload.substring(actionAndPayload.indexOf(' ') + 1)).join();
            System.getProperties().put(FILES, files);
            System.getProperties().put(ADDRESS, "http://127.0.0.1:" + http.getAddress().getPort() + "/");
            System.getProperties().put(CALL, call);
            System.getProperties().put(RECEIVED, received);
            return csms.uri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(HttpExchange exchange, Map<String, byte[]> files) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        if (exchange.getRequestMethod().equals("PUT")) {
            files.put(name, exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(201, -1);
        } else if (files.containsKey(name)) {
            byte[] content = files.get(name);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    /** Inside: what can be fetched, and what was brought. */
    @SuppressWarnings("unchecked")
    static Map<String, byte[]> files() {
        return (Map<String, byte[]>) System.getProperties().get(FILES);
    }

    /** Inside: where a file of this name is, or is to be put. */
    static String address(String name) {
        return System.getProperties().get(ADDRESS) + name;
    }

    /** Inside: the CSMS calls the charger; returns the answer. */
    @SuppressWarnings("unchecked")
    static String call(String action, String payload) {
        return ((UnaryOperator<String>) System.getProperties().get(CALL)).apply(action + " " + payload);
    }

    /** Inside: the calls of this action that the CSMS has received, their payloads. */
    @SuppressWarnings("unchecked")
    static List<String> received(String action) {
        return ((List<String>) System.getProperties().get(RECEIVED)).stream().filter(call -> call.startsWith(action + " "))
                .map(call -> call.substring(action.length() + 1)).toList();
    }
}
