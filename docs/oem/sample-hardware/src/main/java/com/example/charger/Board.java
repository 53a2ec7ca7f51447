package com.example.charger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.hardware.TokenRead;

/** The host's side of the line: from the latest command to a line for the board, from its answer to a snapshot. */
final class Board {

    private static final long ZERO_OFFER_NANOS = 500_000_000L;
    private static final long ALL_OFF_NANOS = 1_000_000_000L;
    /** The board is polled every 20 ms: this many answers may be missing before the link counts as lost. */
    private static final long LINK_LOST_NANOS = 300_000_000L;

    /** Each takes at most 50 ms, so that the end is not waited for longer than 300 ms. */
    private static final int LAST_EXCHANGES = 6;

    private final Wiring wiring;
    private final SerialLine line;
    private final Runnable changed;
    private final Consumer<TokenRead> tokens;
    private final Positions gunContactor;
    private final Positions moduleContactor;
    private volatile HardwareCommand command;
    private volatile HardwareSnapshot snapshot;
    private Fields heard;
    private long heardNanos;
    /** How many cards the board had read at the last answer; −1 before the first. */
    private long cards = -1;
    private long clearsSeen;
    private boolean clearsKnown;
    private long clears;
    private String told = "";

    Board(Wiring wiring, SerialLine line, Runnable changed, Consumer<TokenRead> tokens, long nowNanos) {
        this.wiring = wiring;
        this.line = line;
        this.changed = changed;
        this.tokens = tokens;
        this.gunContactor = new Positions(wiring.slot().gunContactor(), nowNanos);
        this.moduleContactor = new Positions(wiring.module().contactor(), nowNanos);
        this.heardNanos = nowNanos;
        this.snapshot = look(nowNanos);
        this.told = news();
    }

    HardwareSnapshot snapshot() {
        return snapshot;
    }

    void command(HardwareCommand wanted) {
        command = wanted;
    }

    /** One question and one answer. */
    void poll(long nowNanos) {
        exchange(request(command, nowNanos), nowNanos);
        snapshot = look(nowNanos);
        String now = news();
        if (!now.equals(told)) {
            told = now;
            changed.run();
        }
    }

    /** Everything off; the last snapshot has the energy up to here. */
    void end(long nowNanos) {
        for (int i = 0; i < LAST_EXCHANGES; i++) {
            exchange(request(null, nowNanos), nowNanos);
            if (!heard.is("GC") && !heard.is("MN")) {
                break;
            }
        }
        snapshot = look(nowNanos);
    }

    private void exchange(Fields request, long nowNanos) {
        try {
            heard = Fields.parse(line.exchange(request.line()));
            heardNanos = nowNanos;
            readCard(nowNanos);
        } catch (IOException noAnswer) {
            // One lost line is no lost link; see linkUp.
        }
    }

    private void readCard(long nowNanos) {
        long count = heard.whole("CARDS");
        if (cards >= 0 && count > cards && !heard.text("CARD").isEmpty()) {
            tokens.accept(new TokenRead(TokenRead.Source.RFID, heard.text("CARD"), wiring.connector().id(), nowNanos));
        }
        cards = count;
    }

    /** The complete wanted state as a line. What is too old, or not named, is off. */
    private Fields request(HardwareCommand wanted, long nowNanos) {
        long age = wanted == null ? Long.MAX_VALUE : nowNanos - wanted.issuedNanos();
        GunCommand gun = gun(wanted, age);
        ModuleCommand module = module(wanted, age);
        boolean off = gun.forceOff() || age > ALL_OFF_NANOS;
        boolean mayOffer = !off && age <= ZERO_OFFER_NANOS;
        boolean granted = gun.authorization() == Authorization.GRANTED;
        if (age <= ALL_OFF_NANOS) {
            // Where the host's count stands is no wish to clear; only an increase is.
            clears += clearsKnown && gun.clearFaults() > clearsSeen ? 1 : 0;
            clearsSeen = gun.clearFaults();
            clearsKnown = true;
        }
        return new Fields().put("GC", !off && gun.closeContactor() && granted).put("MN", !off && module.closeContactor())
                .put("ON", !off && module.on()).put("V", module.voltageV()).put("I", mayOffer ? module.currentA() : 0)
                .put("LOCK", gun.lock()).put("AUTH", granted && !off).put("CLEAR", clears)
                .put("OFFERV", mayOffer ? gun.offerVoltageV() : 0).put("OFFERI", mayOffer ? gun.offerCurrentA() : 0)
                .put("OFFERP", mayOffer ? gun.offerPowerW() : 0);
    }

    private GunCommand gun(HardwareCommand wanted, long age) {
        int id = wiring.connector().id();
        return age > ALL_OFF_NANOS ? GunCommand.off(id)
                : wanted.guns().stream().filter(gun -> gun.connectorId() == id).findFirst().orElse(GunCommand.off(id));
    }

    private ModuleCommand module(HardwareCommand wanted, long age) {
        String id = wiring.module().id();
        ModuleCommand off = new ModuleCommand(id, false, false, 0, 0);
        return age > ALL_OFF_NANOS ? off
                : wanted.modules().stream().filter(module -> module.moduleId().equals(id)).findFirst().orElse(off);
    }

    private HardwareSnapshot look(long nowNanos) {
        if (heard == null) {
            heard = Fields.parse("CP=?");
        }
        boolean linkUp = nowNanos - heardNanos <= LINK_LOST_NANOS && !heard.text("CP").equals("?");
        gunContactor.feedback(position(linkUp, "GC"), nowNanos);
        moduleContactor.feedback(position(linkUp, "MN"), nowNanos);
        boolean waiting = heard.text("CP").equals("?") && nowNanos - heardNanos <= LINK_LOST_NANOS;
        List<ContactorState> contactors = new ArrayList<>(List.of(gunContactor.state(linkUp && heard.is("WELD")),
                moduleContactor.state(false)));
        if (!wiring.slot().openEnd()) {
            // There is nothing that could close it, and nothing beyond it.
            contactors.add(new ContactorState(wiring.slot().busContactor(), Position.OPEN, false, false, 0, 0));
        }
        return new HardwareSnapshot(nowNanos, waiting ? HardwareSnapshot.Condition.STARTING : HardwareSnapshot.Condition.READY,
                waiting ? "the board has not answered yet" : "", List.of(gun(linkUp)), List.of(module(linkUp)), contactors);
    }

    private Position position(boolean linkUp, String key) {
        return !linkUp ? Position.UNKNOWN : heard.is(key) ? Position.CLOSED : Position.OPEN;
    }

    private GunState gun(boolean linkUp) {
        List<Fault> faults = faults(linkUp);
        HlcState hlc = !linkUp ? HlcState.NONE
                : new HlcState((int) heard.whole("STAGE"), heard.is("CABLE"), heard.is("PRE"), heard.is("READY"), heard.is("DONE"));
        MeterReading meter = new MeterReading(linkUp, heard.whole("REGISTER"), heard.number("GUNV"), heard.number("GUNI"),
                heard.number("GUNV") * heard.number("GUNI"), heardNanos);
        return new GunState(wiring.connector().id(), linkUp, faults.isEmpty(), faults, linkUp ? pilot() : CpState.UNKNOWN,
                heard.is("LOCK"), linkUp && heard.is("AUTH"), hlc, heard.number("WANTV"), heard.number("WANTI"), heard.number("GUNV"),
                heard.number("GUNI"), heard.number("EVMAXV"), heard.number("EVMAXI"), heard.number("EVMAXP"), heard.number("SOC"),
                heard.number("TEMP"), meter, heardNanos);
    }

    private CpState pilot() {
        return CpState.valueOf(heard.text("CP"));
    }

    private List<Fault> faults(boolean linkUp) {
        List<Fault> faults = new ArrayList<>();
        if (!linkUp) {
            faults.add(new Fault(FaultCause.PLC_COMM, "no answer from the board"));
        }
        // What the board has latched counts also while it is not heard.
        add(faults, "ESTOP", FaultCause.EMERGENCY_STOP);
        add(faults, "HOT", FaultCause.CONNECTOR_TEMPERATURE);
        add(faults, "WELD", FaultCause.GC_WELD);
        return faults;
    }

    private void add(List<Fault> faults, String key, FaultCause cause) {
        if (heard.is(key)) {
            faults.add(new Fault(cause, ""));
        }
    }

    private ModuleState module(boolean linkUp) {
        return new ModuleState(wiring.module().id(), linkUp, linkUp && heard.is("ON"), linkUp ? heard.number("MODV") : Double.NaN,
                linkUp ? heard.number("MODI") : Double.NaN, Double.NaN, linkUp ? "" : "no answer from the board");
    }

    /** What a controller should look at now; voltages and currents alone are no reason. */
    private String news() {
        GunState gun = snapshot.guns().get(0);
        return gun.linkUp() + " " + gun.safe() + " " + gun.faults() + " " + gun.cp() + " " + gun.lockEngaged() + " " + gun.authorizedEcho()
                + " " + gun.hlc() + " " + snapshot.contactors().stream().map(ContactorState::position).toList();
    }
}
