package dcocpp.ocpp.internal.authorization;

/** Hears of the local list what the back office should know, on the owner thread. */
public interface ListObserver {

    /** The back office says of this tag what its own list does not. */
    void onConflict(String idTag);

    /** There is another list; what contradicted the one before is no conflict any more. */
    void onListChanged();
}
