package dcocpp.hwsim.internal.cars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.hwsim.internal.physics.CarModel;

class CarLibraryTest {

    @TempDir
    Path folder;

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void includedCarsAreOfBothVoltageClasses() {
        CarLibrary library = CarLibrary.included();
        assertTrue(library.ids().size() >= 12, library.ids().toString());
        assertTrue(library.ids().containsAll(List.of("compact-400", "tourer-800", "taxi-400", "truck-800", "bus-800")));
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

    /** A car of which data is wrong would show as a charger that does. */
    @Test
    void everyIncludedCarIsPossible() {
        for (CarModel car : CarLibrary.included().all()) {
            double highW = 0;
            for (int soc = 0; soc <= 100; soc++) {
                double volts = car.voltageV().at(soc);
                assertTrue(soc == 0 || volts >= car.voltageV().at(soc - 1), car.id() + ": its voltage falls at " + soc + " %");
                double amps = car.powerKW().at(soc) * 1000 / volts;
                double lossShare = amps * car.resistanceMilliOhm() / 1000 / volts;
                assertTrue(lossShare < 0.12, car.id() + ": " + Math.round(100 * lossShare) + " % are lost at " + soc + " %");
                highW = Math.max(highW, car.powerKW().at(soc) * 1000);
            }
            double seconds = car.stages().slac() + car.stages().sessionSetup() + car.stages().services() + car.stages().parameters()
                    + car.stages().cableCheck() + car.stages().precharge();
            assertTrue(seconds >= 20 && seconds <= 60, car.id() + ": " + seconds + " s from plug-in to the charge");
            boolean high = car.id().endsWith("-800");
            assertEquals(high, car.voltageV().at(50) > 500, car.id());
            assertTrue(highW / car.voltageV().at(50) <= car.maxCurrentA() * 1.1, car.id() + " can never take its " + highW + " W");
            assertTrue(car.powerKW().at(100) <= 0.25 * highW / 1000, car.id() + " does not slow down");
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cars.json"), text);
    }

    @Test
    void carsOfAFileComeBesideTheIncludedOnesAndInTheirPlace() throws IOException {
        CarLibrary library = CarLibrary.included().with(file("""
                [{"id": "mine", "batteryKWh": 50, "maxCurrentA": 100, "resistanceMilliOhm": 50,
                  "voltageV": [[0, 300], [100, 400]], "powerKW": [[0, 50]]},
                 {"id": "taxi-400", "name": "my taxi", "batteryKWh": 60, "maxCurrentA": 100, "resistanceMilliOhm": 50,
                  "voltageV": [[0, 300], [100, 400]], "powerKW": [[0, 50]]}]"""));
        assertEquals("mine", library.find("mine").orElseThrow().name());
        assertEquals(60_000, library.find("taxi-400").orElseThrow().batteryWh());
        assertEquals("compact-400", library.first().id());
        assertEquals(CarLibrary.included().ids().size() + 1, library.ids().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"id": "a",                                       | line 1: Unexpected end-of-input
            [{"id": "a", "colour": "red"}]                     | Unrecognized field "colour"
            [{"id": "a", "batteryKWh": "much"}]                | batteryKWh
            [{"batteryKWh": 50}]                               | car 1 has no id
            [{"id": "a", "batteryKWh": 50}]                    | car a has no voltageV
            [{"id": "a", "voltageV": [[0, 300], [0, 400]]}]    | car a, voltageV: the points of a curve ascend
            [{"id": "a", "voltageV": [[0, 300, 1]]}]           | car a, voltageV: point 0 of a curve is not a pair
            [{"id": "a", "voltageV": [[0, 4000]]}]             | car a, voltageV: 4000.0 is not above 0 and up to 1500
            [{"id": "a", "voltageV": [[0, 300]], "powerKW": [[0, -1]]}] | car a, powerKW: -1.0 is not above 0
            [{"id": "a", "stageSeconds": {"slac": "long"}}]    | slac
            []                                                 | at least one car
            """)
    void aWrongFileIsNamedWithWhatIsWrongInIt(String text, String reason) throws IOException {
        Path file = file(text);
        String message = assertThrows(IOException.class, () -> CarLibrary.included().with(file)).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void theTimesOfAllStagesAreGivenOrNone() {
        String car = """
                [{"id": "a", "batteryKWh": 50, "maxCurrentA": 100, "resistanceMilliOhm": 50, "voltageV": [[0, 300]], "powerKW": [[0, 50]],
                  "stageSeconds": {"slac": 1}}]""";
        String message = assertThrows(IllegalArgumentException.class, () -> CarLibrary.read(json(car))).getMessage();
        assertEquals("car a, stageSeconds: sessionSetup is missing", message);
    }
}
