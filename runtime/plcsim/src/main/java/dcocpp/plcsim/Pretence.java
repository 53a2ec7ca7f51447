package dcocpp.plcsim;

/** What a PLC tells although it is otherwise, or keeps to itself. One thread. */
final class Pretence {

    /** It has safety inputs. */
    boolean safetyInputs = true;
    boolean acknowledgesLimits = true;
    /** The command that it goes on calling its last; −1 = the real one. */
    int applied = -1;
    /** The fault reason that it tells; −1 = the real one. */
    int reason = -1;
}
