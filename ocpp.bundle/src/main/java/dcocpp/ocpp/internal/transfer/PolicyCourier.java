package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Brings files over the protocols that the configuration permits, within its bounds. */
public final class PolicyCourier implements Courier {
    private final TransferPolicy policy;
    private final HttpCourier http;
    private final FtpCourier ftp;
    private final FileCourier files;

    public PolicyCourier(TransferPolicy policy) {
        this.policy = policy;
        http = new HttpCourier(policy);
        ftp = new FtpCourier(policy);
        files = new FileCourier(policy);
    }

    @Override
    public Duration limit() {
        return policy.transferTimeout();
    }

    @Override
    public void check(String location) throws TransferException {
        permitted(location);
    }

    private Address permitted(String location) throws TransferException {
        Address address = Address.parse(location);
        if (!policy.protocols().contains(address.protocol())) {
            throw new TransferException(Kind.NOT_PERMITTED, "files may travel by " + policy.protocols() + ", not by " + address.protocol());
        }
        return address;
    }

    @Override
    public void download(String location, Path target, Abort abort) throws TransferException {
        Address from = permitted(location);
        abort.check();
        switch (from.protocol()) {
            case HTTP, HTTPS -> http.download(from, target, abort);
            case FTP, FTPS -> ftp.download(from, target, abort);
            case FILE -> files.download(from, target, abort);
        }
    }

    @Override
    public void upload(Path file, String location, Abort abort) throws TransferException {
        Address to = permitted(location);
        abort.check();
        try {
            if (Files.size(file) > policy.maxBytes()) {
                throw Incoming.tooLarge(policy.maxBytes());
            }
        } catch (IOException e) {
            throw new TransferException(e);
        }
        switch (to.protocol()) {
            case HTTP, HTTPS -> http.upload(file, to, abort);
            case FTP, FTPS -> ftp.upload(file, to, abort);
            case FILE -> files.upload(file, to, abort);
        }
    }
}
