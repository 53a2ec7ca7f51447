package dcocpp.ocpp.internal.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.DataTransferAnswer;
import dcocpp.api.backoffice.DataTransferHandler;
import dcocpp.api.backoffice.DataTransferRequest;

/** The handlers of DataTransfer that other bundles have registered, each with a thread of its own. Thread-safe. */
public final class DataTransferHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(DataTransferHandlers.class);

    private static final DataTransferAnswer REJECTED = new DataTransferAnswer(DataTransferAnswer.Status.REJECTED, "");
    private static final String RANKING = "service.ranking";

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /** A handler has come, with its service properties. */
    public void add(DataTransferHandler handler, Map<String, ?> properties) {
        List<String> vendors = texts(properties.get(DataTransferHandler.VENDOR_ID));
        if (vendors.isEmpty()) {
            LOG.error("{} has no {}: it is never asked", handler.getClass().getName(), DataTransferHandler.VENDOR_ID);
        }
        entries.add(new Entry(handler, vendors, properties.get(RANKING) instanceof Integer ranking ? ranking : 0));
    }

    private static List<String> texts(Object property) {
        if (property instanceof String text) {
            return List.of(text);
        }
        return property instanceof Object[] array ? Arrays.stream(array).map(String::valueOf).toList()
                : property instanceof Collection<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    /** A handler has gone; what it has not answered is Rejected. */
    public void remove(DataTransferHandler handler) {
        entries.removeIf(entry -> {
            if (entry.handler == handler) {
                entry.close();
            }
            return entry.handler == handler;
        });
    }

    /**
     * Asks the handler of the request's vendor.
     *
     * @return empty if there is none; else the answer to come, which the caller may complete itself when it has waited long enough
     */
    Optional<CompletableFuture<DataTransferAnswer>> ask(DataTransferRequest request) {
        return entries.stream().filter(entry -> entry.vendors.stream().anyMatch(request.vendorId()::equalsIgnoreCase))
                .max(Comparator.comparingInt(entry -> entry.ranking)).map(entry -> entry.ask(request));
    }

    /** One handler. It is busy until it returns, whatever was answered on its behalf. */
    private static final class Entry {
        private final DataTransferHandler handler;
        private final List<String> vendors;
        private final int ranking;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "dcocpp-ocpp-datatransfer");
            made.setDaemon(true);
            return made;
        });
        private CompletableFuture<DataTransferAnswer> current;
        private boolean busy;

        private Entry(DataTransferHandler handler, List<String> vendors, int ranking) {
            this.handler = handler;
            this.vendors = vendors;
            this.ranking = ranking;
        }

        private synchronized CompletableFuture<DataTransferAnswer> ask(DataTransferRequest request) {
            if (busy) {
                LOG.warn("The handler of {} has not returned from the message before: Rejected", request.vendorId());
                return CompletableFuture.completedFuture(REJECTED);
            }
            CompletableFuture<DataTransferAnswer> answer = new CompletableFuture<>();
            try {
                thread.execute(() -> run(request, answer));
                busy = true;
                current = answer;
            } catch (RejectedExecutionException e) {
                answer.complete(REJECTED);
            }
            return answer;
        }

        private void run(DataTransferRequest request, CompletableFuture<DataTransferAnswer> answer) {
            DataTransferAnswer given = null;
            try {
                given = handler.handle(request);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("The handler of {} failed", request.vendorId(), e);
            } finally {
                free();
                answer.complete(given == null ? REJECTED : given);
            }
        }

        private synchronized void free() {
            busy = false;
        }

        private synchronized void close() {
            thread.shutdownNow();
            if (current != null) {
                current.complete(REJECTED);
            }
        }
    }
}
