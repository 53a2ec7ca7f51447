package dcocpp.ocpp.internal.smartcharging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Kind;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Period;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Schedule;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;

/** What a profile must be like to be taken. Used on the owner thread only. */
final class ProfileRules {
    /** Beyond these times lies nothing but nonsense, and arithmetic that overflows. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Configuration configuration;

    ProfileRules(Configuration configuration) {
        this.configuration = configuration;
    }

    /** This charge point does not do it at all, however right the profile is. */
    boolean supported(ChargingProfile profile) {
        return configuration.list("SupportedChargingProfilePurposeTypes").contains(profile.purpose().name());
    }

    boolean allowed(Unit unit) {
        return configuration.list("ChargingScheduleAllowedChargingRateUnit").contains(unit.keyName());
    }

    /** What is wrong with it by itself, for people. */
    Optional<String> fault(ChargingProfile profile) {
        String fault = fault(profile, profile.schedule());
        return Optional.ofNullable(fault == null ? periodFault(profile.schedule().periods()) : fault);
    }

    private String fault(ChargingProfile profile, Schedule schedule) {
        if (profile.connectorId() < 0 || profile.connectorId() > configuration.number("NumberOfConnectors")) {
            return "there is no connector " + profile.connectorId();
        } else if (profile.stackLevel() > configuration.number("ChargeProfileMaxStackLevel")) {
            return "stackLevel is above ChargeProfileMaxStackLevel";
        } else if (profile.purpose() == Purpose.ChargePointMaxProfile && profile.connectorId() != 0) {
            return "a ChargePointMaxProfile is for connector 0";
        } else if (profile.purpose() == Purpose.ChargePointMaxProfile && profile.kind() == Kind.Relative) {
            return "a ChargePointMaxProfile has no transaction to be Relative to";
        } else if (profile.purpose() == Purpose.TxProfile && profile.connectorId() == 0) {
            return "a TxProfile is for one connector";
        } else if (profile.purpose() != Purpose.TxProfile && profile.remoteTransactionId() != null) {
            return "only a TxProfile has a transactionId";
        } else if (profile.kind() == Kind.Recurring && profile.recurrency() == null) {
            return "a Recurring profile needs its recurrencyKind";
        } else if (profile.kind() != Kind.Relative && schedule.start() == null) {
            return "startSchedule is missing";
        } else if (Stream.of(profile.validFrom(), profile.validTo(), schedule.start()).anyMatch(ProfileRules::nonsense)) {
            return "a time is beyond the years 1 to 9999";
        } else if (profile.validFrom() != null && profile.validTo() != null && !profile.validFrom().isBefore(profile.validTo())) {
            return "validTo is not after validFrom";
        } else if (schedule.durationSeconds() != null && schedule.durationSeconds() <= 0) {
            return "duration is not positive";
        } else if (schedule.minRate() < 0) {
            return "minChargingRate is negative";
        } else if (!allowed(schedule.unit())) {
            return "chargingRateUnit is not in ChargingScheduleAllowedChargingRateUnit";
        }
        return null;
    }

    private String periodFault(List<Period> periods) {
        if (periods.isEmpty() || periods.size() > configuration.number("ChargingScheduleMaxPeriods")) {
            return "there must be 1 to ChargingScheduleMaxPeriods periods";
        } else if (periods.get(0).startSeconds() != 0) {
            return "the first startPeriod must be 0";
        }
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            if (i > 0 && period.startSeconds() <= periods.get(i - 1).startSeconds()) {
                return "each startPeriod must be later than the one before";
            } else if (period.limit() < 0) {
                return "a limit is negative";
            } else if (period.phases() != null && (period.phases() < 1 || period.phases() > 3)) {
                return "numberPhases must be 1 to 3";
            }
        }
        return null;
    }

    private static boolean nonsense(Instant time) {
        return time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST));
    }
}
