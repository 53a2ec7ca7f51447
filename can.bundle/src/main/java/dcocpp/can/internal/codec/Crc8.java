package dcocpp.can.internal.codec;

/** CRC-8, polynomial 0x07, start value 0, not reflected, no final xor, over the bytes 0…6 of a payload; it stands in byte 7. */
public final class Crc8 {

    private static final byte[] TABLE = table();

    private Crc8() {
    }

    private static byte[] table() {
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            int crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) != 0 ? crc << 1 ^ 0x07 : crc << 1;
            }
            table[value] = (byte) crc;
        }
        return table;
    }

    public static int next(int crc, int octet) {
        return TABLE[(crc ^ octet) & 0xFF] & 0xFF;
    }

    public static int of(long payload) {
        int crc = 0;
        for (int shift = 0; shift < 56; shift += 8) {
            crc = next(crc, (int) (payload >>> shift));
        }
        return crc;
    }

    /** The payload with its checksum in byte 7. */
    public static long seal(long payload) {
        long content = payload & 0x00FF_FFFF_FFFF_FFFFL;
        return content | (long) of(content) << 56;
    }

    public static int stored(long payload) {
        return (int) (payload >>> 56);
    }
}
