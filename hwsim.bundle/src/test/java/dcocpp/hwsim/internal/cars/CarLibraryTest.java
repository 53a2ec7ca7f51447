package dcocpp.hwsim.internal.cars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class CarLibraryTest {

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void includedCarsAreOfBothVoltageClasses() {
        CarLibrary library = CarLibrary.included();
        assertEquals(List.of("compact-400", "tourer-800", "taxi-400", "truck-800"), library.ids());
        assertTrue(library.first().voltageV().at(50) < 450);
        assertTrue(library.find("tourer-800").orElseThrow().voltageV().at(50) > 600);
        assertTrue(library.find("nothing").isEmpty());
    }

    @Test
    void doubleNameAndEmptyLibraryAreRefused() {
        String car = """
                {"id": "a", "name": "A", "batteryKWh": 50, "maxCurrentA": 100, "resistanceMilliOhm": 50,
                 "voltageV": [[0, 300], [100, 400]], "powerKW": [[0, 50]]}""";
        assertThrows(IllegalArgumentException.class, () -> CarLibrary.read(json("[" + car + "," + car + "]")));
        assertThrows(IllegalArgumentException.class, () -> CarLibrary.read(json("[]")));
        assertThrows(IOException.class, () -> CarLibrary.read(json("[" + car.replace("maxCurrentA", "maxCurrent") + "]")));
    }

    @Test
    void impossibleCarIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> CarLibrary.read(json("""
                [{"id": "a", "name": "A", "batteryKWh": 50, "maxCurrentA": 0, "resistanceMilliOhm": 50,
                  "voltageV": [[0, 300]], "powerKW": [[0, 50]]}]"""))).getMessage();
        assertTrue(message.contains("car a"), message);
    }
}
