package dcocpp.planjson;

/** JSON is not what it should be. The message names the place, what is wrong there and what would be right. */
public final class PlanFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer JSON pointer of the place; empty = the whole value
     * @param problem what is wrong there
     * @param right what would be right
     */
    public PlanFormatException(String pointer, String problem, String right) {
        super((pointer.isEmpty() ? "" : pointer + ": ") + problem + "; right: " + right);
        this.pointer = pointer;
    }

    /** JSON pointer of the place; empty = the whole value. */
    public String pointer() {
        return pointer;
    }
}
