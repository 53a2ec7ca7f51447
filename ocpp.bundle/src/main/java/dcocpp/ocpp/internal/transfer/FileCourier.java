package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Addresses of the charger's own disk: one folder of it, and nothing that a link leads out of. */
final class FileCourier {
    private final TransferPolicy policy;

    FileCourier(TransferPolicy policy) {
        this.policy = policy;
    }

    void download(Address from, Path target, Abort abort) throws TransferException {
        try (InputStream in = Files.newInputStream(inside(from))) {
            Incoming.receive(in, target, policy.maxBytes(), abort);
        } catch (IOException e) {
            throw abort.explain(e);
        }
    }

    void upload(Path file, Address to, Abort abort) throws TransferException {
        try {
            Path target = inside(to);
            Path named = Files.isDirectory(target) ? target.resolve(file.getFileName()) : target;
            try (InputStream in = Files.newInputStream(file)) {
                Incoming.receive(in, named, policy.maxBytes(), abort);
            }
        } catch (IOException e) {
            throw abort.explain(e);
        }
    }

    /** The path if it lies in the permitted folder, also after its links are followed. */
    private Path inside(Address address) throws IOException, TransferException {
        Path folder = Files.createDirectories(policy.fileFolder()).toRealPath();
        Path path;
        try {
            path = Path.of(address.uri()).normalize();
        } catch (IllegalArgumentException e) {
            throw new TransferException(Kind.BAD_ADDRESS, "the address names no file of this charger: " + e.getMessage());
        }
        Path real = Files.exists(path) ? path.toRealPath() : path.getParent().toRealPath().resolve(path.getFileName());
        if (!real.startsWith(folder)) {
            throw new TransferException(Kind.NOT_PERMITTED, "files are taken from and put into " + folder + " only");
        }
        return real;
    }
}
