package dcocpp.ocpp.internal.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.QueuedMessage;
import dcocpp.ocpp.internal.store.StoreException;

/** A store on a disk that a test can fill or break, once it is open. */
public final class FragileStore extends OcppStore {
    private final Supplier<Disk> disk;

    /** The state of the disk. */
    public enum Disk {
        /** Takes and gives everything. */
        GOOD,
        /** Takes nothing that would change it. */
        FULL,
        /** Takes nothing and gives nothing. */
        BROKEN
    }

    public FragileStore(Path folder, Supplier<Disk> disk) {
        super(folder);
        this.disk = disk;
    }

    /** Tables that are there already need no room. */
    @Override
    public void require(List<String> tables) {
        super.write(writer -> {
            for (String table : tables) {
                writer.update(table);
            }
        });
    }

    @Override
    public void write(Changes changes) {
        if (disk.get() != Disk.GOOD) {
            throw new StoreException("cannot write: database or disk is full", null);
        }
        super.write(changes);
    }

    @Override
    public <T> List<T> query(RowReader<T> reader, String sql, Object... values) {
        checkReadable();
        return super.query(reader, sql, values);
    }

    @Override
    public Optional<QueuedMessage> head() {
        checkReadable();
        return super.head();
    }

    private void checkReadable() {
        if (disk.get() == Disk.BROKEN) {
            throw new StoreException("cannot read: disk I/O error", null);
        }
    }
}
