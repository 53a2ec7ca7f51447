package dcocpp.planner.internal;

/** Looks for the best partition of the ring. */
interface Search {

    /** The greatest value that any partition has. */
    Value bestValue();

    /** Of the partitions with the greatest value the one that is best by all further rules. */
    Partition bestPartition();
}
