package dcocpp.controller.internal.session;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.controller.internal.journal.JournalStore.Meter;

/**
 * Lifetime energy of one connector in whole milliwatt-hours; never runs backwards. With a meter its register is the truth: between two of
 * its steps, and while it is silent, measured power is integrated, and what was counted so is taken back into account when the register
 * moves on, so that nothing is counted twice. With a shunt the integral is all there is. Belongs to the control thread.
 */
final class EnergyAccumulator {

    /** Nothing is known of a register: the next one is a beginning. */
    static final long NO_REGISTER = -1;
    /** Step of a register whose values do not show a finer one, mWh. */
    private static final long COARSEST_STEP_MILLI_WH = 100_000;
    /** More than a gun of a megawatt gives in half a minute; a register of 100 Wh steps leaps much less. */
    private static final long LARGEST_LEAP_MILLI_WH = 10_000_000;
    /** A megawatt gives one milliwatt-hour in so many ns: what the register may have counted while nobody read it. */
    private static final long MEGAWATT_NANOS_PER_MILLI_WH = 3600;
    /** So long must a register that has fallen or leapt stay there until it is believed. */
    private static final long DOUBT_NANOS = 2_000_000_000L;
    /** While no vehicle asks for energy, hardware reads its meter every two seconds or so, and later at first: no fault yet. */
    private static final long IDLE_SILENCE_NANOS = 5_000_000_000L;
    private static final double MILLI_WH_PER_KWH = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int connectorId;
    private final boolean shunt;
    private final double scale;
    /** Of a connector that has never counted. */
    private final Optional<Long> offsetMilliWh;
    private final BiConsumer<String, String> tell;
    private final PowerIntegral integral = new PowerIntegral();
    private boolean based;
    private long baseMilliWh;
    private long baseRegisterMilliWh;
    private long registerMilliWh;
    private boolean registerRead;
    private long registerNanos;
    private long stepMilliWh = COARSEST_STEP_MILLI_WH;
    private boolean doubted;
    private long doubtedNanos;
    private boolean heard;
    private boolean linkUp;
    private boolean usable;
    private boolean measured;
    private long answeredNanos;
    private long idleNanos;
    private long lifetimeMilliWh;

    /**
     * @param settings source, factor and offset of its meter; the factor is applied once to all that is measured, the offset once to the
     *        first that was ever counted
     * @param kept what was kept before the restart; null = the connector never counted
     * @param tell told what is worth a line in the journal: in a word or two, and in detail
     */
    EnergyAccumulator(ConnectorSettings settings, Meter kept, BiConsumer<String, String> tell) {
        this.connectorId = settings.id();
        this.shunt = settings.meterSource() == MeterSource.SHUNT;
        this.scale = settings.meterScale();
        this.tell = tell;
        long offset = Math.round(settings.meterOffsetWh() * 1000);
        offsetMilliWh = kept == null ? Optional.of(offset) : Optional.empty();
        lifetimeMilliWh = kept == null ? Math.max(0, offset) : kept.lifetimeMilliWh();
        baseMilliWh = lifetimeMilliWh;
        based = shunt;
        if (!shunt && kept != null && kept.registerMilliWh() != NO_REGISTER) {
            begin(kept.registerMilliWh(), kept.lifetimeMilliWh() - kept.aheadMilliWh());
            integral.restart((long) (kept.aheadMilliWh() / scale));
        }
    }

    /**
     * Takes what the hardware says of the gun.
     *
     * @param now process time
     */
    void read(GunState gun, long now) {
        MeterReading meter = gun.meter();
        linkUp = gun.linkUp();
        usable = !shunt && meter.valid() && now - meter.takenNanos() <= PowerIntegral.LONGEST_GAP_NANOS;
        measured = linkUp && Double.isFinite(gun.presentVoltageV()) && Double.isFinite(gun.presentCurrentA())
                && now - gun.updatedNanos() <= PowerIntegral.LONGEST_GAP_NANOS;
        if (counts()) {
            answeredNanos = shunt ? gun.updatedNanos() : meter.takenNanos();
        } else if (!linkUp || !heard) {
            // Only who is heard can be missed.
            answeredNanos = now;
        }
        if (!heard || !gun.cp().wantsEnergy()) {
            idleNanos = now;
        }
        heard = true;
        integrate(gun, now);
        if (usable) {
            register(meter.registerMilliWh(), meter.takenNanos());
        }
        lifetimeMilliWh = Math.max(lifetimeMilliWh, shownMilliWh() + (long) (integral.milliWh() * scale));
    }

    private void integrate(GunState gun, long now) {
        MeterReading meter = gun.meter();
        boolean power = usable && Double.isFinite(meter.powerW());
        long gapNanos = 0;
        if (power && integral.isNews(meter.takenNanos())) {
            gapNanos = integral.add(meter.powerW(), meter.takenNanos());
        } else if (measured && (!power || integral.waits(now))) {
            gapNanos = integral.add(gun.presentVoltageV() * gun.presentCurrentA(), gun.updatedNanos());
        }
        if (gapNanos > 0 && !usable) {
            tell.accept("gap", String.format(Locale.ROOT, "%.1f s without voltage and current, not counted", gapNanos / NANOS_PER_SECOND));
        }
    }

    /**
     * A register that falls by more than a step, or leaps by more than any gun can give, is believed only when it stays there: a single
     * wrong frame is neither billed nor does it make a new base. One that flickers by a step is held. How fine its steps are its values
     * show.
     */
    private void register(long register, long takenNanos) {
        if (!based) {
            begin(register, offsetMilliWh.map(offset -> Math.max(0, offset + Math.round(register * scale))).orElse(lifetimeMilliWh));
        }
        long change = register - registerMilliWh;
        long sinceNanos = registerRead ? takenNanos - registerNanos : 0;
        if (change < -stepMilliWh || change > LARGEST_LEAP_MILLI_WH + sinceNanos / MEGAWATT_NANOS_PER_MILLI_WH) {
            doubt(register, takenNanos);
            return;
        }
        if (register % stepMilliWh != 0) {
            stepMilliWh = BigInteger.valueOf(register).gcd(BigInteger.valueOf(stepMilliWh)).longValue();
        }
        if (sinceNanos > (change > 0 ? PowerIntegral.LONGEST_GAP_NANOS : IDLE_SILENCE_NANOS)) {
            tell.accept("register back", String.format(Locale.ROOT, "after %.1f s; it counted %.3f kWh, power gave %.3f kWh",
                    sinceNanos / NANOS_PER_SECOND, change / MILLI_WH_PER_KWH, integral.milliWh() / MILLI_WH_PER_KWH));
        }
        if (change > 0) {
            registerMilliWh = register;
            integral.restart(0);
        }
        believe(takenNanos);
        // A register that has not moved on knows that less than a step has flowed since.
        integral.limit(stepMilliWh - 1);
    }

    private void doubt(long register, long takenNanos) {
        if (!doubted) {
            doubted = true;
            doubtedNanos = takenNanos;
        } else if (takenNanos - doubtedNanos >= DOUBT_NANOS) {
            // A new meter, or one that lost its register: what it counted before is not ours.
            tell.accept("new register", String.format(Locale.ROOT, "%.3f kWh after %.3f kWh; the connector goes on from %.3f kWh",
                    register / MILLI_WH_PER_KWH, registerMilliWh / MILLI_WH_PER_KWH, lifetimeMilliWh / MILLI_WH_PER_KWH));
            begin(register, lifetimeMilliWh);
            believe(takenNanos);
        }
    }

    private void believe(long takenNanos) {
        doubted = false;
        registerRead = true;
        registerNanos = takenNanos;
    }

    private void begin(long register, long fromMilliWh) {
        based = true;
        baseMilliWh = fromMilliWh;
        baseRegisterMilliWh = register;
        registerMilliWh = register;
        integral.restart(0);
    }

    /** What the register shows, from the base in one go: rounding each step would lose energy at every reading. */
    private long shownMilliWh() {
        return baseMilliWh + Math.round((registerMilliWh - baseRegisterMilliWh) * scale);
    }

    /** Lifetime energy, mWh. */
    long lifetimeMilliWh() {
        return lifetimeMilliWh;
    }

    /** What it counts by answers: a transaction may begin. */
    boolean counts() {
        return shunt ? measured : usable;
    }

    /**
     * It has not answered for too long: 2 s while a vehicle asks for energy, 5 s otherwise. A transaction that runs goes on; what flows is
     * counted by what is left to count with.
     */
    Optional<Fault> fault(long now) {
        long silentNanos = now - answeredNanos;
        boolean missed = silentNanos > PowerIntegral.LONGEST_GAP_NANOS && now - idleNanos > PowerIntegral.LONGEST_GAP_NANOS;
        // Not every gun is measured while nothing can flow; a meter that is there answers.
        boolean lost = !shunt && silentNanos > IDLE_SILENCE_NANOS;
        if (!linkUp || !missed && !lost) {
            return Optional.empty();
        }
        return Optional.of(new Fault(FaultCause.METER_STALE, shunt ? "voltage and current are not measured"
                : measured ? "meter silent: voltage and current count" : "meter silent: nothing is counted"));
    }

    /** What must be kept over a restart. */
    Meter kept() {
        return shunt || !based ? new Meter(connectorId, lifetimeMilliWh, NO_REGISTER, 0)
                : new Meter(connectorId, lifetimeMilliWh, registerMilliWh, lifetimeMilliWh - shownMilliWh());
    }
}
