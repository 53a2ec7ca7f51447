package dcocpp.console.internal.api;

import java.util.List;
import java.util.stream.Stream;

import dcocpp.console.internal.login.DataFolder;
import dcocpp.console.internal.login.Login;

/** Every call of the API that this bundle answers. docs/openapi.yaml describes each; a test compares the two. */
final class Routes {

    private Routes() {
    }

    static List<Route> all(Charger charger, Login login, DataFolder data) {
        return Stream.of(StatusCalls.routes(charger)).flatMap(List::stream).toList();
    }
}
