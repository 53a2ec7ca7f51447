package com.example.charger;

import java.io.IOException;

/**
 * The line to the board in the cabinet. A real one opens {@code /dev/ttyUSB0}; this sample has only {@link PretendBoard}, which takes the
 * place of line and board.
 */
interface SerialLine {

    /**
     * Sends a line and waits, at most 50 ms, for the answer. Only the board's own thread calls it.
     *
     * @throws IOException when there is no answer
     */
    String exchange(String request) throws IOException;
}
