package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

class ConnectorReportsTest {

    @Test
    void aConnectorThatCannotBeShownHidesNoOther() {
        LoopBench bench = new LoopBench(3);
        List<ConnectorSnapshot> shown = new ConnectorReports(bench.time).of(bench.cabinet.connectors(), connector -> {
            if (connector.settings().id() == 2) {
                throw new IllegalStateException("a bug");
            }
            return connector.snapshot(List.of(), 1000);
        });
        assertEquals(List.of(1, 2, 3), shown.stream().map(ConnectorSnapshot::connectorId).toList());
        assertEquals(ConnectorStatus.FAULTED, shown.get(1).status());
        assertEquals(FaultCause.INTERNAL, shown.get(1).faults().get(0).cause());
        assertEquals("cannot be shown: IllegalStateException", shown.get(1).info());
        assertEquals(1000, shown.get(2).maxPowerW());
    }
}
