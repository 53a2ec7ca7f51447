package dcocpp.can.internal.driver;

import java.util.concurrent.TimeUnit;

/** The time constants of the contract, ns. */
final class Limits {

    /** At least one supervised frame within this. */
    static final long LINK = millis(300);
    /** Each supervised frame within this: one lost frame must not stop a session. */
    static final long EACH_STATUS = millis(600);
    /** How long after the start a PLC may stay unheard before that is a fault. */
    static final long FIRST_FRAME = millis(3000);
    static final long CONTROL_PILOT = millis(1000);
    /** A lost pilot opens the gun contactor at once and is a fault only after another three seconds. */
    static final long CONTROL_PILOT_FAULT = millis(4000);
    static final long METER = millis(2000);
    /** A vehicle's present values count instead of a page of the meter that is older: before anybody finds the meter silent. */
    static final long METER_STAND_IN = millis(1500);
    /** People are told of a meter that is replaced by them for so long. */
    static final long METER_STAND_IN_TOLD = millis(10_000);
    /** The same without a vehicle, when a PLC tells of its meter every 2 s: one lost frame is no silent meter. */
    static final long IDLE_METER = millis(5000);
    /** Both pages of the meter, each sent every 2 s by an idle PLC, are waited for this long before power is counted instead. */
    static final long FIRST_METER = millis(5000);
    static final long TELEMETRY = millis(2000);
    static final long BAD_CRC_WINDOW = millis(1000);
    static final int BAD_CRC_COUNT = 3;

    static final long ACK_FAULT = millis(900);
    static final long ACK_FIRST_RESEND = millis(100);
    static final long ACK_SECOND_RESEND = millis(250);
    static final long ACK_THIRD_RESEND = millis(500);
    static final long FEEDBACK = millis(500);
    /** What a GCMC_Status says so soon after a new GCMC_Command may still be the old. */
    static final long GCMC_PATIENCE = millis(300);
    static final long CLEAR_WINDOW = millis(2000);
    static final int CLEAR_FRAMES = 3;
    /** A PLC that owns the gun contactor may take this long to open it in a normal stop. */
    static final long PLC_OPENS_GUN = millis(1000);
    /** So long limits that were sent may wait for their acknowledge before it counts as missing; by then they have been repeated. */
    static final long LIMIT_ACK_PATIENCE = millis(300);

    static final long RELAY_ON_PERIOD = millis(100);
    static final long RELAY_OFF_PERIOD = millis(150);
    static final long RELAY_SPACING = millis(20);
    static final long PRESENT_ACTIVE_PERIOD = millis(200);
    static final long PRESENT_IDLE_PERIOD = millis(1000);
    static final long MAX_LIMITS_PERIOD = millis(1000);
    static final long MAX_LIMITS_SPACING = millis(200);
    static final long CONFIG_RETRY = millis(1000);
    static final long CONFIG_REPEAT = millis(300);
    static final int CONFIG_TRIES = 3;

    /** A command of the controller is whole this long, afterwards nothing is offered any more. */
    static final long COMMAND_FRESH = millis(500);
    /** A controller that is silent this long has its outputs forced off. */
    static final long COMMAND_DEAD = millis(1000);

    /** Frames per second of a gun in use beside its present values: RelayControl, limits, both words of the authorization. */
    private static final int FRAMES_BESIDE_PRESENT = 13;
    /** What the schedule may take of the pacing of {@link TokenBucket}; the rest is for changes. */
    private static final int SCHEDULED_FRAMES = 240;

    private Limits() {
    }

    /** How often present values are sent to a gun in use: seldomer where so many are that the more important frames would starve. */
    static long presentPeriod(int gunsInUse) {
        int left = SCHEDULED_FRAMES - FRAMES_BESIDE_PRESENT * gunsInUse;
        return Math.max(PRESENT_ACTIVE_PERIOD, gunsInUse * millis(1000) / left);
    }

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
