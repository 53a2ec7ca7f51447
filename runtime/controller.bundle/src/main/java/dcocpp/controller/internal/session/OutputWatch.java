package dcocpp.controller.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.power.GunView;

/**
 * Looks at what is measured at a gun that is on: whether voltage and current stay within their limits, whether they are renewed, whether
 * meter and gun agree. The second line behind the hardware's own protection. Belongs to the control thread.
 */
final class OutputWatch {

    /** Above the highest voltage by more than a measurement errs. */
    private static final double OVER_VOLTAGE = 1.05;
    private static final double UNDER_VOLTAGE = 0.9;
    private static final double OVER_CURRENT = 1.1;
    private static final double OVER_CURRENT_A = 2;
    /** A voltage above the limit must be gone within 400 ms: IEC 61851-23. */
    private static final Duration OVER_VOLTAGE_TIME = Duration.ofMillis(400);
    private static final Duration UNDER_VOLTAGE_TIME = Duration.ofSeconds(2);
    private static final Duration OVER_CURRENT_TIME = Duration.ofSeconds(1);
    /** Hardware keeps a value for two seconds before it calls it unknown. */
    private static final Duration UNKNOWN_TIME = Duration.ofMillis(500);
    private static final int MISMATCHES = 5;
    /** Longer than one of the two lags behind the other. */
    private static final Duration MISMATCH_TIME = Duration.ofSeconds(2);
    private static final double MISMATCH_V = 20;
    private static final double MISMATCH_A = 5;
    private static final double MISMATCH_SHARE = 0.1;

    private final ConnectorSettings settings;
    private final Spell overVoltage = new Spell();
    private final Spell underVoltage = new Spell();
    private final Spell overCurrent = new Spell();
    private final Spell unknown = new Spell();
    private boolean known;
    private final Difference voltage = new Difference();
    private final Difference current = new Difference();
    private boolean compared;
    private long comparedNanos;

    /** For how long something has been so. */
    private static final class Spell {
        private boolean on;
        private long sinceNanos;

        boolean lasts(boolean is, long now, Duration limit) {
            sinceNanos = is && !on ? now : sinceNanos;
            on = is;
            return on && now - sinceNanos >= limit.toNanos();
        }
    }

    /**
     * Two measurements of the same that have nothing in common: of whatever each has shown since they differ, the nearest values are apart.
     * One that lags behind while the value moves comes by where the other was; one that is wrong does not.
     */
    private static final class Difference {
        private int samples;
        private long sinceNanos;
        private double lowOne;
        private double highOne;
        private double lowOther;
        private double highOther;

        void sample(double one, double other, double tolerance, long takenNanos) {
            if (samples == 0) {
                sinceNanos = takenNanos;
                lowOne = one;
                highOne = one;
                lowOther = other;
                highOther = other;
            }
            lowOne = Math.min(lowOne, one);
            highOne = Math.max(highOne, one);
            lowOther = Math.min(lowOther, other);
            highOther = Math.max(highOther, other);
            double apart = Math.max(lowOne - highOther, lowOther - highOne);
            // A value that is not measured is not apart.
            samples = apart > Math.max(tolerance, MISMATCH_SHARE * Math.max(highOne, highOther)) ? samples + 1 : 0;
        }

        boolean lasts(long takenNanos) {
            return samples >= MISMATCHES && takenNanos - sinceNanos >= MISMATCH_TIME.toNanos();
        }
    }

    OutputWatch(ConnectorSettings settings) {
        this.settings = settings;
    }

    /**
     * One tick.
     *
     * @param on the gun contactor is commanded closed and the output is up
     * @return what is wrong
     */
    List<Fault> see(GunView view, boolean on) {
        GunState gun = view.gun();
        boolean looked = on && gun.linkUp();
        List<Fault> faults = new ArrayList<>();
        double highestV = Math.min(limit(settings.maxVoltageV()), limit(gun.evMaxVoltageV()));
        if (overVoltage.lasts(looked && gun.presentVoltageV() > highestV * OVER_VOLTAGE, view.now(), OVER_VOLTAGE_TIME)) {
            faults.add(fault(FaultCause.OVER_VOLTAGE, "%.0f V, limit %.0f V", gun.presentVoltageV(), highestV));
        }
        double lowestV = settings.minVoltageV() * UNDER_VOLTAGE;
        if (underVoltage.lasts(looked && gun.presentVoltageV() < lowestV, view.now(), UNDER_VOLTAGE_TIME)) {
            faults.add(fault(FaultCause.UNDER_VOLTAGE, "%.0f V, least %.0f V", gun.presentVoltageV(), settings.minVoltageV()));
        }
        double highestA = limit(settings.maxCurrentA());
        if (overCurrent.lasts(looked && gun.presentCurrentA() > highestA * OVER_CURRENT + OVER_CURRENT_A, view.now(), OVER_CURRENT_TIME)) {
            faults.add(fault(FaultCause.OVER_CURRENT, "%.0f A, limit %.0f A", gun.presentCurrentA(), highestA));
        }
        boolean all = Double.isFinite(gun.presentVoltageV()) && Double.isFinite(gun.presentCurrentA())
                && Double.isFinite(gun.targetVoltageV()) && Double.isFinite(gun.targetCurrentA());
        known = looked && (known || all);
        // What hardware never measures cannot be missed.
        if (unknown.lasts(known && !all, view.now(), UNKNOWN_TIME)) {
            faults.add(new Fault(FaultCause.TELEMETRY, "the values of the gun are not renewed"));
        }
        if (disagree(gun, looked)) {
            faults.add(fault(FaultCause.TELEMETRY_MISMATCH, "meter %.0f V %.0f A, gun %.0f V %.0f A", gun.meter().voltageV(),
                    gun.meter().currentA(), gun.presentVoltageV(), gun.presentCurrentA()));
        }
        return faults;
    }

    private boolean disagree(GunState gun, boolean looked) {
        MeterReading meter = gun.meter();
        if (!looked || !meter.valid() || settings.meterSource() != ConnectorSettings.MeterSource.PLC) {
            compared = false;
            voltage.samples = 0;
            current.samples = 0;
        } else if (!compared || meter.takenNanos() - comparedNanos > 0) {
            compared = true;
            comparedNanos = meter.takenNanos();
            voltage.sample(meter.voltageV(), gun.presentVoltageV(), MISMATCH_V, comparedNanos);
            current.sample(meter.currentA(), gun.presentCurrentA(), MISMATCH_A, comparedNanos);
        }
        return voltage.lasts(comparedNanos) || current.lasts(comparedNanos);
    }

    private static double limit(double configured) {
        return configured > 0 ? configured : Double.POSITIVE_INFINITY;
    }

    private static Fault fault(FaultCause cause, String format, Object... values) {
        return new Fault(cause, String.format(Locale.ROOT, format, values));
    }
}
