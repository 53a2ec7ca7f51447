package com.example.charger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dcocpp.api.time.TimeSource;

/**
 * The board, its gun, its power module and a vehicle, all pretended: what a real serial line would lead to. Its firmware opens everything
 * when it hears nothing for 300 ms, when the emergency stop is pressed or the connector is hot. Any thread.
 */
final class PretendBoard implements SerialLine {

    static final double RATED_W = 30_000;

    private static final long STEP_NANOS = 20_000_000L;
    private static final double STEP_SECONDS = 0.02;
    private static final long WATCHDOG_NANOS = 300_000_000L;
    private static final long CLOSING_NANOS = 60_000_000L;
    private static final long LOCK_NANOS = 200_000_000L;
    private static final long WELD_SEEN_NANOS = 500_000_000L;
    private static final double RAMP_V = 500 * STEP_SECONDS;
    private static final double DISCHARGE = Math.exp(-STEP_SECONDS / 0.5);
    private static final double AMBIENT_C = 30;
    private static final double HOT_C = 95;
    private static final double PRECHARGE_V = 20;
    private static final long MICRO_J_PER_MILLI_WH = 3_600_000;

    private final TimeSource time;
    private final List<String> complaints = new ArrayList<>();
    private Fields wanted = new Fields();
    private long nowNanos;
    private long askedNanos;
    private PretendVehicle vehicle;
    private boolean gunClosed;
    private boolean moduleClosed;
    private long gunWantedNanos;
    private long moduleWantedNanos;
    private boolean locked;
    private long lockWantedNanos;
    private boolean lockWanted;
    private double busV;
    private double moduleV;
    private double currentA;
    private double gunV;
    private long registerMicroJ = 1_000_000 * MICRO_J_PER_MILLI_WH;
    private long cards;
    private String card = "";
    private boolean stopPressed;
    private boolean stopLatched;
    private long clears;
    private boolean hot;
    private boolean welded;
    private boolean cut;

    PretendBoard(TimeSource time) {
        this.time = time;
        this.nowNanos = time.nanoTime();
        this.askedNanos = nowNanos - WATCHDOG_NANOS;
    }

    @Override
    public synchronized String exchange(String request) throws IOException {
        advance();
        if (cut) {
            throw new IOException("no answer within 50 ms");
        }
        askedNanos = nowNanos;
        wanted = Fields.parse(request);
        if (wanted.whole("CLEAR") > clears) {
            clears = wanted.whole("CLEAR");
            stopLatched &= stopPressed;
        }
        // Contactors are held by a coil: without it they fall open at once.
        openWhatIsNotWanted();
        return answer().line();
    }

    private Fields answer() {
        Fields answer = new Fields().put("CP", vehicle == null ? "A" : vehicle.pilot()).put("LOCK", locked).put("AUTH", authorized())
                .put("GC", gunClosed).put("MN", moduleClosed).put("ON", moduleOn()).put("MODV", moduleClosed ? busV : moduleV)
                .put("MODI", currentA).put("GUNV", gunV).put("GUNI", currentA).put("TEMP", hot ? HOT_C : AMBIENT_C)
                .put("REGISTER", registerMicroJ / MICRO_J_PER_MILLI_WH).put("CARDS", cards).put("CARD", card)
                .put("ESTOP", stopLatched).put("HOT", hot).put("WELD", weldSeen());
        if (vehicle != null) {
            vehicle.tell(answer, currentA, gunClosed);
        }
        return answer;
    }

    // ---- physics

    private void advance() {
        while (time.nanoTime() - nowNanos >= STEP_NANOS) {
            nowNanos += STEP_NANOS;
            step();
        }
    }

    private void step() {
        stepContactors();
        stepLock();
        if (vehicle != null) {
            vehicle.step(nowNanos, authorized(), locked, safe(), currentA);
        }
        settle();
    }

    private boolean alive() {
        return nowNanos - askedNanos <= WATCHDOG_NANOS;
    }

    private boolean safe() {
        return !stopLatched && !hot && !weldSeen();
    }

    private boolean authorized() {
        return alive() && wanted.is("AUTH");
    }

    private boolean gunWanted() {
        return alive() && safe() && wanted.is("GC") && wanted.is("AUTH");
    }

    private boolean moduleWanted() {
        return alive() && !stopLatched && !hot && wanted.is("MN");
    }

    private boolean moduleOn() {
        return moduleWanted() && wanted.is("ON");
    }

    private void openWhatIsNotWanted() {
        gunClosed &= gunWanted() || welded;
        moduleClosed &= moduleWanted();
        currentA = gunClosed && moduleClosed ? currentA : 0;
    }

    private void stepContactors() {
        gunWantedNanos = gunWanted() != gunClosed ? gunWantedNanos : nowNanos;
        moduleWantedNanos = moduleWanted() != moduleClosed ? moduleWantedNanos : nowNanos;
        if (!gunClosed && gunWanted() && nowNanos - gunWantedNanos >= CLOSING_NANOS) {
            gunClosed = true;
            double vehicleV = vehicle == null ? 0 : vehicle.batteryV();
            if (Math.abs(busV - vehicleV) > PRECHARGE_V) {
                complaints.add("the gun contactor closed between " + busV + " V and " + vehicleV + " V");
            }
        }
        if (!moduleClosed && moduleWanted() && nowNanos - moduleWantedNanos >= CLOSING_NANOS) {
            moduleClosed = true;
            moduleV = 0;
        }
        openWhatIsNotWanted();
    }

    /** The contactor is closed though nobody wants it so, for longer than it takes. */
    private boolean weldSeen() {
        return welded && gunClosed && !(wanted.is("GC") && wanted.is("AUTH") && alive()) && nowNanos - gunWantedNanos >= WELD_SEEN_NANOS;
    }

    private void stepLock() {
        boolean now = alive() ? wanted.is("LOCK") : lockWanted;
        lockWantedNanos = now == lockWanted ? lockWantedNanos : nowNanos;
        lockWanted = now;
        boolean live = gunClosed || currentA >= 1;
        if (nowNanos - lockWantedNanos >= LOCK_NANOS && (lockWanted || !live)) {
            locked = lockWanted;
        }
        locked &= vehicle != null;
    }

    private void settle() {
        boolean feeding = moduleClosed && moduleOn();
        moduleV = moduleOn() ? Math.min(wanted.number("V"), (moduleClosed ? busV : moduleV) + RAMP_V) : moduleV * DISCHARGE;
        boolean battery = gunClosed && vehicle != null && vehicle.connected();
        currentA = battery && feeding ? vehicle.takes(wanted) : 0;
        busV = battery ? vehicle.terminalV(currentA) : feeding ? moduleV : busV * DISCHARGE;
        gunV = gunClosed ? busV : vehicle != null && vehicle.connected() ? vehicle.batteryV() : gunV * DISCHARGE;
        long microJ = Math.round(gunV * currentA * STEP_SECONDS * 1e6);
        registerMicroJ += microJ;
        if (vehicle != null) {
            vehicle.charge(microJ);
        }
    }

    // ---- what people do

    synchronized void plug(double needWh) {
        advance();
        vehicle = new PretendVehicle(needWh, nowNanos);
    }

    synchronized void unplug() {
        advance();
        vehicle = null;
        currentA = 0;
    }

    synchronized void card(String idTag) {
        card = idTag;
        cards++;
    }

    synchronized void pressStop(boolean pressed) {
        advance();
        stopPressed = pressed;
        stopLatched |= pressed;
        openWhatIsNotWanted();
    }

    synchronized void heat(boolean tooHot) {
        advance();
        hot = tooHot;
        openWhatIsNotWanted();
    }

    synchronized void weld(boolean stuck) {
        welded = stuck;
    }

    synchronized void cut(boolean wire) {
        cut = wire;
    }

    // ---- what an instrument says

    synchronized boolean gunClosed() {
        advance();
        return gunClosed;
    }

    synchronized boolean moduleClosed() {
        advance();
        return moduleClosed;
    }

    synchronized double currentA() {
        advance();
        return currentA;
    }

    synchronized double busV() {
        advance();
        return busV;
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }
}
