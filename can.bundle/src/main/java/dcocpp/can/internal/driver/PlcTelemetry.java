package dcocpp.can.internal.driver;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.can.internal.codec.PlcLayout.ChargeInfo;
import dcocpp.can.internal.codec.PlcLayout.CpVoltageLevels;
import dcocpp.can.internal.codec.PlcLayout.EnergyMeterData;
import dcocpp.can.internal.codec.PlcLayout.EvMaxLimits;
import dcocpp.can.internal.codec.PlcLayout.EvTargets;
import dcocpp.can.internal.codec.Signal;

/**
 * What a PLC measures and what the vehicle says. Each value has one source: the control pilot comes from CP_VoltageLevels, communication
 * and the echo of the authorization from ChargeInfo, the vehicle's wishes from EVDC_Targets. Frames that repeat some of it for displays
 * (EV_StatusDisplay, EVAC_ChgCtrl, ChargingSession) change nothing.
 */
final class PlcTelemetry {

    private final boolean meterOfPlc;
    private final EnergyRegister energy = new EnergyRegister();

    private final Stamp cpFrame = new Stamp();
    private final Stamp idle = new Stamp();
    private CpState cp = CpState.UNKNOWN;

    private final Stamp hlcFrame = new Stamp();
    private long chargeInfo;

    private final Stamp targetsFrame = new Stamp();
    private double targetVoltageV = Double.NaN;
    private double targetCurrentA = Double.NaN;
    private double presentVoltageV = Double.NaN;
    private double presentCurrentA = Double.NaN;

    private final Stamp evMaxFrame = new Stamp();
    private double evMaxVoltageV = Double.NaN;
    private double evMaxCurrentA = Double.NaN;
    private double evMaxPowerW = Double.NaN;

    private long startNanos;
    private final Stamp meterFrame = new Stamp();
    private final Stamp valuesPage = new Stamp();
    private final Stamp energyPage = new Stamp();
    private double meterVoltageV = Double.NaN;
    private double meterCurrentA = Double.NaN;
    private double meterPowerW = Double.NaN;
    private boolean meterUsable;

    PlcTelemetry(ConnectorSettings connector, long nowNanos) {
        startNanos = nowNanos;
        meterOfPlc = connector.meterSource() == MeterSource.PLC;
    }

    /** After a lost bus everything is old. */
    void forget(long nowNanos) {
        startNanos = nowNanos;
        cpFrame.forget();
        hlcFrame.forget();
        targetsFrame.forget();
        evMaxFrame.forget();
        meterFrame.forget();
    }

    void cp(long payload, long nowNanos) {
        cp = state(Signal.number(CpVoltageLevels.CP_STATE, payload));
        cpFrame.mark(nowNanos);
        if (cp == CpState.A) {
            // The next vehicle has limits of its own.
            evMaxFrame.forget();
            idle.mark(nowNanos);
        }
    }

    private static CpState state(int letter) {
        return switch (letter) {
            case 'A' -> CpState.A;
            case 'B' -> CpState.B;
            case 'C' -> CpState.C;
            case 'D' -> CpState.D;
            case 'E' -> CpState.E;
            case 'F' -> CpState.F;
            default -> CpState.UNKNOWN;
        };
    }

    void chargeInfo(long payload, long nowNanos) {
        chargeInfo = payload;
        hlcFrame.mark(nowNanos);
    }

    void targets(long payload, long nowNanos) {
        targetVoltageV = Signal.value(EvTargets.EV_TARGET_V, payload);
        targetCurrentA = Signal.value(EvTargets.EV_TARGET_I, payload);
        presentVoltageV = Signal.value(EvTargets.EV_PRESENT_V, payload);
        presentCurrentA = Signal.value(EvTargets.EV_PRESENT_I, payload);
        targetsFrame.mark(nowNanos);
        if (presentCounts(nowNanos)) {
            energy.registerLost();
            energy.power(presentVoltageV * presentCurrentA, nowNanos);
        }
    }

    void evMax(long payload, long nowNanos) {
        evMaxVoltageV = Signal.value(EvMaxLimits.EVDC_MAX_V, payload);
        evMaxCurrentA = Signal.value(EvMaxLimits.EVDC_MAX_I, payload);
        evMaxPowerW = Signal.value(EvMaxLimits.EVDC_MAX_P, payload) * 1000;
        evMaxFrame.mark(nowNanos);
    }

    void meter(long payload, long nowNanos) {
        if (!meterOfPlc) {
            return;
        }
        meterUsable = Signal.isSet(EnergyMeterData.METER_OK, payload) && !Signal.isSet(EnergyMeterData.METER_COMM_ERROR, payload)
                && !Signal.isSet(EnergyMeterData.METER_DATA_STALE, payload) && !Signal.isSet(EnergyMeterData.METER_OVERRANGE, payload)
                && !Signal.isSet(EnergyMeterData.METER_FALLBACK_ACTIVE, payload);
        if (!meterUsable) {
            return;
        }
        meterFrame.mark(nowNanos);
        switch (Signal.number(EnergyMeterData.METER_MUX, payload)) {
            case 0 -> {
                meterVoltageV = Signal.value(EnergyMeterData.METER_VOLTAGE, payload);
                meterCurrentA = Signal.value(EnergyMeterData.METER_CURRENT, payload);
                meterPowerW = Signal.value(EnergyMeterData.METER_POWER, payload) * 1000;
                valuesPage.mark(nowNanos);
                if (!meterAwaited(nowNanos)) {
                    energy.power(meterPowerW, nowNanos);
                }
            }
            case 1 -> {
                energy.register(Signal.value(EnergyMeterData.METER_IMPORT_ENERGY, payload), nowNanos);
                energyPage.mark(nowNanos);
            }
            default -> {
                // A page of newer firmware.
            }
        }
    }

    /** What the meter says is what counts. Both its pages: one that comes alone knows power without energy, or energy without power. */
    private boolean meterCounts(long nowNanos) {
        return meterWorks(nowNanos) && (!presentFresh(nowNanos) || idle.within(Limits.METER, nowNanos)
                || valuesPage.within(Limits.METER_STAND_IN, nowNanos) && energyPage.within(Limits.METER_STAND_IN, nowNanos));
    }

    private boolean meterWorks(long nowNanos) {
        // The pages come faster once a vehicle is there, which the PLC then has a while to begin with.
        long limit = idle.within(Limits.METER, nowNanos) ? Limits.IDLE_METER : Limits.METER;
        return meterOfPlc && meterUsable && meterFrame.within(limit, nowNanos) && valuesPage.isSet() && energyPage.isSet();
    }

    /** The register has not been heard yet: counting power now would hide where it stands. */
    private boolean meterAwaited(long nowNanos) {
        return meterOfPlc && !energyPage.isSet() && nowNanos - startNanos <= Limits.FIRST_METER;
    }

    private boolean presentFresh(long nowNanos) {
        return targetsFrame.within(Limits.TELEMETRY, nowNanos);
    }

    /** What the vehicle measures is what counts. */
    private boolean presentCounts(long nowNanos) {
        return presentFresh(nowNanos) && !meterCounts(nowNanos) && !meterAwaited(nowNanos);
    }

    /** The vehicle's present values are counted because the meter says nothing usable. */
    boolean presentStandsIn(long nowNanos) {
        return meterOfPlc && presentCounts(nowNanos);
    }

    /** Neither the meter nor a measurement to stand in for it. Where there is no meter none can be silent. */
    boolean meterStale(long nowNanos) {
        return meterOfPlc && !meterWorks(nowNanos) && !presentFresh(nowNanos) && !meterAwaited(nowNanos);
    }

    MeterReading reading(long nowNanos) {
        long milliWh = Math.round(energy.milliWh());
        if (meterCounts(nowNanos)) {
            return new MeterReading(true, milliWh, meterVoltageV, meterCurrentA, meterPowerW, valuesPage.at());
        }
        if (presentCounts(nowNanos)) {
            return new MeterReading(true, milliWh, presentVoltageV, presentCurrentA, presentVoltageV * presentCurrentA,
                    targetsFrame.at());
        }
        return new MeterReading(false, milliWh, Double.NaN, Double.NaN, Double.NaN, nowNanos);
    }

    boolean cpFresh(long nowNanos) {
        return cpFrame.within(Limits.CONTROL_PILOT, nowNanos);
    }

    boolean cpLost(long nowNanos) {
        return !cpFrame.within(Limits.CONTROL_PILOT_FAULT, nowNanos) && nowNanos - startNanos > Limits.CONTROL_PILOT_FAULT;
    }

    CpState cpState(long nowNanos) {
        return cpFresh(nowNanos) ? cp : CpState.UNKNOWN;
    }

    boolean authorizedEcho(long nowNanos) {
        return hlcFrame.within(Limits.TELEMETRY, nowNanos) && Signal.isSet(ChargeInfo.AUTH_GRANTED, chargeInfo);
    }

    /** The stage has reached power delivery, the cable is checked, precharge is over, and the vehicle has not finished. */
    private boolean powerReady(int powerStage, boolean authorized) {
        return authorized && !Signal.isSet(ChargeInfo.HLC_CHARGE_COMPLETE, chargeInfo)
                && Signal.number(ChargeInfo.HLC_STAGE, chargeInfo) >= powerStage
                && Signal.isSet(ChargeInfo.HLC_CABLE_CHECK_OK, chargeInfo) && !Signal.isSet(ChargeInfo.HLC_PRECHARGE_ACTIVE, chargeInfo);
    }

    HlcState hlc(int powerStage, boolean authorized, long nowNanos) {
        if (!hlcFrame.within(Limits.TELEMETRY, nowNanos)) {
            return HlcState.NONE;
        }
        return new HlcState(Signal.number(ChargeInfo.HLC_STAGE, chargeInfo), Signal.isSet(ChargeInfo.HLC_CABLE_CHECK_OK, chargeInfo),
                Signal.isSet(ChargeInfo.HLC_PRECHARGE_ACTIVE, chargeInfo), powerReady(powerStage, authorized),
                Signal.isSet(ChargeInfo.HLC_CHARGE_COMPLETE, chargeInfo));
    }

    /** Stage and flags as one number, to see that they changed. */
    int hlcKey() {
        return (int) (chargeInfo & 0xFFFF);
    }

    double targetVoltageV(long nowNanos) {
        return presentFresh(nowNanos) ? targetVoltageV : Double.NaN;
    }

    double targetCurrentA(long nowNanos) {
        return presentFresh(nowNanos) ? targetCurrentA : Double.NaN;
    }

    double presentVoltageV(long nowNanos) {
        return presentFresh(nowNanos) ? presentVoltageV : meterWorks(nowNanos) ? meterVoltageV : Double.NaN;
    }

    double presentCurrentA(long nowNanos) {
        return presentFresh(nowNanos) ? presentCurrentA : meterWorks(nowNanos) ? meterCurrentA : Double.NaN;
    }

    double evMaxVoltageV() {
        return evMaxFrame.isSet() ? evMaxVoltageV : Double.NaN;
    }

    double evMaxCurrentA() {
        return evMaxFrame.isSet() ? evMaxCurrentA : Double.NaN;
    }

    double evMaxPowerW() {
        return evMaxFrame.isSet() ? evMaxPowerW : Double.NaN;
    }
}
