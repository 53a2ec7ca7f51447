package dcocpp.ocpp.internal.transfer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Query strings of addresses: in those of stores of files they are signatures, which open the file to whoever has them. */
public final class Queries {
    private static final String MASK = "***";
    private static final Pattern WORD = Pattern.compile("[^\\s\"<>]+");
    /** Also as JSON may write it. */
    private static final Pattern ADDRESS = Pattern.compile(":\\\\?/\\\\?/");

    private Queries() {
    }

    /** The text with the query string of each address in it masked. */
    public static String masked(String text) {
        return ADDRESS.matcher(text).find() ? WORD.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word(found.group()))) : text;
    }

    private static String word(String word) {
        Matcher address = ADDRESS.matcher(word);
        int query = address.find() ? word.indexOf('?', address.end()) : -1;
        return query < 0 ? word : word.substring(0, query + 1) + MASK;
    }
}
