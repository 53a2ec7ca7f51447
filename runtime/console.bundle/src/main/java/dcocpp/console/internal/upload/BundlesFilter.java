package dcocpp.console.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.owasp.encoder.Encode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;
import dcocpp.console.internal.status.Charger;
import dcocpp.console.internal.status.InstalledBundle;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;

/**
 * Stands before the web console's own pages. An upload on the Bundles page goes to the installer, since the console itself would put the
 * new planner in the place of the old one before it has proven anything, unchecked and with no way back. What may end a running session,
 * the console's buttons may not do. And whoever opens the console sees the charger first.
 */
@Component(service = Filter.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)")
@HttpWhiteboardFilterPattern("/*")
public final class BundlesFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(BundlesFilter.class);
    private static final Set<String> BUNDLE_PAGES = Set.of("bundles", "install");
    /** Pages with buttons that reach everything, and what the buttons do. */
    private static final Map<String, String> FAR_REACHING_PAGES = Map.of("components", "switching components",
            "vmstat", "stopping the program");
    private static final String FILE_FIELD = "bundlefile";
    /** For what a form holds beside the file. */
    private static final long FORM_BYTES = 64 * 1024;

    private final Charger charger;
    private final Uploads uploads;

    @Activate
    public BundlesFilter(@Reference Charger charger, @Reference Uploads uploads) {
        this.charger = charger;
        this.uploads = uploads;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (!intercepted((HttpServletRequest) request, (HttpServletResponse) response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean intercepted(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (request.getMethod().equals("GET") && Set.of("", "/").contains(path(request))) {
            response.sendRedirect(request.getContextPath() + "/charger");
            return true;
        }
        if (!request.getMethod().equals("POST")) {
            return false;
        }
        if (refusedForItsLength(request, response)) {
            return true;
        }
        String[] path = path(request).split("/");
        String page = path.length > 1 ? path[1] : "";
        if (FAR_REACHING_PAGES.containsKey(page)) {
            return answered(request, response, rules().refusalForAll(FAR_REACHING_PAGES.get(page)));
        }
        if (!BUNDLE_PAGES.contains(page)) {
            return false;
        }
        String action = request.getParameter("action");
        if ("install".equals(action)) {
            install(request, response);
            return true;
        }
        if (action == null || action.equals("refreshPackages")) {
            return answered(request, response, rules().refusalForAll("refreshing packages"));
        }
        Optional<Bundle> bundle = path.length > 2 ? bundle(path[path.length - 1]) : Optional.empty();
        return bundle.isPresent() && answered(request, response, rules().refusal(action, target(bundle.get())));
    }

    /** Asked before anything looks into a form with files: that alone writes all of it to the disk. */
    private boolean refusedForItsLength(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return false;
        }
        long length = request.getContentLengthLong();
        if (length < 0) {
            refuse(request, response, HttpServletResponse.SC_LENGTH_REQUIRED,
                    "the upload does not say how long it is; send a Content-Length");
            return true;
        }
        if (length > uploads.maxBytes() + FORM_BYTES) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the upload has " + length
                    + " bytes; uploads.maxBytes in charger.json allows " + uploads.maxBytes());
            return true;
        }
        return false;
    }

    private static String path(HttpServletRequest request) {
        String servletPath = request.getServletPath() == null ? "" : request.getServletPath();
        String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
        return servletPath + pathInfo;
    }

    private BundleRules rules() {
        List<BundleRules.Target> targets = Arrays.stream(charger.context().getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null).map(BundlesFilter::target).toList();
        return new BundleRules(targets, charger.snapshot().map(ChargerSnapshot::busy).orElse(false));
    }

    /** Found the way the console finds it: by id, or by name with or without version. */
    private Optional<Bundle> bundle(String text) {
        return Arrays.stream(charger.context().getBundles())
                .filter(bundle -> text.equals(Long.toString(bundle.getBundleId())) || text.equals(bundle.getSymbolicName())
                        || text.equals(bundle.getSymbolicName() + ":" + bundle.getVersion()))
                .findFirst();
    }

    private static BundleRules.Target target(Bundle bundle) {
        Set<String> services = new HashSet<>();
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision != null) {
            for (BundleCapability capability : revision.getDeclaredCapabilities("osgi.service")) {
                if (capability.getAttributes().get(Constants.OBJECTCLASS) instanceof Collection<?> classes) {
                    classes.forEach(name -> services.add(name.toString()));
                }
            }
        }
        return new BundleRules.Target(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getState() == Bundle.ACTIVE, services,
                InstalledBundle.concernsCharging(bundle));
    }

    private void install(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        Optional<BundleInstaller> installer = charger.installer();
        if (installer.isEmpty()) {
            refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the installer is not there; is the bundle dcocpp.update"
                    + " active?");
            return;
        }
        List<String> refusals = new ArrayList<>();
        int files = 0;
        for (Part part : request.getParts()) {
            if (part.getName().equals(FILE_FIELD) && part.getSize() > 0) {
                files++;
                try (InputStream content = part.getInputStream()) {
                    InstallJob job = uploads.install(content, installer.get());
                    if (!job.taken()) {
                        refusals.add(job.reason());
                    }
                } catch (Uploads.TooLongException e) {
                    refusals.add(e.getMessage() + "; uploads.maxBytes in charger.json sets the limit");
                }
            }
        }
        if (files == 0) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, "no file was chosen");
        } else if (!refusals.isEmpty()) {
            refuse(request, response, HttpServletResponse.SC_CONFLICT, String.join("\n", refusals));
        } else {
            response.sendRedirect(request.getContextPath() + "/charger#install");
        }
    }

    private static boolean answered(HttpServletRequest request, HttpServletResponse response, Optional<String> refusal)
            throws IOException {
        if (refusal.isPresent()) {
            refuse(request, response, HttpServletResponse.SC_CONFLICT, refusal.get());
        }
        return refusal.isPresent();
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String reason) throws IOException {
        LOG.warn("refused {} {}: {}", request.getMethod(), request.getRequestURI(), reason);
        String accept = request.getHeader("Accept");
        boolean html = accept != null && accept.contains("text/html");
        response.setStatus(status);
        response.setContentType(html ? "text/html;charset=UTF-8" : "text/plain;charset=UTF-8");
        String text = html ? page(request.getContextPath(), reason) : "Refused: " + reason + "\n";
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    private static String page(String root, String reason) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Refused</title><link rel="icon" href="%2$s/charger/res/logo.svg"><style>
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1rem; color: #1c2430 }
                h1 { font-size: 1.4rem; color: #b3261e } p { white-space: pre-line }
                a { color: #0b57d0; margin-right: 1.5rem }
                </style></head><body><h1>Refused</h1><p>%1$s</p>
                <p><a href="%2$s/bundles">Bundles</a><a href="%2$s/charger">Charger</a></p></body></html>
                """.formatted(Encode.forHtml(reason), Encode.forHtmlAttribute(root));
    }
}
