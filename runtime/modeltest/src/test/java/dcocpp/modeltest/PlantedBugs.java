package dcocpp.modeltest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.journal.JournalSync;
import dcocpp.ocpp.internal.store.QueuedMessage.Kind;
import dcocpp.ocpp.internal.store.QueuedMessage;

/** The mistakes that the model test must find, each put in place of the one thing that it gets wrong. */
final class PlantedBugs {

    private PlantedBugs() {
    }

    /** Commits of the journal are acknowledged at once and reach the disk when the system likes. */
    static final PlantedBug ACKNOWLEDGE_BEFORE_FSYNC = new PlantedBug() {
        @Override
        public boolean unsynced() {
            return true;
        }

        @Override
        public void spoil(JournalStore journal) {
            JournalSync.off(journal);
        }
    };

    /** The place in the journal is committed first, and what was made of the event after it. */
    static final PlantedBug CURSOR_OUTSIDE_THE_TRANSACTION = new PlantedBug() {
        @Override
        public HookedStore store(Path folder, Consumer<KillPoint> hook) {
            return new HookedStore(folder, hook) {
                @Override
                public void write(Changes changes) {
                    long[] cursor = {-1};
                    try {
                        writeQuietly(writer -> {
                            changes.make(writer);
                            cursor[0] = cursor().orElse(-1);
                            throw new DryRun();
                        });
                    } catch (DryRun e) {
                        // Only the cursor was of interest.
                    }
                    if (cursor[0] != cursor().orElse(-1)) {
                        super.write(writer -> writer.cursor(cursor[0]));
                    }
                    super.write(changes);
                }
            };
        }
    };

    /** A transaction is known by the number that the CSMS gave it: all that have none yet are the same one. */
    static final PlantedBug KEYED_BY_THE_NUMBER_OF_THE_CSMS = new PlantedBug() {
        @Override
        public HookedStore store(Path folder, Consumer<KillPoint> hook) {
            HookedStore store = new HookedStore(folder, hook);
            store.writeQuietly(writer -> writer.update("CREATE TRIGGER IF NOT EXISTS keyed BEFORE INSERT ON transactions BEGIN"
                    + " DELETE FROM transactions WHERE remote_id IS NEW.remote_id AND id <> NEW.id; END"));
            return store;
        }
    };

    /** A message that is sent again carries the time of that attempt. */
    static PlantedBug retryWithANewTimestamp() {
        Set<String> tried = new HashSet<>();
        return new PlantedBug() {
            @Override
            public HookedStore store(Path folder, Consumer<KillPoint> hook) {
                return new HookedStore(folder, hook) {
                    @Override
                    public Optional<QueuedMessage> head() {
                        return super.head().map(message -> tried.add(message.transactionId() + message.event()) ? message
                                : withBody(message, message.body().replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\""
                                        + Instant.ofEpochMilli(message.created().toEpochMilli() + 1000 * (message.attempts() + 1L))
                                        + "\"")));
                    }
                };
            }
        };
    }

    /** What is dearer to the operator goes first: starts, then stops, then meter values. */
    static final PlantedBug QUEUE_BY_PRIORITY = new PlantedBug() {
        @Override
        public HookedStore store(Path folder, Consumer<KillPoint> hook) {
            return new HookedStore(folder, hook) {
                @Override
                public Optional<QueuedMessage> head() {
                    List<QueuedMessage> dear = waitingEvents();
                    return dear.stream().filter(message -> message.kind() == Kind.StartTransaction).findFirst()
                            .or(() -> dear.stream().findFirst()).or(super::head);
                }
            };
        }
    };

    /** What the CSMS says of a tag that it was told of offline is heard by nobody. */
    static final PlantedBug DEAF_TO_VERDICTS = new PlantedBug() {
        @Override
        public BackOfficeInbox inbox(BackOfficeInbox inbox) {
            return new BackOfficeInbox() {
                @Override
                public void wants(BackOfficeState state) {
                    inbox.wants(state);
                }

                @Override
                public void authorized(AuthorizationAnswer answer) {
                    inbox.authorized(answer);
                }

                @Override
                public void judged(TransactionVerdict verdict) {
                    // That is the bug.
                }

                @Override
                public void plugInTimeout(Duration timeout) {
                    inbox.plugInTimeout(timeout);
                }

                @Override
                public void link(BackOfficeLink link) {
                    inbox.link(link);
                }
            };
        }
    };

    private static QueuedMessage withBody(QueuedMessage message, String body) {
        return new QueuedMessage(message.sequence(), message.kind(), message.transactionId(), message.event(), message.created(), body,
                message.attempts(), message.state(), message.detail());
    }

    /** Rolls a write back. */
    private static final class DryRun extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
