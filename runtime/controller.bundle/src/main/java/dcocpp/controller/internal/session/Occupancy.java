package dcocpp.controller.internal.session;

import java.util.Optional;

import dcocpp.api.backoffice.Reservation;
import dcocpp.api.journal.Token;

/** Who has a connector, and who may take it: its session, its reservation, whether it is in service. Belongs to the control thread. */
public final class Occupancy {

    private final SessionLifeCycle life;
    private final Plug plug;
    private final FaultBook faults;
    private boolean inoperative;
    private Promise promise = Promise.NONE;

    Occupancy(SessionLifeCycle life, Plug plug, FaultBook faults) {
        this.life = life;
        this.plug = plug;
        this.faults = faults;
    }

    void inoperative(boolean value) {
        inoperative = value;
    }

    /** Taken out of service. */
    boolean inoperative() {
        return inoperative;
    }

    void promise(Promise value) {
        promise = value;
        life.promise(value);
    }

    /** It is kept for others than this token, whatever its group is. */
    boolean bars(String idTag) {
        return promise.bars(idTag);
    }

    /** A session that has not ended. */
    boolean inSession() {
        return life.session() != null && !life.session().ended();
    }

    /** A transaction whose end is not written. */
    boolean inTransaction() {
        return life.session() != null && life.session().transactionOpen();
    }

    /** Plugged or not, this connector takes this token now. */
    boolean takes(Token token) {
        return !inoperative && faults.forbidsStart().isEmpty() && !promise.bars(token.idTag())
                && (life.session() == null || life.session().takes(token.source()));
    }

    /**
     * The session here is over and its vehicle has not left: a token that does not name this connector means another one. A card may still
     * begin where no transaction ran; a remote start was promised by the status, and that is Finishing there too.
     */
    boolean finishedFor(Token token) {
        return life.session() != null && life.session().ended()
                && (life.session().transactionId != null || token.source() == Token.Source.REMOTE_START && !reserved());
    }

    /** This token was accepted here, or is being asked about. */
    boolean holds(String idTag) {
        return inSession() && life.session().token != null && life.session().token.idTag().equalsIgnoreCase(idTag);
    }

    /** A transaction runs here and the group of its token is known. */
    boolean stopsByGroup() {
        return inTransaction() && !life.session().parentIdTag.isEmpty();
    }

    /** The transaction here is of this group. */
    boolean runsFor(String parentIdTag) {
        return inTransaction() && life.session().parentIdTag.equalsIgnoreCase(parentIdTag);
    }

    /** It is reserved. */
    public boolean reserved() {
        return promise.here() != null;
    }

    /** It is reserved for this very token. */
    boolean keptFor(String idTag) {
        return reserved() && promise.here().idTag().equalsIgnoreCase(idTag);
    }

    /** Nobody uses it: somebody who has reserved any connector could. A plug alone does not take it from him. */
    boolean vacant() {
        Session session = life.session();
        boolean free = session == null ? !plug.in() : reserved() && !session.granted && session.transactionId == null;
        return free && !inoperative && faults.forbidsStart().isEmpty();
    }

    /** The reservation that the accepted token here will use. */
    Optional<Reservation> reservationInUse() {
        return life.reservationInUse();
    }
}
