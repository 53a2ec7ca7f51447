package dcocpp.ocpp.internal.transfer;

import java.nio.file.Path;
import java.time.Duration;

/** Brings files from or to servers. Blocks the calling thread until it is done or aborted. */
public interface Courier {

    /** How long one transfer may take, real time; whoever begins one aborts it then. */
    Duration limit();

    /** Says why this address cannot be used at all; returns when it can be tried. */
    void check(String location) throws TransferException;

    /**
     * Fetches a file. It is whole and on the disk when this returns; else it is not there.
     *
     * @param location whose file, maybe with user and password
     * @param target where it is put
     */
    void download(String location, Path target, Abort abort) throws TransferException;

    /**
     * Brings a file away.
     *
     * @param file what
     * @param location where to; when it is a folder, the file keeps its name
     */
    void upload(Path file, String location, Abort abort) throws TransferException;
}
