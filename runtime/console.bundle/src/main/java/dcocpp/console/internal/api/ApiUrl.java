package dcocpp.console.internal.api;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.console.internal.login.DataFolder;

/**
 * Says in {@code <data>/api.url} where the HTTP listener really is, such as {@code http://127.0.0.1:43211}: the configured port may be 0.
 * The file is there as long as the API is.
 */
@Component(service = ApiUrl.class, immediate = true)
public final class ApiUrl {

    static final String FILE = "api.url";

    private static final Logger LOG = LoggerFactory.getLogger(ApiUrl.class);

    private final DataFolder data;
    private final Object lock = new Object();
    private final Map<HttpServiceRuntime, List<String>> endpoints = new HashMap<>();
    private String written = "";

    @Activate
    public ApiUrl(BundleContext context) {
        this(DataFolder.of(context));
    }

    ApiUrl(DataFolder data) {
        this.data = data;
    }

    @Deactivate
    void deactivate() {
        synchronized (lock) {
            endpoints.clear();
        }
        write();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) {
        synchronized (lock) {
            endpoints.put(runtime, texts(properties.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT)));
        }
        write();
    }

    void updatedRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) {
        bindRuntime(runtime, properties);
    }

    void unbindRuntime(HttpServiceRuntime runtime) {
        synchronized (lock) {
            endpoints.remove(runtime);
        }
        write();
    }

    private void write() {
        // Binding comes from the thread of whoever registers the service: the file follows the last state, whoever writes it.
        String problem = "";
        synchronized (lock) {
            String url = endpoints.values().stream().flatMap(List::stream).map(ApiUrl::usable).flatMap(Optional::stream).sorted()
                    .findFirst().orElse("");
            if (!url.equals(written)) {
                try {
                    if (url.isEmpty()) {
                        Files.deleteIfExists(data.file(FILE));
                    } else {
                        data.writePublic(FILE, url + "\n");
                    }
                    written = url;
                } catch (IOException e) {
                    problem = e.toString();
                }
            }
        }
        if (!problem.isEmpty()) {
            LOG.error("{} cannot be written: {}; the charger command will not find the API", data.file(FILE), problem);
        }
    }

    /** Without the slash at the end; a listener on all addresses is reached through the loopback. */
    private static Optional<String> usable(String endpoint) {
        if (!endpoint.startsWith("http")) {
            return Optional.empty();
        }
        String url = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        return Optional.of(url.replace("//0.0.0.0", "//127.0.0.1"));
    }

    private static List<String> texts(Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof Object[] array ? Arrays.stream(array).filter(Objects::nonNull).map(Object::toString).toList() : List.of();
    }
}
