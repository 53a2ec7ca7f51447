package dcocpp.daysim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.GunTruth;

/** Watches the cabinet, not the software, and tells what went wrong beside what the cabinet's own judge has found. */
final class Witness {

    /** A car that is ready and that nothing keeps from charging gets power within this time. */
    private static final long SERVED_WITHIN_MS = 60_000;
    /** With less than this for each car nobody can be served for sure, W. */
    private static final double LEAST_PER_CAR_W = 6000;
    /** A force-off without a reason opens nothing under load; with one, within this time of it. */
    private static final long EMERGENCY_MS = 5000;
    private static final double PROFILE_TOLERANCE = 1.01;
    private static final long PROFILE_SETTLE_MS = 2000;

    private final Cabinet cabinet;
    private final Happenings happenings;
    private final Yardstick yardstick = new Yardstick();
    private final List<String> findings = new ArrayList<>();
    private final Map<Integer, Long> waitingMs = new HashMap<>();
    private final Map<Integer, Long> overProfileMs = new HashMap<>();
    private long forced;

    Witness(Cabinet cabinet, Happenings happenings) {
        this.cabinet = cabinet;
        this.happenings = happenings;
    }

    List<String> findings() {
        return findings;
    }

    Yardstick yardstick() {
        return yardstick;
    }

    /** So long has passed, and this is how it is now. */
    void observe(long nowMs, long millis, List<GunTruth> truths, Host host) {
        if (!happenings.tripped(nowMs)) {
            yardstick.observe(millis, truths, happenings);
        }
        long taking = truths.stream().filter(gun -> Yardstick.takes(gun, happenings)).count();
        boolean plenty = happenings.gridLimitW() >= LEAST_PER_CAR_W * taking && !happenings.tripped(nowMs);
        for (GunTruth gun : truths) {
            served(nowMs, millis, gun, plenty, host);
            profile(nowMs, millis, gun);
        }
        if (cabinet.forcedUnderLoad() > forced) {
            forced = cabinet.forcedUnderLoad();
            if (nowMs - happenings.emergencyMs() > EMERGENCY_MS) {
                finding(nowMs, "a contactor was forced open under load though nothing had happened");
            }
        }
    }

    private void served(long nowMs, long millis, GunTruth gun, boolean plenty, Host host) {
        boolean waits = plenty && Yardstick.takes(gun, happenings) && gun.currentA() < 1 && gun.injected().isEmpty()
                && happenings.profileW(gun.connectorId()) >= 1000
                && happenings.brokenContactors().stream().noneMatch(id -> Site.slotsAt(id).contains(gun.slotId()))
                && nowMs - happenings.emergencyMs() > SERVED_WITHIN_MS;
        long before = waitingMs.getOrDefault(gun.connectorId(), 0L);
        long now = waits ? before + millis : 0;
        waitingMs.put(gun.connectorId(), now);
        if (before < SERVED_WITHIN_MS && now >= SERVED_WITHIN_MS) {
            finding(nowMs, "the car at connector " + gun.connectorId() + " is ready, nothing near it is broken, and it has had no"
                    + " power for a minute: " + host.session(gun.connectorId()));
        }
    }

    private void profile(long nowMs, long millis, GunTruth gun) {
        boolean over = gun.powerW() > happenings.profileW(gun.connectorId()) * PROFILE_TOLERANCE + 10;
        long before = overProfileMs.getOrDefault(gun.connectorId(), 0L);
        long now = over ? before + millis : 0;
        overProfileMs.put(gun.connectorId(), now);
        if (before <= PROFILE_SETTLE_MS && now > PROFILE_SETTLE_MS) {
            finding(nowMs, String.format("connector %d takes %.0f W of the %.0f W that the back office allows it",
                    gun.connectorId(), gun.powerW(), happenings.profileW(gun.connectorId())));
        }
    }

    void finding(long nowMs, String what) {
        findings.add(at(nowMs) + what);
    }

    static String at(long ms) {
        return String.format("%02d:%02d:%06.3f ", ms / 3_600_000, ms / 60_000 % 60, ms % 60_000 / 1000.0);
    }
}
