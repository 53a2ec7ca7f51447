package dcocpp.modeltest;

import java.nio.file.Path;
import java.util.function.Consumer;

import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.controller.internal.journal.JournalStore;

/** What is wrong with the software under test: nothing, or one thing. */
interface PlantedBug {

    PlantedBug NONE = new PlantedBug() { };

    /** The protocol's store. */
    default HookedStore store(Path folder, Consumer<KillPoint> hook) {
        return new HookedStore(folder, hook);
    }

    /** Whether the journal does not sync its commits. */
    default boolean unsynced() {
        return false;
    }

    /** What the protocol tells the controller. */
    default BackOfficeInbox inbox(BackOfficeInbox inbox) {
        return inbox;
    }

    default void spoil(JournalStore journal) {
    }
}
