package com.example.charger;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;

/** A contactor by its auxiliary contact: where it is, since when, and how often it has switched. */
final class Positions {

    private final String name;
    private Position position = Position.UNKNOWN;
    private Position known = Position.UNKNOWN;
    private long sinceNanos;
    private long operations;

    Positions(String name, long nowNanos) {
        this.name = name;
        this.sinceNanos = nowNanos;
    }

    void feedback(Position now, long nowNanos) {
        if (now != position) {
            position = now;
            sinceNanos = nowNanos;
        }
        if (now != Position.UNKNOWN) {
            operations += known != Position.UNKNOWN && known != now ? 1 : 0;
            known = now;
        }
    }

    ContactorState state(boolean welded) {
        return new ContactorState(name, position, welded, false, sinceNanos, operations);
    }
}
