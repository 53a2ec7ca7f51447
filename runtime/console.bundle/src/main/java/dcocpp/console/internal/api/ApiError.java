package dcocpp.console.internal.api;

import java.util.Objects;

/**
 * What a caller of the API is told when something is refused or has failed.
 *
 * @param status HTTP status
 * @param error what is wrong, with the value
 * @param remedy what would be right
 */
record ApiError(int status, String error, String remedy) {

    ApiError {
        Objects.requireNonNull(error);
        Objects.requireNonNull(remedy);
    }
}
