package dcocpp.ocpp.internal.smartcharging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Kind;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Period;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Recurrency;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Schedule;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;

/** Makes profiles: Absolute from {@link #T0} in W unless said otherwise. */
final class Profiles {
    static final Instant T0 = Instant.parse("2026-03-04T10:00:00Z");

    private final Purpose purpose;
    private final int connectorId;
    private int id;
    private int stackLevel;
    private Kind kind = Kind.Absolute;
    private Recurrency recurrency;
    private Instant validFrom;
    private Instant validTo;
    private Integer duration;
    private Instant start = T0;
    private Unit unit = Unit.W;
    private double minRate;
    private final List<Period> periods = new ArrayList<>();

    private Profiles(Purpose purpose, int connectorId) {
        this.purpose = purpose;
        this.connectorId = connectorId;
    }

    static Profiles max() {
        return new Profiles(Purpose.ChargePointMaxProfile, 0);
    }

    static Profiles usual(int connectorId) {
        return new Profiles(Purpose.TxDefaultProfile, connectorId);
    }

    static Profiles transaction(int connectorId) {
        return new Profiles(Purpose.TxProfile, connectorId);
    }

    Profiles id(int value) {
        id = value;
        return this;
    }

    Profiles level(int value) {
        stackLevel = value;
        return this;
    }

    Profiles relative() {
        kind = Kind.Relative;
        start = null;
        return this;
    }

    Profiles daily() {
        kind = Kind.Recurring;
        recurrency = Recurrency.Daily;
        return this;
    }

    Profiles weekly() {
        kind = Kind.Recurring;
        recurrency = Recurrency.Weekly;
        return this;
    }

    Profiles valid(Instant from, Instant to) {
        validFrom = from;
        validTo = to;
        return this;
    }

    Profiles start(Instant value) {
        start = value;
        return this;
    }

    Profiles lasts(Integer seconds) {
        duration = seconds;
        return this;
    }

    Profiles amperes() {
        unit = Unit.A;
        return this;
    }

    Profiles least(double value) {
        minRate = value;
        return this;
    }

    Profiles from(int second, double limit) {
        periods.add(new Period(second, limit, null));
        return this;
    }

    Profiles from(int second, double limit, int phases) {
        periods.add(new Period(second, limit, phases));
        return this;
    }

    ChargingProfile make() {
        return new ChargingProfile(id, connectorId, purpose, stackLevel, kind, recurrency, validFrom, validTo, null,
                new Schedule(duration, start, unit, periods, minRate));
    }
}
