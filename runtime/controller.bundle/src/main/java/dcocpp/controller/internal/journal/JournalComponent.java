package dcocpp.controller.internal.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.controller.internal.config.ChargePointSettings;

/** Opens the journal in the configured folder and offers it to protocol bundles and the console. References nothing swappable. */
@Component(service = {Journal.class, JournalComponent.class})
public final class JournalComponent implements Journal {

    private final JournalStore store;

    @Activate
    public JournalComponent(@Reference ChargePointSettings settings) {
        store = new JournalStore(settings.databaseDir().resolve("journal.db"));
    }

    @Deactivate
    void deactivate() {
        store.close();
    }

    /** The journal for the controller, which writes it. */
    public JournalStore store() {
        return store;
    }

    @Override
    public List<JournalEvent> read(long afterNumber, int max) {
        return store.read(afterNumber, max);
    }

    @Override
    public OptionalLong oldestUndelivered() {
        return store.oldestUndelivered();
    }

    @Override
    public List<JournalEvent> undelivered(long afterNumber, int max) {
        return store.undelivered(afterNumber, max);
    }

    @Override
    public long newest() {
        return store.newest();
    }

    @Override
    public void markDelivered(long number, String remoteId) {
        store.markDelivered(number, remoteId);
    }

    @Override
    public void markUndeliverable(long number, String reason) {
        store.markUndeliverable(number, reason);
    }

    @Override
    public void markPending(long number) {
        store.markPending(number);
    }

    @Override
    public List<TransactionRecord> undeliverable(int max) {
        return store.undeliverable(max);
    }

    @Override
    public Optional<TransactionRecord> transaction(String transactionId) {
        return store.transaction(transactionId);
    }

    @Override
    public List<TransactionRecord> transactions(int max) {
        return store.transactions(max);
    }
}
