package dcocpp.controller.internal;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.ConnectorEntry;
import dcocpp.controller.internal.config.SlotEntry;
import dcocpp.controller.internal.config.TopologyAssembly;

/**
 * The cabinet as it is configured, and the hardware that drives it. A new topology or another hardware comes into use only while nothing
 * runs. Belongs to the control thread.
 */
final class CabinetKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(CabinetKeeper.class);

    private final TimeSource time;
    private final ChargePointSettings chargePoint;
    private final Collection<ConnectorEntry> connectorEntries;
    private final Collection<SlotEntry> slotEntries;
    private final HardwareSlot hardware;
    private final Function<Topology, Cabinet> maker;
    private List<ConnectorEntry.Value> connectorValues = List.of();
    private List<SlotEntry.Value> slotValues = List.of();
    private Optional<Topology> configured = Optional.empty();
    private Cabinet cabinet;
    private String hardwareName = "";
    private String pending = "";

    /** @param maker makes the cabinet of a topology */
    CabinetKeeper(TimeSource time, ChargePointSettings chargePoint, Collection<ConnectorEntry> connectorEntries,
            Collection<SlotEntry> slotEntries, HardwareSlot hardware, Function<Topology, Cabinet> maker) {
        this.time = time;
        this.chargePoint = chargePoint;
        this.connectorEntries = connectorEntries;
        this.slotEntries = slotEntries;
        this.hardware = hardware;
        this.maker = maker;
    }

    /** The cabinet in use; null before the first configuration is complete. */
    Cabinet cabinet() {
        return cabinet;
    }

    /** Name of the hardware that is, or shall be, in use. */
    String hardwareName() {
        return hardwareName;
    }

    /** What the configuration wants and what waits until nothing runs; empty = nothing. */
    String pending() {
        return pending;
    }

    /** Takes over what has changed, as far as it can be done now. */
    void follow() {
        List<ConnectorEntry.Value> newConnectors = connectorEntries.stream().map(ConnectorEntry::value).toList();
        List<SlotEntry.Value> newSlots = slotEntries.stream().map(SlotEntry::value).toList();
        if (!newConnectors.equals(connectorValues) || !newSlots.equals(slotValues)) {
            connectorValues = newConnectors;
            slotValues = newSlots;
            configured = TopologyAssembly.assemble(newConnectors, newSlots);
        }
        boolean newTopology = configured.isPresent() && (cabinet == null || !sameCabinet(configured.get(), cabinet.topology()));
        boolean newHardware = !hardwareName.equals(chargePoint.hardware());
        boolean free = cabinet == null || !cabinet.busy();
        pending(free || !newTopology && !newHardware ? "" : newTopology ? "another cabinet of connectors and slots" : "other hardware");
        if (cabinet != null) {
            cabinet.connectors().forEach(connector -> connector.configured(configured.flatMap(topology ->
                    topology.connector(connector.settings().id())).orElse(connector.settings())));
        }
        if ((newTopology || newHardware) && free) {
            hardware.release();
            hardwareName = chargePoint.hardware();
            if (newTopology) {
                cabinet = maker.apply(configured.get());
                LOG.info("Cabinet with {} connectors and {} slots", cabinet.topology().connectors().size(),
                        cabinet.topology().slots().size());
            }
        }
        if (cabinet != null && !hardware.inUse()) {
            hardware.choose(hardwareName, cabinet.topology(), time.nanoTime(), time.rate());
        }
    }

    private void pending(String what) {
        if (!what.equals(pending)) {
            pending = what;
            if (!what.isEmpty()) {
                LOG.info("The configuration wants {}: pending until no session runs; a lower maxPowerW counts at once", what);
            }
        }
    }

    private static boolean sameCabinet(Topology one, Topology other) {
        return one.connectors().equals(other.connectors()) && one.slots().equals(other.slots());
    }
}
