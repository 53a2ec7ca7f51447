package dcocpp.hwsim.internal.physics;

import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;

/** A power module: follows its set points with a ramp, keeps to its rating, may fail or run hot. */
final class PowerModule {

    private static final double VOLTAGE_RAMP_V_PER_S = 500;
    private static final double CURRENT_RISE_A_PER_S = 200;
    private static final double CURRENT_FALL_A_PER_S = 1000;
    private static final double DISCHARGE_SECONDS = 0.5;
    private static final double AMBIENT_C = 30;
    private static final double RISE_AT_FULL_LOAD_K = 30;
    private static final double WARM_UP_SECONDS = 60;
    /** Of what it takes from the grid, ‰: a module under load. What it needs for itself while it gives nothing is left out. */
    private static final long EFFICIENCY_PERMILLE = 955;
    private static final long LOSS_PERMILLE = 1000 - EFFICIENCY_PERMILLE;
    /** The module switches itself off at this temperature. */
    private static final double TRIP_C = 85;

    private final ModuleSettings settings;
    private final Contactor contactor;
    private final EnergyCounter given = new EnergyCounter(0);
    private final EnergyCounter lost = new EnergyCounter(0);
    private double setVoltageV;
    private double setCurrentA;
    private boolean on;
    private double voltageV;
    private double currentLimitA;
    private long milliA;
    private double temperatureC = AMBIENT_C;
    private double forcedTemperatureC = Double.NaN;
    private boolean failed;
    private boolean powerless;
    private boolean staysUp;

    PowerModule(ModuleSettings settings, Travel travel, long nowNanos) {
        this.settings = settings;
        this.contactor = new Contactor(settings.contactor(), travel, nowNanos);
    }

    String id() {
        return settings.id();
    }

    Contactor contactor() {
        return contactor;
    }

    EnergyCounter given() {
        return given;
    }

    /** What has become heat in it. */
    EnergyCounter lost() {
        return lost;
    }

    /** What it takes from the grid at this moment, W. */
    double gridW() {
        return voltageV * milliA / 1000.0 * (EFFICIENCY_PERMILLE + LOSS_PERMILLE) / EFFICIENCY_PERMILLE;
    }

    /** Takes the set points of this step, null = off, and follows them by one step. */
    void step(ModuleCommand command, boolean forcedOff, double seconds) {
        on = command != null && command.on() && !forcedOff && healthy();
        setVoltageV = on ? command.voltageV() : 0;
        setCurrentA = on ? command.currentA() : 0;
        if (!on) {
            currentLimitA = 0;
            voltageV = decayed(voltageV, seconds);
        } else {
            double goalA = Math.min(setCurrentA, ratedCurrentA());
            currentLimitA = goalA > currentLimitA ? Math.min(goalA, currentLimitA + CURRENT_RISE_A_PER_S * seconds)
                    : Math.max(goalA, currentLimitA - (staysUp ? 0 : CURRENT_FALL_A_PER_S) * seconds);
            double goalV = powerless ? 0 : setVoltageV;
            voltageV = goalV > voltageV ? Math.min(goalV, voltageV + VOLTAGE_RAMP_V_PER_S * seconds)
                    : Math.max(goalV, decayed(voltageV, seconds));
        }
        double load = milliA / 1000.0 / Math.max(1, ratedCurrentA());
        temperatureC = approached(temperatureC, AMBIENT_C + RISE_AT_FULL_LOAD_K * load, seconds, WARM_UP_SECONDS);
    }

    /** Under this command nothing would change but slowly. */
    boolean quiet(ModuleCommand command, boolean forcedOff) {
        boolean shallBeOn = command != null && command.on() && !forcedOff && healthy();
        if (shallBeOn != on) {
            return false;
        }
        if (!on) {
            return true;
        }
        double stepSeconds = Cabinet.STEP_MS / 1000.0;
        double changeA = Math.min(command.currentA(), ratedCurrentA()) - currentLimitA;
        boolean tied = contactor.closed() && !powerless;
        return changeA <= CURRENT_RISE_A_PER_S * stepSeconds && changeA >= -CURRENT_FALL_A_PER_S * stepSeconds
                && (tied || powerless || command.voltageV() - voltageV <= VOLTAGE_RAMP_V_PER_S * stepSeconds);
    }

    /** A value that goes to another with this time constant, after so long. */
    static double approached(double value, double goal, double seconds, double constantSeconds) {
        return goal + (value - goal) * Math.exp(-seconds / constantSeconds);
    }

    static double decayed(double volts, double seconds) {
        if (volts == 0) {
            return 0;
        }
        double rest = volts * Math.exp(-seconds / DISCHARGE_SECONDS);
        return rest < 0.1 ? 0 : rest;
    }

    private double ratedCurrentA() {
        double byPowerA = settings.ratedPowerW() / Math.max(1, Math.max(voltageV, setVoltageV));
        return settings.ratedCurrentA() > 0 ? Math.min(settings.ratedCurrentA(), byPowerA) : byPowerA;
    }

    /** Feeds the slot's bus at this moment. */
    boolean feeding() {
        return on && contactor.closed() && !powerless;
    }

    boolean on() {
        return on;
    }

    double voltageV() {
        return voltageV;
    }

    /** The output is tied to the bus. */
    void follow(double busV) {
        voltageV = busV;
    }

    long setMilliV() {
        return Math.round(setVoltageV * 1000);
    }

    /** The most it gives at this moment, mA. */
    long availableMilliA() {
        return (long) (currentLimitA * 1000);
    }

    long milliA() {
        return milliA;
    }

    void carry(long current) {
        milliA = current;
    }

    /** Gives its current at this voltage for so long. Returns what it takes from the grid for that, nJ. */
    long deliver(long milliV, long stepMs) {
        long outNanoJ = milliV * milliA * stepMs;
        long heatNanoJ = outNanoJ / EFFICIENCY_PERMILLE * LOSS_PERMILLE;
        given.add(outNanoJ);
        lost.add(heatNanoJ);
        return outNanoJ + heatNanoJ;
    }

    void fail(boolean condition) {
        failed = condition;
    }

    /** Its current does not fall as long as it is on. */
    void stayUp(boolean condition) {
        staysUp = condition;
    }

    /** Runs, but gives no voltage. */
    void powerless(boolean condition) {
        powerless = condition;
    }

    /** Reports this temperature; NaN = its own. */
    void forceTemperature(double celsius) {
        forcedTemperatureC = celsius;
    }

    private double reportedTemperatureC() {
        return Double.isNaN(forcedTemperatureC) ? temperatureC : forcedTemperatureC;
    }

    private boolean healthy() {
        return !failed && reportedTemperatureC() < TRIP_C;
    }

    ModuleState state() {
        String detail = failed ? "failed" : healthy() ? "" : "over-temperature";
        return new ModuleState(id(), healthy(), on, voltageV, milliA / 1000.0, reportedTemperatureC(), detail);
    }
}
