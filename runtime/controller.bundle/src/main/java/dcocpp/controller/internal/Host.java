package dcocpp.controller.internal;

/** What the charger runs in: the framework, or whatever stands for it. Called by the control thread. */
public interface Host {

    /** All that is installed has had its turn to start: a service that is missing from then on may come, but nobody knows of it yet. */
    boolean started();

    /** Ends the process so that whoever started it starts it again. */
    void restart();
}
