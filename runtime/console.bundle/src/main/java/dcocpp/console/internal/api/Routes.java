package dcocpp.console.internal.api;

import java.util.List;
import java.util.stream.Stream;

import dcocpp.console.internal.login.Login;
import dcocpp.console.internal.status.Charger;
import dcocpp.console.internal.upload.Uploads;

/** Every call of the API that this bundle answers. docs/openapi.yaml describes each; a test compares the two. */
final class Routes {

    private Routes() {
    }

    static List<Route> all(Charger charger, Login login, Uploads uploads) {
        return Stream.of(StatusCalls.routes(charger), ProcessCalls.routes(), PlanCalls.routes(charger), JournalCalls.routes(charger),
                CommandCalls.routes(charger), BundleCalls.routes(charger, uploads), PasswordCalls.routes(login)).flatMap(List::stream).toList();
    }
}
