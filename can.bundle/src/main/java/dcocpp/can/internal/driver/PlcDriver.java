package dcocpp.can.internal.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.HostFrames;
import dcocpp.can.internal.codec.Message;

/**
 * The host side of the PLC bus: takes frames and commands, decides, sends, and keeps the latest snapshot. One thread calls everything but
 * {@link #snapshot()}; nothing here waits, reads a configuration or calls a service.
 */
public final class PlcDriver implements Bus.FrameSink {

    /** linux/can/error.h */
    private static final int ERROR_CONTROLLER = 0x004;
    private static final int ERROR_BUS_OFF = 0x040;
    private static final int ERROR_RESTARTED = 0x100;
    /** Of a problem of the controller, in the second byte: it had no room for a received frame. */
    private static final int RECEIVE_OVERFLOW = 0x01;

    private static final long PUBLISH_PERIOD = Limits.millis(50);
    /** What is due and may not leave yet is looked at again after this. */
    private static final long SHORTEST_WAIT = Limits.millis(1);

    private final TimeSource time;
    private final Topology topology;
    private final DriverEvents events;
    private final PlcNode[] nodes;
    private final PlcTransmit[] transmits;
    private final GunView[] views;
    private final long[] alarmKeys;
    private final PlcNode[] byPlcId = new PlcNode[Message.PLC_ID_MASK + 1];
    private final Map<String, Contactor> uncommandable = new HashMap<>();
    private final BusLoad load = new BusLoad();
    private final Transmitter transmitter;
    private final BusHealth health;
    private final Stamp published = new Stamp();

    private DriverSettings settings;
    private HardwareCommand command;
    private boolean stopping;
    private boolean busOff;
    private boolean silenceTold;
    private long openedNanos;
    private boolean inBatch;
    private long batchNanos;
    private volatile HardwareSnapshot snapshot;

    public PlcDriver(TimeSource time, Topology topology, DriverSettings settings, DriverEvents events) {
        this.time = time;
        this.topology = topology;
        this.events = events;
        transmitter = new Transmitter(load, events);
        health = new BusHealth(topology.connectors().isEmpty() ? "" : topology.connectors().get(0).canInterface(), load, events);
        long now = time.nanoTime();
        int count = topology.connectors().size();
        nodes = new PlcNode[count];
        transmits = new PlcTransmit[count];
        views = new GunView[count];
        alarmKeys = new long[count];
        build(settings, now);
        transmitter.lines(transmits);
        for (SlotSettings slot : topology.slots()) {
            if (topology.connector(slot.connectorId()).isEmpty()) {
                slot.modules().forEach(module -> uncommandable.put(module.contactor(), new Contactor(module.contactor(), now)));
            }
        }
        snapshot = UnavailableCabinet.snapshot(topology, "the bus is being opened", now);
    }

    private void build(DriverSettings wanted, long now) {
        settings = wanted;
        int count = nodes.length;
        for (int i = 0; i < count; i++) {
            ConnectorSettings connector = topology.connectors().get(i);
            nodes[i] = new PlcNode(connector, topology.homeSlot(connector.id()).orElse(null), settings, events,
                    now + Limits.RELAY_OFF_PERIOD * i / count, now);
            transmits[i] = new PlcTransmit(nodes[i], now + Limits.MAX_LIMITS_PERIOD * i / count);
            views[i] = new GunView(nodes[i]);
            byPlcId[connector.plcId()] = nodes[i];
        }
    }

    /** Begins anew with other settings; false while a gun is in use or a fault latched, then nothing changes. */
    public boolean reconfigure(DriverSettings settings) {
        for (PlcNode node : nodes) {
            if (node.active() || node.contactors.gun.closed() || node.relays.commanded() != 0 || node.safety.latched()) {
                return false;
            }
        }
        health.retire(nodes);
        build(settings, time.nanoTime());
        if (command != null) {
            command(command);
        }
        return true;
    }

    /** The identifiers that concern these PLCs, for the kernel's filters. */
    public int[] receivedIds() {
        List<Integer> ids = new ArrayList<>();
        for (PlcNode node : nodes) {
            for (Message message : Message.values()) {
                if (message.sender() == Message.Sender.PLC) {
                    ids.add(message.id(node.connector.plcId()));
                }
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    // ---- the bus comes and goes

    public void busOpened(Bus opened) {
        busOff = false;
        health.opened(opened);
        openedNanos = time.nanoTime();
        transmitter.open(opened, openedNanos);
        for (PlcNode node : nodes) {
            node.busOpened(openedNanos);
        }
        publish(openedNanos);
    }

    /** There is no bus now; every gun is faulted for this reason. */
    public void busUnavailable(String reason) {
        busOff = false;
        shut();
        snapshot = UnavailableCabinet.snapshot(topology, reason, time.nanoTime());
    }

    private void shut() {
        transmitter.shut();
        health.shut();
    }

    /** Says again, with the time of now, why there is no bus. */
    public void stillClosed() {
        if (busOff) {
            publish(time.nanoTime());
        } else {
            busUnavailable(snapshot.detail());
        }
    }

    /** The controller is off the bus; it has to be opened anew. */
    public boolean busOff() {
        return busOff;
    }

    // ---- received

    /** A batch is read in less than a period of anything: its frames are as old as its first, never younger than they are. */
    @Override
    public void batchBegins() {
        batchNanos = time.nanoTime();
        inBatch = true;
    }

    @Override
    public void batchEnds() {
        inBatch = false;
    }

    private long receivedNanos() {
        return inBatch ? batchNanos : time.nanoTime();
    }

    @Override
    public void frame(int rawId, int length, long payload) {
        if ((rawId & Bus.ERROR) != 0) {
            errorFrame(rawId, payload);
            return;
        }
        if ((rawId & Bus.EXTENDED) == 0 || (rawId & Bus.REMOTE) != 0) {
            return;
        }
        int id = rawId & Bus.EXTENDED_MASK;
        Message message = Message.of(id);
        PlcNode node = byPlcId[id & Message.PLC_ID_MASK];
        load.frame(rawId, length, payload);
        if (message == null || message.sender() != Message.Sender.PLC || node == null) {
            return;
        }
        long now = receivedNanos();
        node.frame(message, length, payload, now);
        if (message.checksummed() || message == Message.ERROR_CODES) {
            // Whatever this frame forbids is switched off now, and not when the next period comes.
            decide(node, now);
            if (node.relays.urgent()) {
                transmitter.transmit(now);
            }
        }
    }

    private void errorFrame(int rawId, long payload) {
        long now = receivedNanos();
        if ((rawId & ERROR_CONTROLLER) != 0 && (payload >>> 8 & RECEIVE_OVERFLOW) != 0) {
            health.overflow();
        }
        if ((rawId & ERROR_BUS_OFF) != 0 && !busOff) {
            busOff = true;
            shut();
            events.warn("CAN bus-off: every PLC is taken as lost until the bus is opened again");
            publish(now);
            events.changed();
        } else if ((rawId & ERROR_RESTARTED) != 0) {
            // The kernel has restarted the controller (restart-ms); what was on the bus meanwhile is not known.
            for (PlcNode node : nodes) {
                node.busOpened(now);
            }
        }
    }

    // ---- commanded

    public void command(HardwareCommand wanted) {
        command = wanted;
        Map<Integer, GunCommand> guns = new HashMap<>();
        wanted.guns().forEach(gun -> guns.put(gun.connectorId(), gun));
        Map<String, ModuleCommand> modules = new HashMap<>();
        wanted.modules().forEach(module -> modules.put(module.moduleId(), module));
        for (PlcNode node : nodes) {
            int relays = 0;
            for (int i = 0; i < node.modules.size(); i++) {
                ModuleCommand module = modules.get(node.modules.get(i).id());
                relays |= module != null && module.closeContactor() ? GunContactors.moduleRelay(i) : 0;
            }
            Contactor ring = node.contactors.bus;
            relays |= ring != null && wanted.closedBusContactors().contains(ring.state().contactorId()) ? HostFrames.BUS_CONTACTOR : 0;
            GunCommand gun = guns.get(node.connector.id());
            node.command(gun == null ? GunCommand.off(node.connector.id()) : gun, relays);
        }
    }

    /** Everything off from now on, whatever is commanded. */
    public void stop() {
        stopping = true;
        for (PlcNode node : nodes) {
            node.relays.repeat();
        }
    }

    /** Every PLC that is heard reports all contactors open. */
    public boolean allOpen() {
        for (PlcNode node : nodes) {
            if (node.up() && (!node.contactors.allOpen() || !node.relays.forcing())) {
                return false;
            }
        }
        return true;
    }

    // ---- the duty cycle

    /**
     * Does what is due and says when to come again at the latest.
     *
     * @return process time
     * @throws IOException when the bus is gone
     */
    public long work() throws IOException {
        long now = time.nanoTime();
        boolean silent = commandAge(now) > Limits.COMMAND_DEAD;
        if (silent != silenceTold) {
            silenceTold = silent;
            if (silent && command != null) {
                events.warn("No command for 1 s: all outputs forced off");
            }
        }
        int inUse = 0;
        for (PlcNode node : nodes) {
            decide(node, now);
            inUse += node.active() ? 1 : 0;
        }
        long presentPeriod = Limits.presentPeriod(inUse);
        for (PlcTransmit transmit : transmits) {
            transmit.presentPeriod(presentPeriod);
        }
        health.watch(now);
        transmitter.transmit(now);
        transmitter.throwIfBroken();
        boolean news = alarmsChanged(now);
        if (news || !published.within(PUBLISH_PERIOD - 1, now)) {
            publish(now);
        }
        if (news) {
            events.changed();
        }
        return next(now);
    }

    private long commandAge(long now) {
        return command == null ? Long.MAX_VALUE : now - command.issuedNanos();
    }

    private void decide(PlcNode node, long now) {
        node.decide(commandAge(now), stopping || busOff, now);
    }

    private boolean alarmsChanged(long now) {
        boolean changed = false;
        for (int i = 0; i < nodes.length; i++) {
            long key = nodes[i].alarmKey(now);
            changed |= key != alarmKeys[i];
            alarmKeys[i] = key;
        }
        return changed;
    }

    private long next(long now) {
        long next = now + PUBLISH_PERIOD;
        for (PlcTransmit transmit : transmits) {
            long due = transmit.nextDueNanos(now);
            next = due - next < 0 ? due : next;
        }
        long earliest = now + SHORTEST_WAIT;
        next = next - earliest < 0 ? earliest : next;
        return next - transmitter.blockedUntilNanos() < 0 ? transmitter.blockedUntilNanos() : next;
    }

    // ---- seen

    /** The latest state; from any thread. */
    public HardwareSnapshot snapshot() {
        return snapshot;
    }

    private void publish(long now) {
        published.mark(now);
        List<GunState> guns = new ArrayList<>(nodes.length);
        List<ModuleState> modules = new ArrayList<>();
        List<ContactorState> contactors = new ArrayList<>();
        String overload = health.overload();
        boolean heard = now - openedNanos > Limits.FIRST_FRAME;
        for (int i = 0; i < nodes.length; i++) {
            PlcNode node = nodes[i];
            heard |= node.link.heard();
            guns.add(views[i].gun(busOff, overload, now));
            contactors.add(node.contactors.gun.state());
            if (node.contactors.bus != null) {
                contactors.add(node.contactors.bus.state());
            }
            for (int m = 0; m < node.contactors.modules.length; m++) {
                contactors.add(node.contactors.modules[m].state());
                modules.add(views[i].module(m, now));
            }
        }
        for (SlotSettings slot : topology.slots()) {
            if (!slot.openEnd() && !settings.ringActuation()) {
                // Nothing here can close a bus contactor: without an actuator the ring is open.
                contactors.add(new ContactorState(slot.busContactor(), Position.OPEN, false, false, openedNanos, 0));
            }
            for (ModuleSettings module : slot.modules()) {
                Contactor contactor = uncommandable.get(module.contactor());
                if (contactor != null) {
                    contactors.add(contactor.state());
                    modules.add(new ModuleState(module.id(), false, false, Double.NaN, Double.NaN, Double.NaN,
                            "its slot has no gun and so no PLC"));
                }
            }
        }
        snapshot = new HardwareSnapshot(now, heard ? HardwareSnapshot.Condition.READY : HardwareSnapshot.Condition.STARTING,
                heard ? "" : "no PLC heard yet", guns, modules, contactors, health.state(nodes));
    }
}
