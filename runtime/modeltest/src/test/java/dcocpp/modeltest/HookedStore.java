package dcocpp.modeltest;

import java.nio.file.Path;
import java.util.function.Consumer;

import dcocpp.ocpp.internal.store.OcppStore;

/** The real store; a process can die before and after each of its commits. */
class HookedStore extends OcppStore {

    private final Consumer<KillPoint> hook;

    HookedStore(Path folder, Consumer<KillPoint> hook) {
        super(folder);
        this.hook = hook;
    }

    @Override
    public void write(Changes changes) {
        hook.accept(KillPoint.COMMIT);
        super.write(changes);
        hook.accept(KillPoint.COMMITTED);
    }

    /** A write during which nobody dies. */
    final void writeQuietly(Changes changes) {
        super.write(changes);
    }

    /** SQLite's PRAGMA synchronous of this connection. */
    int syncLevel() {
        return query(row -> row.getInt(1), "PRAGMA synchronous").get(0);
    }
}
