package dcocpp.csms;

import eu.chargetime.ocpp.feature.profile.ServerCoreEventHandler;
import eu.chargetime.ocpp.feature.profile.ServerFirmwareManagementEventHandler;
import eu.chargetime.ocpp.feature.profile.securityext.ServerSecurityExtEventHandler;
import eu.chargetime.ocpp.model.core.AuthorizationStatus;
import eu.chargetime.ocpp.model.core.AuthorizeConfirmation;
import eu.chargetime.ocpp.model.core.AuthorizeRequest;
import eu.chargetime.ocpp.model.core.BootNotificationConfirmation;
import eu.chargetime.ocpp.model.core.BootNotificationRequest;
import eu.chargetime.ocpp.model.core.DataTransferConfirmation;
import eu.chargetime.ocpp.model.core.DataTransferRequest;
import eu.chargetime.ocpp.model.core.DataTransferStatus;
import eu.chargetime.ocpp.model.core.HeartbeatConfirmation;
import eu.chargetime.ocpp.model.core.HeartbeatRequest;
import eu.chargetime.ocpp.model.core.IdTagInfo;
import eu.chargetime.ocpp.model.core.MeterValue;
import eu.chargetime.ocpp.model.core.MeterValuesConfirmation;
import eu.chargetime.ocpp.model.core.MeterValuesRequest;
import eu.chargetime.ocpp.model.core.Reason;
import eu.chargetime.ocpp.model.core.RegistrationStatus;
import eu.chargetime.ocpp.model.core.SampledValue;
import eu.chargetime.ocpp.model.core.StartTransactionConfirmation;
import eu.chargetime.ocpp.model.core.StartTransactionRequest;
import eu.chargetime.ocpp.model.core.StatusNotificationConfirmation;
import eu.chargetime.ocpp.model.core.StatusNotificationRequest;
import eu.chargetime.ocpp.model.core.StopTransactionConfirmation;
import eu.chargetime.ocpp.model.core.StopTransactionRequest;
import eu.chargetime.ocpp.model.firmware.DiagnosticsStatusNotificationConfirmation;
import eu.chargetime.ocpp.model.firmware.DiagnosticsStatusNotificationRequest;
import eu.chargetime.ocpp.model.firmware.FirmwareStatusNotificationConfirmation;
import eu.chargetime.ocpp.model.firmware.FirmwareStatusNotificationRequest;
import eu.chargetime.ocpp.model.securityext.LogStatusNotificationConfirmation;
import eu.chargetime.ocpp.model.securityext.LogStatusNotificationRequest;
import eu.chargetime.ocpp.model.securityext.SecurityEventNotificationConfirmation;
import eu.chargetime.ocpp.model.securityext.SecurityEventNotificationRequest;
import eu.chargetime.ocpp.model.securityext.SignCertificateConfirmation;
import eu.chargetime.ocpp.model.securityext.SignCertificateRequest;
import eu.chargetime.ocpp.model.securityext.SignedFirmwareStatusNotificationConfirmation;
import eu.chargetime.ocpp.model.securityext.SignedFirmwareStatusNotificationRequest;
import eu.chargetime.ocpp.model.securityext.types.GenericStatusEnumType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the CSMS answers to a charge point's calls. */
final class Answers implements ServerCoreEventHandler, ServerFirmwareManagementEventHandler, ServerSecurityExtEventHandler {

    private final Ledger ledger;
    private final Supplier<CsmsPolicy> policy;
    private final Clock clock;
    private final Function<UUID, String> chargePointOf;

    Answers(Ledger ledger, Supplier<CsmsPolicy> policy, Clock clock, Function<UUID, String> chargePointOf) {
        this.ledger = ledger;
        this.policy = policy;
        this.clock = clock;
        this.chargePointOf = chargePointOf;
    }

    @Override
    public BootNotificationConfirmation handleBootNotificationRequest(UUID session, BootNotificationRequest request) {
        RegistrationStatus status = switch (policy.get().bootAnswer()) {
            case ACCEPTED -> RegistrationStatus.Accepted;
            case PENDING -> RegistrationStatus.Pending;
            case REJECTED -> RegistrationStatus.Rejected;
        };
        return new BootNotificationConfirmation(now(), Math.toIntExact(policy.get().heartbeatInterval().toSeconds()), status);
    }

    @Override
    public HeartbeatConfirmation handleHeartbeatRequest(UUID session, HeartbeatRequest request) {
        return new HeartbeatConfirmation(now());
    }

    @Override
    public StatusNotificationConfirmation handleStatusNotificationRequest(UUID session, StatusNotificationRequest request) {
        return new StatusNotificationConfirmation();
    }

    @Override
    public AuthorizeConfirmation handleAuthorizeRequest(UUID session, AuthorizeRequest request) {
        return new AuthorizeConfirmation(tagInfo(request.getIdTag()));
    }

    /** A blocked tag gets a transaction too, with the status that says stop: the charger has started, so it is accounted. */
    @Override
    public StartTransactionConfirmation handleStartTransactionRequest(UUID session, StartTransactionRequest request) {
        int id = ledger.start(chargePointOf.apply(session), request.getConnectorId(), request.getIdTag(),
                request.getTimestamp().toInstant(), request.getMeterStart());
        return new StartTransactionConfirmation(tagInfo(request.getIdTag()), id);
    }

    @Override
    public MeterValuesConfirmation handleMeterValuesRequest(UUID session, MeterValuesRequest request) {
        ledger.readings(chargePointOf.apply(session), request.getTransactionId(), readings(request.getMeterValue()));
        return new MeterValuesConfirmation();
    }

    @Override
    public StopTransactionConfirmation handleStopTransactionRequest(UUID session, StopTransactionRequest request) {
        Reason reason = request.getReason() == null ? Reason.Local : request.getReason();
        ledger.stop(chargePointOf.apply(session), request.getTransactionId(), new CsmsTransaction.Stop(
                request.getTimestamp().toInstant(), request.getMeterStop(), reason.name(),
                Optional.ofNullable(request.getIdTag()), readings(request.getTransactionData())));
        StopTransactionConfirmation answer = new StopTransactionConfirmation();
        if (request.getIdTag() != null) {
            answer.setIdTagInfo(tagInfo(request.getIdTag()));
        }
        return answer;
    }

    @Override
    public DataTransferConfirmation handleDataTransferRequest(UUID session, DataTransferRequest request) {
        return new DataTransferConfirmation(DataTransferStatus.UnknownVendorId);
    }

    @Override
    public DiagnosticsStatusNotificationConfirmation handleDiagnosticsStatusNotificationRequest(
            UUID session, DiagnosticsStatusNotificationRequest request) {
        return new DiagnosticsStatusNotificationConfirmation();
    }

    @Override
    public FirmwareStatusNotificationConfirmation handleFirmwareStatusNotificationRequest(
            UUID session, FirmwareStatusNotificationRequest request) {
        return new FirmwareStatusNotificationConfirmation();
    }

    @Override
    public LogStatusNotificationConfirmation handleLogStatusNotificationRequest(
            UUID session, LogStatusNotificationRequest request) {
        return new LogStatusNotificationConfirmation();
    }

    @Override
    public SecurityEventNotificationConfirmation handleSecurityEventNotificationRequest(
            UUID session, SecurityEventNotificationRequest request) {
        return new SecurityEventNotificationConfirmation();
    }

    /** There is no certificate authority behind this CSMS. */
    @Override
    public SignCertificateConfirmation handleSignCertificateRequest(UUID session, SignCertificateRequest request) {
        return new SignCertificateConfirmation(GenericStatusEnumType.Rejected);
    }

    @Override
    public SignedFirmwareStatusNotificationConfirmation handleSignedFirmwareStatusNotificationRequest(
            UUID session, SignedFirmwareStatusNotificationRequest request) {
        return new SignedFirmwareStatusNotificationConfirmation();
    }

    private IdTagInfo tagInfo(String idTag) {
        CsmsPolicy current = policy.get();
        String tag = CsmsPolicy.normal(idTag);
        AuthorizationStatus status;
        if (current.blockedTags().contains(tag)) {
            status = AuthorizationStatus.Blocked;
        } else if (current.knownTags().isEmpty() || current.knownTags().contains(tag)) {
            status = AuthorizationStatus.Accepted;
        } else {
            status = AuthorizationStatus.Invalid;
        }
        IdTagInfo info = new IdTagInfo(status);
        String parent = current.parentTags().get(tag);
        if (parent != null) {
            info.setParentIdTag(parent);
        }
        return info;
    }

    private ZonedDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atZone(ZoneOffset.UTC);
    }

    private static List<MeterReading> readings(MeterValue[] values) {
        List<MeterReading> readings = new ArrayList<>();
        if (values != null) {
            for (MeterValue value : values) {
                for (SampledValue sample : value.getSampledValue()) {
                    readings.add(new MeterReading(value.getTimestamp().toInstant(), sample.getMeasurand(), sample.getContext(),
                            sample.getUnit() == null ? "" : sample.getUnit(), sample.getValue()));
                }
            }
        }
        return readings;
    }
}
