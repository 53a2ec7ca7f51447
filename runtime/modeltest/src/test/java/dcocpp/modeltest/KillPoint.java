package dcocpp.modeltest;

/** The instants at which a process can be made to die, beside any point of time: before and after all that leaves a trace. */
enum KillPoint {
    /** The protocol has read of a start or stop in the journal, and has done nothing about it. */
    NEWS,
    /** A frame is about to go out. */
    SEND,
    /** The CSMS has it, and its answer has not arrived. */
    SENT,
    /** The journal is about to be told what was delivered. */
    MARK,
    /** It has been told, and the protocol has not gone on. */
    MARKED,
    /** The protocol's store is about to commit. */
    COMMIT,
    /** It has committed, and nothing followed yet. */
    COMMITTED,
    /** Between any two tasks of any thread. */
    TASK
}
