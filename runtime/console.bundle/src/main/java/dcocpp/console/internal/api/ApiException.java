package dcocpp.console.internal.api;

/** A request cannot be carried out; the caller is told why. */
final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    ApiException(int status, String error, String remedy) {
        super(error);
        this.error = new ApiError(status, error, remedy);
    }

    ApiError error() {
        return error;
    }
}
