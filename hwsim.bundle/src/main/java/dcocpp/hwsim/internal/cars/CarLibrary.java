package dcocpp.hwsim.internal.cars;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.Curve;
import dcocpp.hwsim.internal.physics.StageTimes;

/** The cars that can come, read from {@code cars.json} beside this class. */
public final class CarLibrary {

    private final Map<String, CarModel> cars;

    private CarLibrary(Map<String, CarModel> cars) {
        this.cars = cars;
    }

    /** The cars that come with the simulator. */
    public static CarLibrary included() {
        try (InputStream in = CarLibrary.class.getResourceAsStream("cars.json")) {
            return read(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cars.json of the bundle cannot be read", unreadable);
        }
    }

    static CarLibrary read(InputStream in) throws IOException {
        Map<String, CarModel> cars = new LinkedHashMap<>();
        int number = 0;
        for (Entry entry : new ObjectMapper().readValue(in, Entry[].class)) {
            CarModel model = entry.model(++number);
            if (cars.put(model.id(), model) != null) {
                throw new IllegalArgumentException("two cars are called " + model.id());
            }
        }
        if (cars.isEmpty()) {
            throw new IllegalArgumentException("a car library has at least one car");
        }
        return new CarLibrary(cars);
    }

    /**
     * These cars and those of a file of the same form as the included one. A car of the file stands in for one of the same name.
     *
     * @throws IOException when the file cannot be read, is not JSON or describes no cars; the message says where and what is wrong
     */
    public CarLibrary with(Path file) throws IOException {
        Map<String, CarModel> all = new LinkedHashMap<>(cars);
        try (InputStream in = Files.newInputStream(file)) {
            all.putAll(read(in).cars);
        } catch (JacksonException wrong) {
            JsonLocation at = wrong.getLocation();
            String where = (at == null ? "" : ", line " + at.getLineNr()) + field(wrong);
            throw new IOException(file + where + ": " + wrong.getOriginalMessage(), wrong);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(file + ": " + wrong.getMessage(), wrong);
        }
        return new CarLibrary(all);
    }

    private static String field(JacksonException wrong) {
        List<JsonMappingException.Reference> path = wrong instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        String name = path.isEmpty() ? null : path.get(path.size() - 1).getFieldName();
        return name == null ? "" : ", " + name;
    }

    /** The car of this name. */
    public Optional<CarModel> find(String id) {
        return Optional.ofNullable(cars.get(id));
    }

    /** The car that comes when nobody asks for a special one. */
    public CarModel first() {
        return cars.values().iterator().next();
    }

    /** The names of all cars. */
    public List<String> ids() {
        return List.copyOf(cars.keySet());
    }

    /** All cars. */
    public List<CarModel> all() {
        return List.copyOf(cars.values());
    }

    private record Entry(String id, String name, double batteryKWh, double maxCurrentA, long resistanceMilliOhm, double[][] voltageV,
            double[][] powerKW, Seconds stageSeconds) {

        CarModel model(int number) {
            if (id == null || id.isBlank()) {
                throw new IllegalArgumentException("car " + number + " has no id");
            }
            return new CarModel(id, name == null ? id : name, Math.round(batteryKWh * 1000), maxCurrentA, resistanceMilliOhm,
                    curve("voltageV", voltageV, 1500), curve("powerKW", powerKW, 4000), stages());
        }

        private StageTimes stages() {
            try {
                return stageSeconds == null ? StageTimes.USUAL : stageSeconds.times();
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("car " + id + ", stageSeconds: " + wrong.getMessage(), wrong);
            }
        }

        private Curve curve(String field, double[][] points, double highest) {
            if (points == null) {
                throw new IllegalArgumentException("car " + id + " has no " + field);
            }
            try {
                for (double[] point : points) {
                    if (point.length == 2 && !(point[1] > 0 && point[1] <= highest)) {
                        throw new IllegalArgumentException(point[1] + " is not above 0 and up to " + highest);
                    }
                }
                return new Curve(points);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("car " + id + ", " + field + ": " + wrong.getMessage(), wrong);
            }
        }
    }

    private record Seconds(Double slac, Double sessionSetup, Double services, Double parameters, Double cableCheck, Double precharge,
            Double stop) {

        StageTimes times() {
            return new StageTimes(given("slac", slac), given("sessionSetup", sessionSetup), given("services", services),
                    given("parameters", parameters), given("cableCheck", cableCheck), given("precharge", precharge), given("stop", stop));
        }

        private static double given(String stage, Double seconds) {
            if (seconds == null) {
                throw new IllegalArgumentException(stage + " is missing");
            }
            return seconds;
        }
    }
}
