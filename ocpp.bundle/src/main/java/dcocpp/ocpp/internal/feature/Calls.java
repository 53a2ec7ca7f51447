package dcocpp.ocpp.internal.feature;

/** Where handlers of the back office's calls are registered. */
public interface Calls {

    /** From now on this handler answers calls of this action; one handler each. */
    void on(String action, ActionHandler handler);
}
