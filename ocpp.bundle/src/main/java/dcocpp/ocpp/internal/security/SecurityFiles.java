package dcocpp.ocpp.internal.security;

import java.nio.file.Path;

/**
 * Where certificates and keys are.
 *
 * @param csmsRoots whom we trust to sign the back office's certificate, PEM
 * @param manufacturerRoots whom we trust to sign the certificates of firmware, PEM
 * @param clientCertificates folder of the certificate that we show the back office
 * @param clientKeys folder of its key, for the owner alone
 */
public record SecurityFiles(Path csmsRoots, Path manufacturerRoots, Path clientCertificates, Path clientKeys) {
}
