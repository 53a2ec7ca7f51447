package dcocpp.simrun.charger;

import java.nio.file.Path;
import java.time.Duration;

import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.Courier;
import dcocpp.ocpp.internal.transfer.TransferException;

/** No file travels in a simulation. */
final class NoCourier implements Courier {

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void check(String location) throws TransferException {
        throw refused();
    }

    @Override
    public void download(String location, Path target, Abort abort) throws TransferException {
        throw refused();
    }

    @Override
    public void upload(Path file, String location, Abort abort) throws TransferException {
        throw refused();
    }

    private static TransferException refused() {
        return new TransferException(TransferException.Kind.NOT_PERMITTED, "no file travels here");
    }
}
