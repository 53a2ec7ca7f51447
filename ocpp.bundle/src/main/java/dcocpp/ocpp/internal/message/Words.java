package dcocpp.ocpp.internal.message;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The words of one of OCPP's enumerations, each as one node that all payloads share: most strings of a payload are such words, and are then
 * neither copied nor looked for when they are checked. Immutable; thread-safe.
 */
final class Words {
    private final List<String> all;
    /** Open addressing; a power of two and never full, so that every search ends. */
    private final Word[] table;

    private record Word(char[] text, TextNode node) {
    }

    Words(List<String> words) {
        all = words.stream().map(String::intern).toList();
        table = new Word[8 * Integer.highestOneBit(words.size() + 1)];
        for (String word : all) {
            int place = place(word.charAt(0), word.charAt(word.length() - 1), word.length());
            while (table[place] != null) {
                place = next(place);
            }
            table[place] = new Word(word.toCharArray(), TextNode.valueOf(word));
        }
    }

    /** In the order of the catalogue. */
    List<String> all() {
        return all;
    }

    private int place(char first, char last, int length) {
        return (first * 31 + last) * 31 + length & table.length - 1;
    }

    private int next(int place) {
        return place + 1 & table.length - 1;
    }

    /** Whether this is one of them; literals of our own and nodes that were read are the very objects of the list. */
    boolean contains(String text) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == text) {
                return true;
            }
        }
        return all.contains(text);
    }

    /** The word at which the parser stands; null if the string there is none. */
    TextNode find(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length == 0) {
            return null;
        }
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int place = place(text[from], text[from + length - 1], length);
        for (Word word = table[place]; word != null; word = table[place]) {
            if (Arrays.equals(text, from, from + length, word.text, 0, word.text.length)) {
                return word.node;
            }
            place = next(place);
        }
        return null;
    }
}
