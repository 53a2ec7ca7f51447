package dcocpp.can.internal.driver;

/** The last moment of something, or never. */
final class Stamp {

    private boolean set;
    private long atNanos;

    void mark(long nowNanos) {
        set = true;
        atNanos = nowNanos;
    }

    void forget() {
        set = false;
    }

    boolean isSet() {
        return set;
    }

    long at() {
        return atNanos;
    }

    /** It happened, and not longer ago than this. */
    boolean within(long limitNanos, long nowNanos) {
        return set && nowNanos - atNanos <= limitNanos;
    }
}
