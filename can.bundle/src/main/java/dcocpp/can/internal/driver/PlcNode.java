package dcocpp.can.internal.driver;

import java.util.List;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.can.internal.codec.DbcValues.CfgParamId;
import dcocpp.can.internal.codec.HostFrames;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.PlcLayout.BootConfig;
import dcocpp.can.internal.codec.PlcLayout.ConfigAck;
import dcocpp.can.internal.codec.PlcLayout.ErrorCodes;
import dcocpp.can.internal.codec.PlcLayout.GcmcStatus;
import dcocpp.can.internal.codec.PlcLayout.HwStatus;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.Signal;

/** All that is known of one PLC, and what its relays shall do. Belongs to the bus thread. */
final class PlcNode {

    private static final int MODULE_RELAYS = HostFrames.RELAY_MODULE_0 | HostFrames.RELAY_MODULE_1;

    /** UPTIME has 16 bits, so that it begins anew every 18 hours. */
    private static final int UPTIME_WRAP = 0xFFFF - 10;
    private static final int UPTIME_WRAPPED = 10;

    final ConnectorSettings connector;
    final List<ModuleSettings> modules;
    final DriverSettings settings;
    final PlcLink link;
    final PlcSafety safety = new PlcSafety();
    final PlcTelemetry telemetry;
    final RelayLine relays;
    final ConfigLine config;
    final OfferWatch offer;
    final GcmcEcho gcmcEcho;
    final GunContactors contactors;
    private final PlcIdentities identities;
    private final DriverEvents events;

    private GunCommand command;
    private int modulesWanted;
    private boolean commandFresh;
    private boolean clearing;
    private long clearsSeen;
    private boolean clearsKnown;
    private boolean up;
    private boolean statusHeard;
    private int uptimeSeconds;
    private boolean lockedOut;
    private int allowed;
    private boolean gcmcGunClosed;
    private boolean plcBusOff;
    private boolean busOffSeen;
    private String bootRefusal = "";
    private String mismatchTold = "";
    private final Stamp upSince = new Stamp();
    private final Stamp gunPermitted = new Stamp();
    private final Stamp ownForce = new Stamp();
    private final Stamp standInSince = new Stamp();
    private boolean standInTold;

    /** @param firstFrameNanos when this PLC's first RelayControl is due; spreads the PLCs over a period */
    PlcNode(ConnectorSettings connector, SlotSettings slot, DriverSettings settings, DriverEvents events, long firstFrameNanos,
            long nowNanos) {
        this.connector = connector;
        this.settings = settings;
        this.modules = slot == null ? List.of() : slot.modules();
        this.events = events;
        boolean ring = settings.ringActuation() && slot != null && !slot.openEnd();
        contactors = new GunContactors(connector.id(), slot, ring, nowNanos);
        link = new PlcLink(ring, nowNanos);
        telemetry = new PlcTelemetry(connector, nowNanos);
        relays = new RelayLine((settings.gunRelayOwnedByPlc() ? 0 : HostFrames.RELAY_GUN) | (settings.moduleRelays() ? MODULE_RELAYS : 0)
                | (ring ? HostFrames.BUS_CONTACTOR : 0), firstFrameNanos);
        config = new ConfigLine(settings.protocolVersion());
        offer = new OfferWatch(settings.pauses());
        gcmcEcho = new GcmcEcho(relays.addressed());
        identities = new PlcIdentities(connector, events);
        command = GunCommand.off(connector.id());
    }

    /** The bus was opened: what was heard before is old, and nothing closes before the PLC is heard and has shaken hands again. */
    void busOpened(long nowNanos) {
        link.restart(nowNanos);
        safety.forget();
        telemetry.forget(nowNanos);
        startAnew();
        plcBusOff = false;
        contactors.lose(nowNanos);
    }

    /** Hands are shaken anew, and until the next RelayStatus everything is forced off: what was commanded before is over. */
    private void startAnew() {
        config.restart();
        offer.restart();
        gcmcEcho.forget();
        statusHeard = false;
    }

    // ---- what the PLC says

    /** A frame of this PLC. One with a wrong checksum is counted and changes nothing else. */
    void frame(Message message, int length, long payload, long nowNanos) {
        if (message.checksummed()) {
            if (length != 8) {
                link.badLength();
                return;
            }
            if (!settings.crcMode().accepts(payload)) {
                link.badCrc(nowNanos);
                return;
            }
        } else if (length < message.minimumLength()) {
            return;
        }
        if (message == Message.GCMC_STATUS && payload == 0) {
            // All zero would mean "safe", and its checksum is right: a frame that says nothing is no evidence.
            return;
        }
        link.good(message, nowNanos);
        switch (message) {
            case RELAY_STATUS -> relayStatus(payload, nowNanos);
            case SAFETY_SWITCH_STATUS -> safety.switchStatus(payload, settings.safetyDebounceNanos(), nowNanos);
            case GCMC_STATUS -> gcmcStatus(payload, nowNanos);
            case CONFIG_ACK -> configAck(payload, nowNanos);
            case ERROR_CODES -> safety.errorCode(Signal.number(ErrorCodes.ERROR_CODE, payload));
            case HW_STATUS -> plcBusOff = Signal.isSet(HwStatus.CAN_BUS_OFF, payload);
            case BOOT_CONFIG -> bootConfig(payload);
            case CP_VOLTAGE_LEVELS -> telemetry.cp(payload, nowNanos);
            case CHARGE_INFO -> telemetry.chargeInfo(payload, nowNanos);
            case EV_TARGETS -> telemetry.targets(payload, nowNanos);
            case EV_MAX_LIMITS -> telemetry.evMax(payload, nowNanos);
            case ENERGY_METER_DATA -> telemetry.meter(payload, nowNanos);
            case RFID_EVENT, EV_MAC, EVCCID, EMAID0, EMAID1 -> identities.frame(message, payload, nowNanos);
            default -> {
                // Diagnostics and displays: they show that the PLC lives and change nothing.
            }
        }
    }

    private void relayStatus(long payload, long nowNanos) {
        int applied = Signal.number(RelayStatus.LAST_CMD_SEQ_APPLIED, payload);
        int uptime = Signal.number(RelayStatus.UPTIME, payload);
        if (statusHeard && uptime < uptimeSeconds && !(uptimeSeconds >= UPTIME_WRAP && uptime <= UPTIME_WRAPPED)) {
            // It has rebooted and opened everything: refreshing the old command would close a contactor that nobody has asked to close.
            startAnew();
            return;
        }
        uptimeSeconds = uptime;
        if (!statusHeard) {
            statusHeard = true;
            relays.resume(applied);
        }
        relays.echo(applied);
        safety.relayStatus(payload, settings.safetyDebounceNanos(), nowNanos);
        boolean gun = Signal.isSet(RelayStatus.RLY1_STATE, payload) || gcmcGunClosed && link.gcmcFresh(nowNanos);
        contactors.gun.feedback(GunContactors.position(gun), nowNanos);
        if (settings.moduleRelays()) {
            contactors.modules(payload, nowNanos);
        }
    }

    /** The ring's feedback has places of its own: its bit 1 is a bus contactor, never the relay of a module. */
    private void gcmcStatus(long payload, long nowNanos) {
        safety.gcmcStatus(payload, settings.safetyDebounceNanos(), nowNanos);
        gcmcGunClosed = Signal.isSet(GcmcStatus.GC_FB, payload);
        if (gcmcGunClosed) {
            contactors.gun.feedback(GunContactors.position(true), nowNanos);
        }
        contactors.bus(Signal.isSet(GcmcStatus.MC_FB, payload), nowNanos);
        if (statusHeard && safety.safe(true, true)) {
            gcmcEcho.status(payload, nowNanos);
        } else {
            gcmcEcho.forget();
        }
    }

    private void configAck(long payload, long nowNanos) {
        if (Signal.number(ConfigAck.ACK_PLC_ID, payload) != connector.plcId()) {
            return;
        }
        int parameter = Signal.number(ConfigAck.ACK_PARAM_ID, payload);
        int status = Signal.number(ConfigAck.ACK_STATUS, payload);
        long value = Signal.raw(ConfigAck.ACK_VALUE, payload);
        if (parameter == CfgParamId.EVSE_LIMIT_ACK && status == 0) {
            offer.acknowledged(value, nowNanos);
        }
        config.ack(parameter, status, value);
        if (!config.mismatch().isEmpty() && !config.mismatch().equals(mismatchTold)) {
            mismatchTold = config.mismatch();
            warn(mismatchTold + ", no relay closes");
        }
    }

    /** No fault, and nothing else shows it: people are told. */
    private void watchMeter(long nowNanos) {
        if (!telemetry.presentStandsIn(nowNanos)) {
            standInSince.forget();
            standInTold = false;
        } else if (!standInSince.isSet()) {
            standInSince.mark(nowNanos);
        } else if (!standInTold && !standInSince.within(Limits.METER_STAND_IN_TOLD, nowNanos)) {
            standInTold = true;
            warn("no usable EnergyMeterData for 10 s, the vehicle's present values are billed");
        }
    }

    private void warn(String what) {
        events.warn("Connector " + connector.id() + ", PLC " + connector.plcId() + ": " + what);
    }

    private void bootConfig(long payload) {
        boolean hasRelays = Signal.isSet(BootConfig.FEAT_RELAYS, payload);
        boolean hasSafety = Signal.isSet(BootConfig.FEAT_SAFETY, payload);
        bootRefusal = hasRelays && hasSafety ? "" : "the PLC's firmware has no " + (hasRelays ? "safety inputs" : "relays");
        startAnew();
    }

    // ---- what the controller wants

    void command(GunCommand wanted, int wantedModules) {
        command = wanted;
        modulesWanted = wantedModules;
        config.authorize(wanted.authorization());
        config.lock(wanted.lock());
        if (clearsKnown && wanted.clearFaults() > clearsSeen) {
            relays.clearFaults();
            clearing = true;
        }
        clearsSeen = wanted.clearFaults();
        clearsKnown = true;
    }

    /**
     * Decides what the relays do: what is wanted, as far as nothing speaks against it.
     *
     * @param commandAgeNanos age of the controller's command
     * @param forceOff everything off whatever is wanted
     */
    void decide(long commandAgeNanos, boolean forceOff, long nowNanos) {
        boolean wasUp = up;
        up = link.up(nowNanos);
        if (up && !wasUp) {
            upSince.mark(nowNanos);
        } else if (!up && wasUp) {
            startAnew();
            contactors.lose(nowNanos);
        }
        if (plcBusOff(nowNanos) != busOffSeen) {
            // Only this PLC has been off the bus, and only it begins anew: the socket is not at fault, and other guns charge through it.
            busOffSeen = !busOffSeen;
            startAnew();
        }
        watchOffer(nowNanos);
        watchMeter(nowNanos);
        if (clearing) {
            clearing = false;
            safety.requestClear(nowNanos);
        }
        superviseContactors(nowNanos);
        safety.tick(!contactors.gun.differs(), up, nowNanos);
        contactors.gun.setWelded(safety.weld());
        commandFresh = commandAgeNanos <= Limits.COMMAND_FRESH;
        boolean force = forceOff || command.forceOff() || commandAgeNanos > Limits.COMMAND_DEAD || safety.estop() || !statusHeard;
        int wish = (command.closeContactor() ? HostFrames.RELAY_GUN : 0) | modulesWanted;
        boolean permitted = usable(nowNanos) && !force;
        boolean gunMay = permitted && authorized(nowNanos) && telemetry.cpFresh(nowNanos);
        // By what was allowed last and not by the last frame: numbering that began anew meanwhile has forgotten that one.
        boolean interrupted = allowed != 0 && (!permitted || !gunMay && (allowed & HostFrames.RELAY_GUN) != 0);
        // What was interrupted closes again only after the controller has opened it: no contactor closes by itself under voltage.
        lockedOut = wish != 0 && (lockedOut || interrupted);
        if (gunMay && command.closeContactor()) {
            gunPermitted.mark(nowNanos);
        }
        allowed = permitted && !lockedOut ? gunMay ? wish : wish & ~HostFrames.RELAY_GUN : 0;
        relays.want(allowed, force);
        if (relays.forcing()) {
            ownForce.mark(nowNanos);
        }
    }

    private void watchOffer(long nowNanos) {
        offer.watch(up && active(), nowNanos);
        String news = offer.takeNews();
        if (!news.isEmpty()) {
            warn(news);
        }
    }

    private void superviseContactors(long nowNanos) {
        int commanded = relays.commanded();
        boolean applied = up && relays.acked();
        // An unsafe PLC opens on its own: then only what is closed though it should be open is wrong.
        boolean mayFollow = applied && safety.safe(link.gcmcFresh(nowNanos), true);
        if ((relays.addressed() & HostFrames.RELAY_GUN) != 0) {
            boolean closed = (commanded & HostFrames.RELAY_GUN) != 0;
            if (contactors.gun.supervise(closed ? mayFollow : applied, closed, nowNanos)) {
                safety.weldSeen();
            }
        } else if (contactors.gun.supervise(applied && commanded == 0 && !gunRecentlyPermitted(nowNanos), false, nowNanos)) {
            safety.weldSeen();
        }
        contactors.superviseOthers(commanded, applied, mayFollow, safety.clearing(), nowNanos);
    }

    private boolean gunRecentlyPermitted(long nowNanos) {
        return gunPermitted.within(Limits.PLC_OPENS_GUN, nowNanos) || upSince.within(Limits.PLC_OPENS_GUN, nowNanos);
    }

    /** Nothing but the command decides whether a relay is closed. */
    private boolean usable(long nowNanos) {
        return up && safe(nowNanos) && config.ready() && config.mismatch().isEmpty() && bootRefusal.isEmpty()
                && !relays.ackFault(nowNanos) && !gcmcFault(nowNanos);
    }

    /** GCMC_Status is fresh and does not follow GCMC_Command. */
    boolean gcmcFault(long nowNanos) {
        return gcmcEcho.fault(nowNanos) && link.gcmcFresh(nowNanos);
    }

    // ---- for the view and the transmitter

    boolean up() {
        return up;
    }

    boolean safe(long nowNanos) {
        return up && !plcBusOff && safety.safe(link.gcmcFresh(nowNanos), ownForceOff(nowNanos));
    }

    /** The PLC reports a remote force-off because we sent one, or because an earlier run of this program did. */
    boolean ownForceOff(long nowNanos) {
        return ownForce.within(Limits.CLEAR_WINDOW, nowNanos) || !relays.everAcked();
    }

    /** The host's decision and the PLC's echo: neither counts alone. */
    boolean authorized(long nowNanos) {
        return config.granted() && telemetry.authorizedEcho(nowNanos);
    }

    boolean active() {
        return command.regulating() || command.closeContactor() || config.active();
    }

    GunCommand command() {
        return command;
    }

    /** Something may be offered to the vehicle. */
    boolean mayOffer(long nowNanos) {
        return commandFresh && usable(nowNanos) && !relays.forcing() && !lockedOut && !offer.constrained();
    }

    boolean mayUnlock(long nowNanos) {
        double currentA = telemetry.presentCurrentA(nowNanos);
        return up && !contactors.gun.closed() && (Double.isNaN(currentA) || Math.abs(currentA) < 1);
    }

    /** The PLC says that its controller is, or has been, off the bus. */
    boolean plcBusOff(long nowNanos) {
        return plcBusOff || up && (safety.faults(link.gcmcFresh(nowNanos)) & PlcSafety.BUS_OFF) != 0;
    }

    String bootRefusal() {
        return bootRefusal;
    }

    /** Heard for a while, and still no answer to the handshake. */
    boolean handshakeMissing(long nowNanos) {
        return up && !config.ready() && !upSince.within(Limits.FIRST_FRAME, nowNanos);
    }

    boolean statusHeard() {
        return statusHeard;
    }

    /** What the controller must hear of at once, as one number: when it changes, something has happened. */
    long alarmKey(long nowNanos) {
        long key = up ? 1 : 0;
        key = key << 1 | (safe(nowNanos) ? 1 : 0);
        key = key << 1 | (safety.weld() ? 1 : 0);
        key = key << 1 | (config.ready() ? 1 : 0);
        key = key << 1 | (safety.switchClosed(connector.lockInputSwitch()) ? 1 : 0);
        key = key << 1 | (relays.ackFault(nowNanos) ? 1 : 0);
        key = key << 1 | (offer.stale(nowNanos) ? 1 : 0);
        key = key << 1 | (offer.presentLate() ? 1 : 0);
        key = key << 1 | (gcmcFault(nowNanos) ? 1 : 0);
        key = key << 3 | telemetry.cpState(nowNanos).ordinal();
        key = key << 11 | safety.faults(link.gcmcFresh(nowNanos));
        // At most four contactors.
        key = key << 8 | contactors.key();
        return key << 16 | telemetry.hlcKey();
    }
}
