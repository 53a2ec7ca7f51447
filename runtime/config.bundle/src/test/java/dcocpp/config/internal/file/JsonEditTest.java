package dcocpp.config.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonEditTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"a": 1}                          | /a     | 22      | {"a": 22}
            {"a":1,"b":{"c":"x\\"y"}}         | /b/c   | "z"     | {"a":1,"b":{"c":"z"}}
            { "l": [ 1, {"k": -2.5e1} ] }     | /l/1/k | true    | { "l": [ 1, {"k": true} ] }
            { "l": [ 10 ] }                   | /l/0   | "ä"     | { "l": [ "ä" ] }
            {"a": "äöü€😀", "b": 7 }           | /b     | 8       | {"a": "äöü€😀", "b": 8 }
            {"a": 1}                          | /b     | 2       | {"a": 1, "b": 2}
            {}                                | /b     | 2       | { "b": 2 }
            {"a": {"x": 1}}                   | /a/y/z | 2       | {"a": {"x": 1, "y": { "z": 2 }}}
            {"a~/b": 1}                       | /a~0~1b | 3      | {"a~/b": 3}
            """)
    void oneValueChangesAndNothingElse(String text, String pointer, String value, String expected) throws Exception {
        assertEquals(expected, JsonEdit.set(text, pointer, Json.parse(value)));
    }

    @Test
    void newKeyTakesTheIndentationOfItsNeighbours() throws Exception {
        assertEquals("{\n    \"a\": 1,\n    \"b\": 2\n}\n", JsonEdit.set("{\n    \"a\": 1\n}\n", "/b", Json.parse("2")));
    }

    @Test
    void elementThatDoesNotExistIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> JsonEdit.set("{\"l\": []}", "/l/0", Json.parse("1")));
    }
}
