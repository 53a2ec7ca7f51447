package dcocpp.can.internal.driver;

import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.can.internal.codec.DbcValues.CfgParamId;
import dcocpp.can.internal.codec.HostFrames;

/** The event-driven ConfigCmd frames of one PLC: protocol handshake, authorization and lock. */
final class ConfigLine {

    /** No frame is due. A real one is never 0, since its parameter is not. */
    static final long NOTHING = 0;

    private final int protocolVersion;
    private final Stamp handshake = new Stamp();
    private boolean accepted;
    private String mismatch = "";

    private Authorization authorization = Authorization.UNKNOWN;
    private boolean statePushDue;
    private boolean pendingPushDue;
    private int denialsLeft;
    private final Stamp authorizationFrame = new Stamp();

    private boolean lock;
    private boolean lockKnown;
    private int lockTriesLeft;
    private final Stamp lockFrame = new Stamp();

    ConfigLine(int protocolVersion) {
        this.protocolVersion = protocolVersion;
    }

    /** The PLC may be another one or have begun anew: shake hands again, and tell it again what it should know. */
    void restart() {
        accepted = false;
        mismatch = "";
        handshake.forget();
        push();
        if (lockKnown) {
            lockTriesLeft = Limits.CONFIG_TRIES;
            lockFrame.forget();
        }
    }

    void authorize(Authorization wanted) {
        // A grant that is no longer wanted is taken back, even where nothing is to be said otherwise: a PLC must not keep it.
        Authorization effective = wanted == Authorization.UNKNOWN && authorization != Authorization.UNKNOWN ? Authorization.DENIED : wanted;
        if (effective != authorization) {
            authorization = effective;
            push();
        }
    }

    private void push() {
        boolean something = authorization != Authorization.UNKNOWN;
        statePushDue = something;
        pendingPushDue = something;
        denialsLeft = authorization == Authorization.DENIED ? Limits.CONFIG_TRIES : 0;
    }

    /** What the controller wants is said also when it begins with "unlocked": a run before may have left a car locked in. */
    void lock(boolean wanted) {
        if (!lockKnown || wanted != lock) {
            lockTriesLeft = Limits.CONFIG_TRIES;
            lockFrame.forget();
        }
        lockKnown = true;
        lock = wanted;
    }

    /** @param mayUnlock no current flows and the gun contactor is open */
    long next(boolean mayUnlock, long nowNanos) {
        if (denialDue(nowNanos)) {
            return HostFrames.configSet(CfgParamId.AUTH_STATE, 0);
        }
        if (handshakeDue(nowNanos)) {
            return HostFrames.configSet(CfgParamId.PROTO_VERSION, protocolVersion);
        }
        if (stateDue(nowNanos)) {
            return HostFrames.configSet(CfgParamId.AUTH_STATE, authorization == Authorization.GRANTED ? 1 : 0);
        }
        if (pendingPushDue) {
            return HostFrames.configSet(CfgParamId.AUTH_PENDING, authorization == Authorization.PENDING ? 1 : 0);
        }
        if (lockDue(mayUnlock, nowNanos)) {
            return HostFrames.configSet(CfgParamId.LOCK_CMD, lock ? 1 : 0);
        }
        return NOTHING;
    }

    /** The frame that {@link #next} gave has left. */
    void sent(boolean mayUnlock, long nowNanos) {
        if (denialDue(nowNanos)) {
            statePushDue = false;
            denialsLeft--;
            authorizationFrame.mark(nowNanos);
        } else if (handshakeDue(nowNanos)) {
            handshake.mark(nowNanos);
        } else if (stateDue(nowNanos)) {
            statePushDue = false;
            pendingPushDue = true;
            authorizationFrame.mark(nowNanos);
        } else if (pendingPushDue) {
            pendingPushDue = false;
        } else if (lockDue(mayUnlock, nowNanos)) {
            lockTriesLeft--;
            lockFrame.mark(nowNanos);
        }
    }

    /** A withdrawn authorization goes before everything but relays. */
    boolean denialDue(long nowNanos) {
        return authorization == Authorization.DENIED && denialsLeft > 0
                && (statePushDue || !authorizationFrame.within(Limits.CONFIG_REPEAT, nowNanos));
    }

    private boolean stateDue(long nowNanos) {
        boolean refreshed = authorization == Authorization.PENDING || authorization == Authorization.GRANTED;
        return refreshed && (statePushDue || !authorizationFrame.within(Limits.CONFIG_RETRY - 1, nowNanos));
    }

    private boolean handshakeDue(long nowNanos) {
        return protocolVersion != DriverSettings.NO_HANDSHAKE && !accepted && mismatch.isEmpty()
                && !handshake.within(Limits.CONFIG_RETRY - 1, nowNanos);
    }

    private boolean lockDue(boolean mayUnlock, long nowNanos) {
        return lockTriesLeft > 0 && (lock || mayUnlock) && !lockFrame.within(Limits.CONFIG_REPEAT, nowNanos);
    }

    /** An answer of the PLC. */
    void ack(int parameter, int status, long value) {
        switch (parameter) {
            case CfgParamId.PROTO_VERSION -> handshakeAck(status, value);
            case CfgParamId.AUTH_STATE -> {
                if (status == 0 && value == 0 && authorization == Authorization.DENIED && !statePushDue) {
                    denialsLeft = 0;
                }
            }
            case CfgParamId.LOCK_CMD -> {
                if (status == 0 && value == (lock ? 1 : 0)) {
                    lockTriesLeft = 0;
                }
            }
            default -> {
            }
        }
    }

    private void handshakeAck(int status, long value) {
        if (protocolVersion == DriverSettings.NO_HANDSHAKE || accepted) {
            return;
        }
        accepted = status == 0 && value == protocolVersion;
        mismatch = accepted ? "" : "PLC answers version " + value + ", status " + status + " to version " + protocolVersion;
    }

    /** A relay may close: the PLC speaks our version, or is known not to be asked. */
    boolean ready() {
        return accepted || protocolVersion == DriverSettings.NO_HANDSHAKE;
    }

    /** Why the PLC cannot be used; empty while nothing speaks against it. */
    String mismatch() {
        return mismatch;
    }

    boolean granted() {
        return authorization == Authorization.GRANTED;
    }

    boolean active() {
        return authorization == Authorization.PENDING || authorization == Authorization.GRANTED;
    }
}
