package dcocpp.console.internal.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Reads numbers from paths and queries. */
final class Parameters {

    private Parameters() {
    }

    static long number(HttpServletRequest request, String name, long least, long most, long otherwise) throws ApiException {
        String text = request.getParameter(name);
        return text == null ? otherwise : number(text, name, least, most);
    }

    static long number(String text, String name, long least, long most) throws ApiException {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers out of range.
        }
        throw new ApiException(HttpServletResponse.SC_BAD_REQUEST, name + " is \"" + text + "\"", "a whole number from " + least
                + " to " + most);
    }
}
