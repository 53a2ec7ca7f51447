package dcocpp.planner.internal;

/** What switching a contactor costs. */
final class Operations {

    /** A contactor that carries current wears as much as in ten operations without. */
    static final int UNDER_LOAD = 10;

    private Operations() {
    }
}
