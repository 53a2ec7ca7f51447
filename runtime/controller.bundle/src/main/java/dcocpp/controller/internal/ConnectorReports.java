package dcocpp.controller.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.session.ConnectorMachine;

/**
 * What others get to see of the connectors: one that cannot be shown costs nobody the sight of the others. Belongs to the control
 * thread.
 */
final class ConnectorReports {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorReports.class);

    private final TimeSource time;
    private final FailureLog failures = new FailureLog();

    ConnectorReports(TimeSource time) {
        this.time = time;
    }

    /** One for each connector, in their order; of one whose report fails only that. */
    List<ConnectorSnapshot> of(Collection<ConnectorMachine> connectors, Function<ConnectorMachine, ConnectorSnapshot> report) {
        List<ConnectorSnapshot> snapshots = new ArrayList<>();
        for (ConnectorMachine connector : connectors) {
            try {
                snapshots.add(report.apply(connector));
            } catch (RuntimeException | Error e) {
                if (failures.due("connector " + connector.settings().id(), e, time.nanoTime())) {
                    LOG.error("Connector {} cannot be shown", connector.settings().id(), e);
                }
                snapshots.add(connector.unshown("cannot be shown: " + e.getClass().getSimpleName()));
            }
        }
        return snapshots;
    }
}
