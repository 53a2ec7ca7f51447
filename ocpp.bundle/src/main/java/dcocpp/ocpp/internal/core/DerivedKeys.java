package dcocpp.ocpp.internal.core;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.transaction.MeterValues;
import dcocpp.ocpp.internal.transfer.Protocol;

/** The keys whose values follow from what this charge point is, whatever the base configuration says of them. */
final class DerivedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DerivedKeys.class);

    private DerivedKeys() {
    }

    static void apply(Configuration configuration, Settings settings, List<Feature> features) {
        profiles(configuration, features);
        int connectors = configuration.number("NumberOfConnectors");
        if (configuration.text("ConnectorPhaseRotation").isEmpty()) {
            // A DC output has no phases to rotate.
            configuration.override("ConnectorPhaseRotation", IntStream.rangeClosed(0, connectors)
                    .mapToObj(connector -> connector + ".NotApplicable").collect(Collectors.joining(",")));
        }
        configuration.override("ConnectorPhaseRotationMaxLength", Integer.toString(connectors + 1));
        String measurands = Integer.toString(MeterValues.supported().size());
        for (String list : List.of("MeterValuesAlignedData", "MeterValuesSampledData", "StopTxnAlignedData", "StopTxnSampledData")) {
            configuration.override(list + "MaxLength", measurands);
        }
        configuration.override("SupportedMeasurands", String.join(",", MeterValues.supported()));
        configuration.override("SupportedFileTransferProtocols",
                settings.transfers().protocols().stream().map(Protocol::name).collect(Collectors.joining(",")));
        configuration.override("ChargePointId", settings.chargePointId());
        configuration.override("CentralSystemURI", settings.addressText());
    }

    private static void profiles(Configuration configuration, List<Feature> features) {
        List<String> asked = configuration.list("SupportedFeatureProfiles");
        Set<String> offered = new TreeSet<>(Set.of("Core"));
        features.forEach(feature -> feature.profile().ifPresent(offered::add));
        if (!offered.containsAll(asked)) {
            LOG.warn("Of the feature profiles {} this charge point offers {}", asked, offered);
        }
        configuration.override("SupportedFeatureProfiles", String.join(",", offered));
        configuration.override("SupportedFeatureProfilesMaxLength", Integer.toString(offered.size()));
    }
}
