package dcocpp.simrun.run;

import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.SimulationException;
import dcocpp.simrun.script.Scenario;

/** The driver of a car at a gun, who knows no more than he sees there: shows a card, waits, ends the charge, leaves. */
final class Driver {

    /** Who cannot do what he wants tries again. */
    private static final long LOOKS_AGAIN_MS = 1000;
    private static final long PATIENCE_MS = 8 * 60_000;
    private static final double FLOWS_A = 1;

    private final Scenario.Visit visit;
    private final Site site;
    private final int connectorId;
    private final long swipeMs;
    private final long stayMs;
    private long lastCurrentMs;
    private long doneMs = Long.MAX_VALUE;
    private long lookMs;
    private boolean swiped;
    private boolean charged;
    private boolean leaving;
    private boolean ended;

    /** A car that has just been plugged in. */
    Driver(Scenario.Visit visit, Site site, long nowMs) {
        this.visit = visit;
        this.site = site;
        this.connectorId = visit.plug().connector();
        this.swipeMs = visit.idTag() == null ? Long.MAX_VALUE : nowMs + visit.swipeAfter().toMillis();
        this.stayMs = visit.stay() == null ? Long.MAX_VALUE : nowMs + visit.stay().toMillis();
        this.lastCurrentMs = nowMs;
    }

    int connectorId() {
        return connectorId;
    }

    /** The car has taken energy. */
    boolean charged() {
        return charged;
    }

    /** When he does something unless something happens, ms. */
    long nextMs(long nowMs) {
        if (leaving || lookMs > nowMs) {
            return Math.max(nowMs + LOOKS_AGAIN_MS, doneMs == Long.MAX_VALUE ? 0 : doneMs + visit.linger().toMillis());
        }
        long next = Math.min(stayMs, lastCurrentMs + PATIENCE_MS);
        return swiped ? next : Math.min(next, swipeMs);
    }

    /**
     * Does what is to be done.
     *
     * @return whether the car has gone
     */
    boolean act(Moment moment) {
        GunTruth gun = moment.truth(connectorId);
        if (gun.car() == null) {
            return true;
        }
        long nowMs = moment.ms();
        if (gun.currentA() >= FLOWS_A) {
            lastCurrentMs = nowMs;
            charged = true;
        }
        if (!swiped && nowMs >= swipeMs && nowMs >= lookMs) {
            swiped = swipe(nowMs);
        }
        ConnectorSnapshot connector = moment.connector(connectorId).orElse(null);
        boolean transaction = connector != null && connector.session() != null && connector.session().transactionActive();
        boolean full = gun.car().socPercent() >= gun.car().targetSocPercent();
        leaving |= full || nowMs >= stayMs || nowMs - lastCurrentMs >= PATIENCE_MS || charged && connector != null && !transaction;
        if (!leaving) {
            return false;
        }
        if (transaction && !full && !ended && nowMs >= lookMs) {
            ended = visit.idTag() == null ? site.remoteStop(connectorId) : swipe(nowMs);
            lookMs = nowMs + LOOKS_AGAIN_MS;
        }
        if (!transaction && doneMs == Long.MAX_VALUE) {
            doneMs = nowMs;
        }
        if (doneMs != Long.MAX_VALUE && nowMs >= doneMs + visit.linger().toMillis() && !gun.locked() && !gun.gunContactorClosed()) {
            site.unplug(connectorId);
            return true;
        }
        return false;
    }

    /** A reader that does not answer is tried again. */
    private boolean swipe(long nowMs) {
        try {
            site.cabinet().physics().swipe(connectorId, visit.idTag());
            return true;
        } catch (SimulationException dead) {
            lookMs = nowMs + LOOKS_AGAIN_MS;
            return false;
        }
    }
}
