package dcocpp.can.internal.codec;

import java.util.HexFormat;

/** Payloads as people write them. */
public final class Frames {

    private Frames() {
    }

    /** {@code "0E 2A 06"} as a payload; missing bytes are 0. */
    public static long payload(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        long payload = 0;
        for (int i = 0; i < bytes.length; i++) {
            payload |= (bytes[i] & 0xFFL) << 8 * i;
        }
        return payload;
    }

    /** All eight bytes of a payload, with spaces. */
    public static String hex(long payload) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02X", payload >>> 8 * i & 0xFF));
        }
        return text.toString();
    }
}
