package dcocpp.can.internal.codec;

import java.util.Arrays;
import java.util.HexFormat;

import dcocpp.can.internal.codec.PlcLayout.Evmac;
import dcocpp.can.internal.codec.PlcLayout.RfidEvent;

/**
 * Puts an identity together that comes in segments of five bytes. Segment 0 begins anew, and so does a segment of another length, count
 * or event; what is incomplete after five seconds is dropped; lengths that the segments cannot hold are refused.
 */
public final class SegmentBuffer {

    public static final long LIFETIME_NANOS = 5_000_000_000L;

    private static final int SEGMENT = 5;
    private static final int MAX_LENGTH = 64;
    private static final int MAX_COUNT = (MAX_LENGTH + SEGMENT - 1) / SEGMENT;
    private static final int FIRST_DATA_BIT = 24;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final byte[] bytes = new byte[MAX_COUNT * SEGMENT];
    private int length;
    private int count;
    private int event;
    private int received;
    private long startedNanos;

    /** Takes a frame of an identity family; true when the identity is complete and can be read. */
    public boolean identity(long payload, long nowNanos) {
        return take(Signal.number(Evmac.EVMAC_TOTAL_LEN, payload), Signal.number(Evmac.EVMAC_SEG_CNT, payload),
                Signal.number(Evmac.EVMAC_SEG_IDX, payload), 0, payload, nowNanos);
    }

    /** Takes an RFID frame; true when the UID is complete and can be read. */
    public boolean rfid(long payload, long nowNanos) {
        if (Signal.raw(RfidEvent.EVENT_TYPE, payload) != 0) {
            return false;
        }
        return take(Signal.number(RfidEvent.UID_LEN, payload), Signal.number(RfidEvent.RFID_SEG_CNT, payload),
                Signal.number(RfidEvent.RFID_SEG_IDX, payload), Signal.number(RfidEvent.EVENT_ID, payload), payload, nowNanos);
    }

    private boolean take(int totalLength, int segmentCount, int index, int eventId, long payload, long nowNanos) {
        int segments = Math.max(1, segmentCount);
        if (totalLength == 0 || totalLength > MAX_LENGTH || totalLength > segments * SEGMENT || segments > MAX_COUNT || index >= segments) {
            return false;
        }
        expire(nowNanos);
        if (received == 0 || index == 0 || totalLength != length || segments != count || eventId != event) {
            length = totalLength;
            count = segments;
            event = eventId;
            received = 0;
            startedNanos = nowNanos;
        }
        received |= 1 << index;
        for (int i = 0; i < SEGMENT; i++) {
            bytes[index * SEGMENT + i] = (byte) (payload >>> FIRST_DATA_BIT + 8 * i);
        }
        if (received != (1 << count) - 1) {
            return false;
        }
        received = 0;
        return true;
    }

    /** Drops what has waited too long for its missing segments. */
    public void expire(long nowNanos) {
        if (received != 0 && nowNanos - startedNanos > LIFETIME_NANOS) {
            received = 0;
        }
    }

    public boolean pending() {
        return received != 0;
    }

    /** The completed identity, upper-case hexadecimal. */
    public String hex() {
        return HEX.formatHex(bytes, 0, length);
    }

    /** The completed identity as text; empty when a byte is not a letter, a digit or a hyphen, as contract identities are made of. */
    public String text() {
        StringBuilder text = new StringBuilder(length);
        for (byte octet : Arrays.copyOf(bytes, length)) {
            char letter = (char) (octet & 0xFF);
            if (letter != '-' && (letter > 'z' || !Character.isLetterOrDigit(letter))) {
                return "";
            }
            text.append(letter);
        }
        return text.toString();
    }
}
