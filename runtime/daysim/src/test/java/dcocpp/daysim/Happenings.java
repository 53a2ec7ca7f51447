package dcocpp.daysim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import dcocpp.api.hardware.FaultCause;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.ContactorFault;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;

/** Drivers, weather, technicians and bad luck: makes the events of a day happen in the cabinet and undoes what is undone later. */
final class Happenings {

    /** How long a charger has to follow a lower limit of the grid, ms. */
    static final long GRID_SETTLE_MS = 2000;
    private static final long TECHNICIAN_LOOKS_AGAIN_MS = 30_000;
    private static final long CLEARS_AFTER_MS = 2000;
    /** When the operator has cleared a fault everything works again, as far as the hardware goes. */
    private static final long CLEARED_MS = CLEARS_AFTER_MS + 2000;
    private static final long COOLS_DOWN_MS = 10 * Day.MINUTE_MS;
    private static final double HOT_MODULE_C = 81;
    private static final List<String> CARS = List.of("compact-400", "compact-400", "compact-400", "tourer-800", "tourer-800", "taxi-400",
            "truck-800");

    private final Cabinet cabinet;
    private final Host host;
    private final Agenda agenda;
    private final Map<Integer, Visit> visits = new TreeMap<>();
    private final Map<Integer, Double> profilesW = new TreeMap<>();
    private final Map<String, ContactorFault> brokenContactors = new HashMap<>();
    private double gridLimitW = Site.GRID_W;
    private int arrivals;
    private int turnedAway;
    private int charged;
    private long trippedMs;
    private long emergencyMs = Long.MIN_VALUE / 2;
    private long nowMs;

    Happenings(Cabinet cabinet, Host host, Agenda agenda) {
        this.cabinet = cabinet;
        this.host = host;
        this.agenda = agenda;
        cabinet.gridLimit(gridLimitW, GRID_SETTLE_MS);
    }

    /** Everything that is due now, and what the drivers do. Returns whether anything has happened. */
    boolean run(long now, List<GunTruth> truths) {
        nowMs = now;
        boolean any = agenda.run(now);
        for (GunTruth truth : truths) {
            Visit visit = visits.get(truth.connectorId());
            // A car that has come in this very moment is not in the picture yet.
            if (visit != null && truth.car() != null && visit.act(cabinet, truth, now)) {
                visits.remove(truth.connectorId());
                charged += visit.charged() ? 1 : 0;
                any = true;
            }
        }
        return any;
    }

    void happen(Event event) {
        switch (event.kind()) {
            case ARRIVE -> arrive(new Random(event.noise()));
            case TEAR_OFF -> tearOff(event.slot());
            case PAUSE -> Optional.ofNullable(visits.get(event.slot()))
                    .ifPresent(visit -> visit.pause(cabinet, nowMs, (long) event.value()));
            case WELD -> contactorBreaks(event, ContactorFault.WELD);
            case JAM -> contactorBreaks(event, ContactorFault.JAM);
            case MODULE_FAILS -> fault(event, FaultCause.MODULE_DEGRADED, Double.NaN, (long) event.value(), false);
            case MODULE_HOT -> fault(event, FaultCause.MODULE_TEMPERATURE, HOT_MODULE_C, (long) event.value(), false);
            case GRID -> grid(event.value());
            case PROFILE -> profile(event.slot(), event.value());
            case EMERGENCY_STOP -> {
                trippedMs = Math.max(trippedMs, nowMs + (long) event.value() + CLEARED_MS);
                fault(event, FaultCause.EMERGENCY_STOP, Double.NaN, (long) event.value(), true);
            }
            case ISOLATION -> fault(event, FaultCause.ISOLATION, Double.NaN, (long) event.value(), true);
            case LINK_LOST -> fault(event, FaultCause.PLC_COMM, Double.NaN, (long) event.value(), true);
            case CONNECTOR_HOT -> fault(event, FaultCause.CONNECTOR_TEMPERATURE, event.value(), COOLS_DOWN_MS, true);
            default -> throw new IllegalStateException(event.kind().name());
        }
    }

    private void arrive(Random random) {
        arrivals++;
        List<Integer> free = new ArrayList<>();
        for (int id = 1; id <= Site.SLOTS; id++) {
            if (!visits.containsKey(id)) {
                free.add(id);
            }
        }
        if (free.isEmpty()) {
            turnedAway++;
            return;
        }
        plug(free.get(random.nextInt(free.size())), CARS.get(random.nextInt(CARS.size())), 5 + random.nextInt(55), 70 + random.nextInt(31),
                random);
    }

    /** A car of the library comes to this gun. */
    void plug(int connectorId, String car, double socPercent, double targetSocPercent, Random random) {
        CarModel model = CarLibrary.included().find(car).orElseThrow();
        cabinet.plug(connectorId, new PlugIn(model, socPercent, targetSocPercent, Identity.NONE));
        visits.put(connectorId, new Visit(connectorId, host.session(connectorId), nowMs, random));
    }

    private void tearOff(int connectorId) {
        Visit visit = visits.remove(connectorId);
        if (visit != null) {
            charged += visit.charged() ? 1 : 0;
            emergencyMs = nowMs;
            cabinet.unplug(connectorId);
        }
    }

    private void contactorBreaks(Event event, ContactorFault kind) {
        if (brokenContactors.putIfAbsent(event.name(), kind) == null) {
            cabinet.contactorFault(event.name(), kind);
            agenda.at(nowMs + (long) event.value(), () -> technician(event.name()));
        }
    }

    /** Replaces a contactor as soon as nothing flows near it, and clears what was latched and marked. */
    private void technician(String contactorId) {
        List<Integer> slots = Site.slotsAt(contactorId);
        boolean safe = cabinet.truth().stream().noneMatch(gun -> gun.currentA() > 0 && near(gun, slots))
                && cabinet.truth().stream().filter(gun -> slots.contains(gun.slotId()))
                        .allMatch(gun -> gun.busVoltageV() < 60 && gun.modules().stream().noneMatch(GunTruth.ModuleTruth::regulating));
        if (!safe) {
            agenda.at(nowMs + TECHNICIAN_LOOKS_AGAIN_MS, () -> technician(contactorId));
            return;
        }
        cabinet.repairContactor(contactorId);
        brokenContactors.remove(contactorId);
        // The operator sees in the next seconds that it is open, and says so.
        agenda.at(nowMs + CLEARS_AFTER_MS, () -> host.clear(slots, List.of(contactorId), cabinet.nowNanos()));
    }

    private static boolean near(GunTruth gun, List<Integer> slots) {
        return slots.contains(gun.slotId());
    }

    private void fault(Event event, FaultCause cause, double value, long forMs, boolean emergency) {
        if (emergency) {
            emergencyMs = nowMs;
        }
        cabinet.fault(event.slot(), cause, value, event.name());
        agenda.at(nowMs + forMs, () -> {
            cabinet.clear(event.slot(), Optional.of(cause));
            agenda.at(nowMs + CLEARS_AFTER_MS, () -> host.clear(host.everybody(), List.of(), cabinet.nowNanos()));
        });
    }

    private void grid(double limitW) {
        gridLimitW = limitW;
        cabinet.gridLimit(limitW, GRID_SETTLE_MS);
        host.gridLimit(limitW);
    }

    private void profile(int connectorId, double limitW) {
        profilesW.put(connectorId, limitW);
        host.profile(connectorId, limitW);
    }

    /** All drivers want to leave. */
    void closeSite() {
        visits.values().forEach(Visit::leave);
    }

    Map<Integer, Visit> visits() {
        return visits;
    }

    Set<String> brokenContactors() {
        return brokenContactors.keySet();
    }

    /** This contactor does not close once it is open. */
    boolean jammed(String contactorId) {
        return brokenContactors.get(contactorId) == ContactorFault.JAM;
    }

    double gridLimitW() {
        return gridLimitW;
    }

    double profileW(int connectorId) {
        return profilesW.getOrDefault(connectorId, Double.POSITIVE_INFINITY);
    }

    int arrivals() {
        return arrivals;
    }

    /** Cars that have taken energy and gone. */
    int charged() {
        return charged;
    }

    int turnedAway() {
        return turnedAway;
    }

    /** The whole site is stopped, or was until shortly before. */
    boolean tripped(long now) {
        return now < trippedMs;
    }

    /** When something last happened that makes a gun be switched off by force, ms. */
    long emergencyMs() {
        return emergencyMs;
    }

    /** When something will happen next, ms. */
    long nextMs() {
        long next = agenda.nextMs();
        for (Visit visit : visits.values()) {
            next = Math.min(next, visit.nextMs(nowMs));
        }
        return next;
    }
}
