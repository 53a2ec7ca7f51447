package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.PathRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/**
 * HTTP and HTTPS: GET and PUT. Each transfer has a client of its own, which ends with it: unlike the JDK's client, whose thread lives until
 * the garbage collector finds it.
 */
final class HttpCourier {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCourier.class);

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_THREADS = 6;
    private static final long STOP_MILLIS = 500;

    private final TransferPolicy policy;

    /** What is done with a client. */
    private interface Work {
        void run(HttpClient client) throws Exception;
    }

    HttpCourier(TransferPolicy policy) {
        this.policy = policy;
    }

    void download(Address from, Path target, Abort abort) throws TransferException {
        withClient(abort, client -> {
            Address address = from;
            for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
                Request request = request(client, address).method(HttpMethod.GET);
                try (InputStreamResponseListener listener = new InputStreamResponseListener()) {
                    Response response = send(request, listener, abort);
                    if (!HttpStatus.isRedirection(response.getStatus())) {
                        expect(response.getStatus() == HttpStatus.OK_200, response);
                        try (InputStream content = listener.getInputStream()) {
                            Incoming.receive(content, target, policy.maxBytes(), abort);
                        }
                        return;
                    }
                    address = redirected(address, response);
                }
            }
            throw new TransferException(Kind.FAILED, "more than " + MAX_REDIRECTS + " redirects");
        });
    }

    /** A redirect must not lead to where the configuration would not let us go; the password stays with the host it was given for. */
    private Address redirected(Address from, Response response) throws TransferException {
        String location = response.getHeaders().get(HttpHeader.LOCATION);
        if (location == null) {
            throw new TransferException(Kind.FAILED, "the server answers " + response.getStatus() + " without a Location");
        }
        URI uri;
        try {
            uri = from.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new TransferException(Kind.FAILED, "the server redirects to an address that is none");
        }
        Address to = Address.parse(uri.toString());
        boolean http = to.protocol() == Protocol.HTTP || to.protocol() == Protocol.HTTPS;
        boolean downgrade = from.protocol() == Protocol.HTTPS && to.protocol() == Protocol.HTTP;
        if (!http || downgrade || !policy.protocols().contains(to.protocol())) {
            throw new TransferException(Kind.NOT_PERMITTED, "the server redirects to " + to.protocol() + ", which is not permitted");
        }
        boolean sameServer = to.protocol() == from.protocol() && to.uri().getAuthority().equals(from.uri().getAuthority());
        return to.user() == null && sameServer ? new Address(to.protocol(), to.uri(), from.user(), from.password()) : to;
    }

    void upload(Path file, Address to, Abort abort) throws TransferException {
        withClient(abort, client -> {
            Request request = request(client, to.withFile(file.getFileName().toString())).method(HttpMethod.PUT)
                    .body(new PathRequestContent("application/zip", file));
            try (InputStreamResponseListener listener = new InputStreamResponseListener()) {
                Response response = send(request, listener, abort);
                expect(HttpStatus.isSuccess(response.getStatus()), response);
                try (InputStream content = listener.getInputStream()) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
                Result result = listener.await(policy.transferTimeout().toMillis(), TimeUnit.MILLISECONDS);
                if (result.isFailed()) {
                    throw new IOException("the server has not taken all of the file", result.getFailure());
                }
            }
        });
    }

    private static Request request(HttpClient client, Address address) {
        Request request = client.newRequest(address.uri());
        if (address.user() != null) {
            byte[] pair = (address.user() + ":" + address.password()).getBytes(StandardCharsets.UTF_8);
            request.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair)));
        }
        return request;
    }

    private Response send(Request request, InputStreamResponseListener listener, Abort abort)
            throws InterruptedException, TimeoutException, ExecutionException {
        abort.onAbort(() -> request.abort(new IOException("aborted")));
        request.send(listener);
        return listener.get(policy.transferTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void expect(boolean good, Response response) throws TransferException {
        if (!good) {
            int status = response.getStatus();
            boolean denied = status == HttpStatus.UNAUTHORIZED_401 || status == HttpStatus.FORBIDDEN_403;
            throw new TransferException(denied ? Kind.DENIED : Kind.FAILED, "the server answers " + status);
        }
    }

    private void withClient(Abort abort, Work work) throws TransferException {
        HttpClient client = null;
        try {
            client = client();
            client.start();
            client.getContentDecoderFactories().clear();
            work.run(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abort.explain(e);
        } catch (TimeoutException e) {
            throw abort.explain(new IOException("no answer within " + policy.transferTimeout().toSeconds() + " s"));
        } catch (Exception e) {
            throw abort.explain(e);
        } finally {
            abort.onAbort(() -> { });
            stop(client);
        }
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("dcocpp-ocpp-http");
        threads.setDaemon(true);
        threads.setStopTimeout(STOP_MILLIS);
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setTrustStore(Trust.authorities(policy.caBundle()));
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setName("dcocpp-ocpp-http");
        client.setFollowRedirects(false);
        client.setConnectTimeout(policy.connectTimeout().toMillis());
        return client;
    }

    private static void stop(HttpClient client) {
        if (client != null) {
            // The thread may have been told to end, and Jetty would not wait for its own then.
            boolean interrupted = Thread.interrupted();
            try {
                client.stop();
            } catch (Exception e) {
                LOG.warn("The HTTP client did not stop cleanly", e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
