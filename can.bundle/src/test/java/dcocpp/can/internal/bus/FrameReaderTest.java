package dcocpp.can.internal.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final Queue socket = new Queue();
    private final FrameReader reader = new FrameReader(socket, ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()));
    private final List<Integer> ids = new ArrayList<>();

    /** A socket's queue that counts what it is asked for. */
    private static final class Queue implements FrameReader.Socket {
        private final Deque<Integer> frames = new ArrayDeque<>();
        private int length = 8;
        private int emptyReads;
        private int questions;
        private boolean spurious;
        private boolean gone;

        @Override
        public boolean waits(long millis) {
            questions++;
            return gone || spurious || !frames.isEmpty();
        }

        @Override
        public boolean read(ByteBuffer frame) throws IOException {
            if (gone) {
                throw new IOException("gone");
            }
            if (frames.isEmpty()) {
                emptyReads++;
                return false;
            }
            frame.putInt(0, frames.remove());
            frame.put(FrameReader.LENGTH_AT, (byte) length);
            for (int i = 0; i < 8; i++) {
                frame.put(FrameReader.DATA_AT + i, (byte) (i + 1));
            }
            return true;
        }
    }

    private void poll(int waiting) throws IOException {
        IntStream.range(0, waiting).forEach(socket.frames::add);
        reader.poll(0, (id, length, payload) -> ids.add(id));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 16, 32, 64})
    void usualTrafficAndWholeStridesNeverMeetAnEmptySocket(int waiting) throws IOException {
        poll(waiting);
        assertEquals(0, socket.emptyReads);
        assertEquals(IntStream.range(0, waiting).boxed().toList(), ids);
    }

    @Test
    void eachSparseFrameCostsTwoQuestionsAndNoEmptyRead() throws IOException {
        for (int i = 0; i < 1000; i++) {
            poll(1);
        }
        assertEquals(1000, ids.size());
        assertEquals(0, socket.emptyReads);
        assertEquals(2000, socket.questions);
    }

    @Test
    void aBacklogIsReadWithFewQuestionsAndAtMostOneEmptyRead() throws IOException {
        poll(40);
        assertEquals(40, ids.size());
        assertTrue(socket.emptyReads <= 1, socket.emptyReads + " empty reads");
        assertTrue(socket.questions <= 8, socket.questions + " questions");
    }

    @Test
    void aFloodLeavesRoomForTheDriversDuties() throws IOException {
        poll(600);
        assertEquals(256, ids.size());
        poll(0);
        assertEquals(512, ids.size());
        poll(0);
        assertEquals(IntStream.range(0, 600).boxed().toList(), ids);
    }

    /** Else the driver would judge PLCs of which frames still wait: 44 frames a second from each of sixteen, for 300 ms. */
    @Test
    void whatWaitsAfterAPauseOfThreeHundredMillisecondsIsReadAtOnce() throws IOException {
        poll(16 * 44 * 3 / 10);
        assertEquals(16 * 44 * 3 / 10, ids.size());
    }

    @Test
    void whatIsReportedWithoutAFrameIsNoFrame() throws IOException {
        socket.spurious = true;
        poll(0);
        assertEquals(List.of(), ids);
        assertEquals(1, socket.emptyReads);
    }

    @Test
    void aLostBusIsToldAtOnce() {
        socket.gone = true;
        assertEquals("gone", assertThrows(IOException.class, () -> poll(0)).getMessage());
    }

    @Test
    void bytesBeyondTheLengthAreZero() throws IOException {
        socket.length = 3;
        socket.frames.add(5);
        long[] payload = new long[1];
        reader.poll(0, (id, length, data) -> payload[0] = data);
        assertEquals(0x03_02_01, payload[0]);
    }

    /** What a sink is told, in order. */
    private final class Story implements Bus.FrameSink {
        private final List<String> told = new ArrayList<>();

        @Override
        public void batchBegins() {
            told.add("begins");
        }

        @Override
        public void frame(int rawId, int length, long payload) {
            told.add("frame");
        }

        @Override
        public void batchEnds() {
            told.add("ends");
        }

        List<String> poll(int waiting) throws IOException {
            IntStream.range(0, waiting).forEach(socket.frames::add);
            reader.poll(0, this);
            return told;
        }
    }

    @Test
    void framesThatWaitTogetherAreOneBatchAndNoneIsNone() throws IOException {
        assertEquals(List.of("begins", "frame", "frame", "frame", "ends"), new Story().poll(3));
        assertEquals(List.of(), new Story().poll(0));
        assertEquals(FrameReader.FRAMES_PER_POLL + 2, new Story().poll(400).size());
    }

    @Test
    void aBatchEndsAlsoWhereReadingFails() {
        socket.gone = true;
        Story story = new Story();
        assertThrows(IOException.class, () -> story.poll(0));
        assertEquals(List.of("begins", "ends"), story.told);
    }
}
