package dcocpp.hwsim.internal.http;

/**
 * An answer to a request.
 *
 * @param status HTTP status
 * @param body what becomes the JSON body
 * @param allow methods that would be allowed; empty = not told
 */
record Response(int status, Object body, String allow) {

    static Response of(int status, Object body) {
        return new Response(status, body, "");
    }
}
