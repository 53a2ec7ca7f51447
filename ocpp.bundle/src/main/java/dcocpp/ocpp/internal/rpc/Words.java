package dcocpp.ocpp.internal.rpc;

import java.io.IOException;
import java.util.Collection;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The words of OCPP's enumerations, each as one node that all frames share: most strings of a frame are such words, and are then neither
 * copied nor hashed when they are checked. Immutable; thread-safe.
 */
final class Words {
    /** Open addressing; a power of two and never full, so that every search ends. */
    private final TextNode[] table;

    Words(Collection<String> words) {
        table = new TextNode[8 * Integer.highestOneBit(words.size() + 1)];
        for (String word : words) {
            int place = place(word.charAt(0), word.charAt(word.length() - 1), word.length());
            while (table[place] != null) {
                place = next(place);
            }
            // The same object as in the schemas, which look for identity first.
            table[place] = TextNode.valueOf(word.intern());
        }
    }

    private int place(char first, char last, int length) {
        return (first * 31 + last) * 31 + length & table.length - 1;
    }

    private int next(int place) {
        return place + 1 & table.length - 1;
    }

    /** The string at which the parser stands. */
    TextNode node(JsonParser parser, JsonNodeFactory nodes) throws IOException {
        int length = parser.getTextLength();
        if (length > 0) {
            char[] text = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int place = place(text[from], text[from + length - 1], length);
            for (TextNode word = table[place]; word != null; word = table[place]) {
                if (isAt(text, from, length, word.textValue())) {
                    return word;
                }
                place = next(place);
            }
        }
        return nodes.textNode(parser.getText());
    }

    private static boolean isAt(char[] text, int from, int length, String word) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
