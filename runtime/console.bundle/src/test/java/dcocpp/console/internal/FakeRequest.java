package dcocpp.console.internal;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

/** A request with a method, a path, headers and a body; everything else of the interface is out of bounds for the code under test. */
public final class FakeRequest {

    private final Map<String, Object> answers = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();

    private FakeRequest(String method, String path) {
        answers.put("getMethod", method);
        answers.put("getServletPath", "");
        answers.put("getPathInfo", path);
        answers.put("getRequestURI", path);
        answers.put("getRemoteAddr", "127.0.0.1");
        header("Host", "127.0.0.1:8080");
    }

    public static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path);
    }

    public FakeRequest header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    public FakeRequest basic(String user, String password) {
        String both = user + ":" + password;
        return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }

    public FakeRequest parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public FakeRequest answering(String method, Object value) {
        answers.put(method, value);
        return this;
    }

    public HttpServletRequest build() {
        return (HttpServletRequest) Proxy.newProxyInstance(FakeRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> headers.get(((String) arguments[0]).toLowerCase(Locale.ROOT));
                    case "getParameter" -> parameters.get(arguments[0]);
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> {
                        if (!answers.containsKey(method.getName())) {
                            throw new UnsupportedOperationException(method.toString());
                        }
                        yield answers.get(method.getName());
                    }
                });
    }
}
