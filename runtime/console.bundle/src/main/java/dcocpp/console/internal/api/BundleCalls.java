package dcocpp.console.internal.api;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;
import dcocpp.console.internal.status.Charger;
import dcocpp.console.internal.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Installing and replacing bundles. */
final class BundleCalls {

    private final Charger charger;
    private final Uploads uploads;

    private BundleCalls(Charger charger, Uploads uploads) {
        this.charger = charger;
        this.uploads = uploads;
    }

    static List<Route> routes(Charger charger, Uploads uploads) {
        BundleCalls calls = new BundleCalls(charger, uploads);
        return List.of(
                new Route("POST", "/bundles", (request, variables) -> calls.install(request)),
                new Route("GET", "/bundles/jobs", (request, variables) -> calls.jobs()));
    }

    private Route.Answer install(HttpServletRequest request) throws ApiException, IOException {
        BundleInstaller installer = installer();
        InstallJob job;
        try {
            job = uploads.install(request.getInputStream(), installer);
        } catch (Uploads.TooLongException e) {
            throw new ApiException(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, e.getMessage(),
                    "uploads.maxBytes in charger.json sets the limit");
        }
        if (!job.taken()) {
            throw new ApiException(HttpServletResponse.SC_CONFLICT, "refused: " + job.reason(),
                    "docs/field-engineer.md says what a bundle must fulfil and when it may be replaced");
        }
        return new Route.Answer(HttpServletResponse.SC_ACCEPTED, StatusJson.job(job));
    }

    private Route.Answer jobs() throws ApiException {
        ObjectNode root = Json.object();
        StatusJson.putJobs(root.putArray("jobs"), installer().jobs());
        return Route.Answer.ok(root);
    }

    private BundleInstaller installer() throws ApiException {
        return charger.installer().orElseThrow(() -> new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "the installer is not there", "is the bundle dcocpp.update active?"));
    }
}
