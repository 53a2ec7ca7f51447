package dcocpp.console.internal.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dcocpp.console.internal.FakeRequest;
import dcocpp.console.internal.status.FakeCharger;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms with files are judged by their headers: a look at their parameters would throw, as it is not part of the request here. */
class BundlesFilterTest {

    private static final long MAX_BYTES = 1000;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean passed;

    private void post(String page, long length) throws Exception {
        FilterChain chain = (request, response) -> passed = true;
        FakeRequest request = FakeRequest.of("POST", page).answering("getContentType", "Multipart/form-data; boundary=x")
                .answering("getContentLengthLong", length);
        new BundlesFilter(new FakeCharger().charger, Uploads.into(folder, MAX_BYTES)).doFilter(request.build(), response(), chain);
    }

    @Test
    void anUploadThatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
        post("/bundles", 70_000);
        assertEquals(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, status);
        assertTrue(body.toString(StandardCharsets.UTF_8).contains("uploads.maxBytes in charger.json allows 1000"), body.toString());
    }

    @Test
    void anUploadToAnyOtherPageIsBoundedToo() throws Exception {
        post("/configMgr", 70_000);
        assertEquals(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, status);
    }

    @Test
    void anUploadOfUnknownLengthIsRefused() throws Exception {
        post("/bundles", -1);
        assertEquals(HttpServletResponse.SC_LENGTH_REQUIRED, status);
        assertTrue(body.toString(StandardCharsets.UTF_8).contains("Content-Length"), body.toString());
    }

    @Test
    void aFormOfTheRightLengthGoesOn() throws Exception {
        post("/configMgr", 2000);
        assertTrue(passed);
    }

    private HttpServletResponse response() {
        ServletOutputStream out = new ServletOutputStream() {

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
        return (HttpServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "setStatus" -> {
                        status = (int) arguments[0];
                        yield null;
                    }
                    case "setContentType", "flushBuffer" -> null;
                    case "getOutputStream" -> out;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
