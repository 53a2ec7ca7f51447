package dcocpp.hwsim.internal.cars;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.Curve;

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
        for (Entry entry : new ObjectMapper().readValue(in, Entry[].class)) {
            if (cars.put(entry.id, entry.model()) != null) {
                throw new IllegalArgumentException("two cars are called " + entry.id);
            }
        }
        if (cars.isEmpty()) {
            throw new IllegalArgumentException("a car library has at least one car");
        }
        return new CarLibrary(cars);
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
            double[][] powerKW) {

        CarModel model() {
            return new CarModel(id, name, Math.round(batteryKWh * 1000), maxCurrentA, resistanceMilliOhm, new Curve(voltageV),
                    new Curve(powerKW));
        }
    }
}
