package dcocpp.controller.internal.port;

import dcocpp.api.session.ChargerListener;

/** Does by hand what the service component runtime does with listeners. */
public final class Bells {

    private Bells() {
    }

    public static void add(StatusBoard board, ChargerListener listener) {
        board.bindListener(listener);
    }

    public static void remove(StatusBoard board, ChargerListener listener) {
        board.unbindListener(listener);
    }
}
