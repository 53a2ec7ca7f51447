package dcocpp.console.internal.page;

import java.io.PrintWriter;

import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dcocpp.console.internal.api.StatusCalls;
import dcocpp.console.internal.status.Charger;

/** What {@code GET /api/status} tells, as a page and in the archive for support. */
@Component
@InventoryPage(name = "charger", title = "Charger")
public final class ChargerInventory implements InventoryPrinter {

    private final StatusCalls calls;

    @Activate
    public ChargerInventory(@Reference Charger charger) {
        calls = new StatusCalls(charger);
    }

    @Override
    public void print(PrintWriter out, Format format, boolean zip) {
        // The console replaces ${...} with values of its own; written like this it is the same text to whoever reads JSON.
        out.println(calls.statusText().replace("${", "\\u0024{"));
    }
}
