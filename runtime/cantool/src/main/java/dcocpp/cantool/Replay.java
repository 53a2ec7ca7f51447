package dcocpp.cantool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.HostLayout.RelayControl;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.Signal;
import dcocpp.can.internal.driver.DriverEvents;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.can.internal.driver.DriverSettings.Pauses;
import dcocpp.can.internal.driver.PlcDriver;
import dcocpp.canlog.CandumpLog;
import dcocpp.canlog.LoggedFrame;

/**
 * A recording through the driver, on the recording's clock: prints what changes at each connector. The driver hears what the PLCs sent;
 * what the recording's host sent are its commands. What it sends itself goes nowhere.
 */
public final class Replay implements Bus, DriverEvents {

    private static final int PLCS = Message.PLC_ID_MASK + 1;
    private static final long STEP_NANOS = 10_000_000L;
    private static final long COMMAND_NANOS = 100_000_000L;
    /** Beyond this nothing was recorded, and nobody is blamed for the silence. */
    private static final long PAUSE_NANOS = 60_000_000_000L;
    private static final double NANOS = 1e9;

    private final LogClock clock = new LogClock();
    private final CrcMode crcMode;
    private final PlcDriver driver;
    private final PrintWriter out;
    private final HostWords[] words = new HostWords[PLCS];
    private final GunText[] texts = new GunText[PLCS];
    private final boolean[] heard = new boolean[PLCS];
    private final int[] lastSequence = new int[PLCS];
    private String iface;
    private boolean started;
    private long firstNanos;
    private long commandedNanos;
    private long commands;
    private HardwareSnapshot shown;

    /**
     * @param iface only frames of this interface; empty for that of the first frame
     */
    public Replay(CrcMode crcMode, int powerStage, String iface, PrintWriter out) {
        this.crcMode = crcMode;
        this.iface = iface;
        this.out = out;
        for (int plcId = 0; plcId < PLCS; plcId++) {
            words[plcId] = new HostWords(plcId + 1);
            texts[plcId] = new GunText();
        }
        // The handshake was between the two of the recording, which need not contain it.
        driver = new PlcDriver(clock, topology(), new DriverSettings(crcMode, DriverSettings.NO_HANDSHAKE, powerStage, false, true, false,
                true, 50_000_000L, false, Pauses.USUAL), this);
    }

    private static Topology topology() {
        List<ConnectorSettings> connectors = new ArrayList<>();
        List<SlotSettings> slots = new ArrayList<>();
        for (int id = 1; id <= PLCS; id++) {
            connectors.add(new ConnectorSettings(id, id - 1, "", "", 500, 500_000, 0, 1500, 0, false, 3, MeterSource.PLC, 1, 0, 30, "",
                    "EVMAC"));
            slots.add(new SlotSettings(id, id, "GC_" + id, "MC_" + id, id % PLCS + 1, id == 1 ? PLCS : id - 1, false,
                    List.of(module(id, 0), module(id, 1))));
        }
        return new Topology(1, connectors, slots);
    }

    private static ModuleSettings module(int id, int index) {
        return new ModuleSettings("M" + id + "_" + index, "MN_" + id + "_" + index, "", -1, 0, "", 30_000, 0);
    }

    /** Replays candump lines; true when every line was one. */
    public boolean replay(BufferedReader in, PrintWriter err) throws IOException {
        boolean good = new Lines(out, err).each(in, line -> {
            frame(CandumpLog.parse(line));
            return "";
        });
        if (started) {
            settle();
            print("end of the recording");
        }
        out.flush();
        return good;
    }

    private void frame(LoggedFrame frame) {
        if (!started) {
            started = true;
            firstNanos = frame.epochNanos();
            iface = iface.isEmpty() ? frame.iface() : iface;
            clock.set(firstNanos);
            driver.busOpened(this);
        }
        if (!frame.iface().equals(iface)) {
            return;
        }
        if (frame.epochNanos() < clock.nanoTime()) {
            throw new IllegalArgumentException("its time is before that of the line above");
        }
        advance(frame.epochNanos());
        Message message = FrameDecoder.message(frame);
        if (message == null) {
            if (frame.error()) {
                driver.frame(frame.rawId(), frame.length(), frame.payload());
                look();
            }
            return;
        }
        int plcId = frame.id() & Message.PLC_ID_MASK;
        if (!message.checksummed() || frame.length() == LoggedFrame.MAX_LENGTH && crcMode.accepts(frame.payload())) {
            words[plcId].frame(message, frame.payload());
        }
        if (message.sender() == Message.Sender.HOST) {
            if (message == Message.RELAY_CONTROL) {
                command();
            }
            return;
        }
        heard[plcId] = true;
        if (driver.busOff()) {
            print("frames again after the bus-off");
            driver.busOpened(this);
        }
        driver.frame(frame.rawId(), frame.length(), message == Message.RELAY_STATUS && frame.length() == LoggedFrame.MAX_LENGTH
                ? words[plcId].translated(frame.payload(), lastSequence[plcId]) : frame.payload());
        work();
    }

    private void advance(long toNanos) {
        if (toNanos - clock.nanoTime() > PAUSE_NANOS) {
            print(String.format(Locale.ROOT, "nothing recorded for %.0f s", (toNanos - clock.nanoTime()) / NANOS));
            clock.set(toNanos);
            driver.busOpened(this);
        }
        while (toNanos - clock.nanoTime() > STEP_NANOS) {
            clock.set(clock.nanoTime() + STEP_NANOS);
            work();
        }
        clock.set(toNanos);
        work();
    }

    /** What the last frames did is published with the next snapshot. */
    private void settle() {
        long end = clock.nanoTime() + COMMAND_NANOS;
        advance(end);
    }

    private void work() {
        if (clock.nanoTime() - commandedNanos >= COMMAND_NANOS) {
            command();
        }
        try {
            driver.work();
        } catch (IOException e) {
            throw new IllegalStateException("a bus without wires cannot break", e);
        }
        look();
    }

    private void command() {
        commandedNanos = clock.nanoTime();
        List<GunCommand> guns = new ArrayList<>();
        List<ModuleCommand> modules = new ArrayList<>();
        for (int plcId = 0; plcId < PLCS; plcId++) {
            int id = plcId + 1;
            guns.add(words[plcId].gun());
            modules.addAll(words[plcId].modules("M" + id + "_0", "M" + id + "_1"));
        }
        driver.command(new HardwareCommand(++commands, clock.nanoTime(), guns, modules, Set.of()));
    }

    private void look() {
        HardwareSnapshot snapshot = driver.snapshot();
        if (snapshot == shown) {
            return;
        }
        shown = snapshot;
        Map<String, ContactorState> contactors = new HashMap<>();
        snapshot.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        for (int plcId = 0; plcId < PLCS && snapshot.guns().size() == PLCS; plcId++) {
            int id = plcId + 1;
            if (heard[plcId] && contactors.containsKey("GC_" + id)) {
                String news = texts[plcId].changes(snapshot.guns().get(plcId), contactors.get("GC_" + id),
                        contactors.get("MN_" + id + "_0"), contactors.get("MN_" + id + "_1"));
                if (!news.isEmpty()) {
                    print("plc " + plcId + "  " + news);
                }
            }
        }
    }

    private void print(String text) {
        out.println(String.format(Locale.ROOT, "%10.3f  ", (clock.nanoTime() - firstNanos) / NANOS) + text);
    }

    // ---- the bus: nothing leaves

    @Override
    public boolean send(int id, long payload) {
        if (Message.of(id) == Message.RELAY_CONTROL) {
            lastSequence[id & Message.PLC_ID_MASK] = Signal.number(RelayControl.CMD_SEQ, payload);
        }
        return true;
    }

    @Override
    public void poll(long timeoutNanos, FrameSink sink) {
        throw new UnsupportedOperationException("the recording delivers the frames itself");
    }

    @Override
    public void wakeup() {
        // Nobody waits.
    }

    @Override
    public void close() {
        // Nothing to release.
    }

    // ---- the events of the driver

    @Override
    public void changed() {
        look();
    }

    @Override
    public void tokenRead(TokenRead token) {
        print("plc " + (token.connectorId() - 1) + "  token " + token.source() + " " + token.value());
    }

    @Override
    public void info(String message) {
        print(message);
    }

    @Override
    public void warn(String message) {
        print(message);
    }

    @Override
    public void error(String message, Throwable failure) {
        throw new IllegalStateException(message, failure);
    }
}
