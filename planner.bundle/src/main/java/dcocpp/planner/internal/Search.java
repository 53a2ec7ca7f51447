package dcocpp.planner.internal;

/** Looks for the best partition of the ring. */
interface Search {

    /** More partitions than any ring of 16 slots has; trying so many takes some milliseconds. */
    int MOST_TRIED = 20_000;

    /** The search for this site. */
    static Search of(Site site) {
        boolean few = site.claimants().length == 1 || Enumeration.partitions(site) <= MOST_TRIED;
        return few ? new Enumeration(site) : new ChainSearch(site);
    }

    /** The greatest value that any partition has. */
    Value bestValue();

    /** Of the partitions with the greatest value the one that is best by all further rules. */
    Partition bestPartition();
}
