package dcocpp.ocpp.internal.smartcharging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Kind;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Period;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Recurrency;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Schedule;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;

/** Makes a profile of a payload that has passed its schema. Stateless. */
final class ProfileReader {

    private ProfileReader() {
    }

    static ChargingProfile read(int connectorId, JsonNode profile) {
        JsonNode recurrency = profile.path("recurrencyKind");
        Purpose purpose = Purpose.valueOf(profile.get("chargingProfilePurpose").textValue());
        Kind kind = kind(profile, purpose);
        return new ChargingProfile(profile.get("chargingProfileId").intValue(), connectorId, purpose, profile.get("stackLevel").intValue(), kind,
                kind == Kind.Recurring && recurrency.isTextual() ? Recurrency.valueOf(recurrency.textValue()) : null,
                time(profile.path("validFrom")), time(profile.path("validTo")), whole(profile.path("transactionId")),
                schedule(profile.get("chargingSchedule"), kind));
    }

    /** OCPP 1.6, 7.13: without its startSchedule an Absolute schedule starts with the charging; for a whole charger there is no such moment. */
    private static Kind kind(JsonNode profile, Purpose purpose) {
        Kind kind = Kind.valueOf(profile.get("chargingProfileKind").textValue());
        boolean startsWithTheCharging = kind == Kind.Absolute && purpose != Purpose.ChargePointMaxProfile
                && !profile.get("chargingSchedule").hasNonNull("startSchedule");
        return startsWithTheCharging ? Kind.Relative : kind;
    }

    private static Schedule schedule(JsonNode schedule, Kind kind) {
        List<Period> periods = new ArrayList<>();
        for (JsonNode period : schedule.get("chargingSchedulePeriod")) {
            periods.add(new Period(period.get("startPeriod").intValue(), period.get("limit").doubleValue(),
                    whole(period.path("numberPhases"))));
        }
        // A Relative schedule starts with the transaction, whatever else it says.
        Instant start = kind == Kind.Relative ? null : time(schedule.path("startSchedule"));
        return new Schedule(whole(schedule.path("duration")), start, Unit.valueOf(schedule.get("chargingRateUnit").textValue()), periods,
                schedule.path("minChargingRate").doubleValue());
    }

    private static Integer whole(JsonNode value) {
        return value.isNumber() ? (Integer) value.intValue() : null;
    }

    private static Instant time(JsonNode value) {
        return value.isTextual() ? OcppTime.parse(value.textValue()).orElseThrow() : null;
    }
}
