package dcocpp.ocpp.internal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.Courier;
import dcocpp.ocpp.internal.transfer.TransferException;

/** A courier that goes nowhere: what it brings and how often it fails is the test's. */
public final class FakeCourier implements Courier {

    /** Addresses in their order, of either direction. */
    public final List<String> journeys = new ArrayList<>();
    /** The content of each file that was brought away. */
    public final List<byte[]> uploaded = new ArrayList<>();
    /** The name of each file that was brought away. */
    public final List<String> names = new ArrayList<>();
    /** What is fetched. */
    public byte[] content = {1, 2, 3};
    /** What is not even tried. */
    public String forbidden = "ftp:";
    /** Happens in the middle of each journey. */
    public Runnable onTheWay = () -> { };
    private final Deque<TransferException> failures = new ArrayDeque<>();

    /** The next journeys fail like this. */
    public void fail(TransferException.Kind... kinds) {
        for (TransferException.Kind kind : kinds) {
            failures.add(new TransferException(kind, "scripted"));
        }
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(60);
    }

    @Override
    public void check(String location) throws TransferException {
        if (location.startsWith(forbidden)) {
            throw new TransferException(TransferException.Kind.NOT_PERMITTED, "scripted");
        }
    }

    private void travel(String location, Abort abort) throws TransferException {
        journeys.add(location);
        check(location);
        onTheWay.run();
        abort.check();
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }

    @Override
    public void download(String location, Path target, Abort abort) throws TransferException {
        travel(location, abort);
        try {
            Files.createDirectories(target.getParent());
            Files.write(target, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void upload(Path file, String location, Abort abort) throws TransferException {
        travel(location, abort);
        try {
            uploaded.add(Files.readAllBytes(file));
            names.add(file.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
