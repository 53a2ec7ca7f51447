package dcocpp.launcher.soak;

/** What is sampled, with its name in the raw record. A figure that was not to be had is left out of its sample. */
enum Figure {
    /** Memory of the process that is in RAM. */
    RSS_BYTES("rssBytes"),
    HEAP_USED_BYTES("heapUsedBytes"),
    HEAP_COMMITTED_BYTES("heapCommittedBytes"),
    /** What a full collection leaves; only of samples that are taken right after one. */
    HEAP_LIVE_BYTES("heapLiveBytes"),
    METASPACE_BYTES("metaspaceUsedBytes"),
    THREADS("threads"),
    OPEN_FILES("openFiles"),
    SOCKETS("sockets"),
    LOADED_CLASSES("loadedClasses"),
    /** Only of samples that are taken right after a full collection. */
    CLASS_LOADERS("classLoaders"),
    /** Those of them that the JVM makes for reflection, which come and go. */
    ACCESSOR_LOADERS("accessorLoaders"),
    PROCESSOR_SECONDS("processorSeconds"),
    COLLECTION_SECONDS("collectionSeconds"),
    /** What all guns draw. */
    POWER_W("powerW"),
    /** Transactions that run. */
    TRANSACTIONS("transactions"),
    /** Energy of the transactions that have ended, by the journal. */
    JOURNAL_MILLI_WH("journalMilliWh"),
    /** Energy of the transactions whose StopTransaction has come, by the CSMS. */
    CSMS_WH("csmsWh"),
    QUEUED_MESSAGES("queuedMessages"),
    LONGEST_TICK_MS("longestTickMs"),
    TICKS("ticks"),
    OVERRUNS("overruns"),
    HELD_TICKS("heldTicks"),
    UNPLANNED_TICKS("unplannedTicks"),
    /** What the simulated cabinet's judge has seen. */
    VIOLATIONS("violations");

    private final String key;

    Figure(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
