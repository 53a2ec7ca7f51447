package dcocpp.hwsim.internal.http;

/** A request that cannot be understood. */
final class RequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String remedy;
    private final String allow;

    RequestException(int status, String error, String remedy) {
        this(status, error, remedy, "");
    }

    RequestException(int status, String error, String remedy, String allow) {
        super(error);
        this.status = status;
        this.remedy = remedy;
        this.allow = allow;
    }

    Response response() {
        return new Response(status, new ErrorBody(getMessage(), remedy), allow);
    }

    /**
     * What the caller gets.
     *
     * @param error what is wrong
     * @param remedy what would be right
     */
    record ErrorBody(String error, String remedy) {
    }
}
