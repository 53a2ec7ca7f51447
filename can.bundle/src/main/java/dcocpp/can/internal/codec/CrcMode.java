package dcocpp.can.internal.codec;

/** What is accepted in byte 7 of a frame that carries a checksum. Sending is the same in both modes. */
public enum CrcMode {
    /** The right checksum and nothing else. */
    STRICT,
    /** Older firmware: zero or the right checksum; never a wrong one. */
    LEGACY;

    public boolean accepts(long payload) {
        int stored = Crc8.stored(payload);
        return stored == Crc8.of(payload) || this == LEGACY && stored == 0;
    }
}
