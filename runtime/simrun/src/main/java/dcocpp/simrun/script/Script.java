package dcocpp.simrun.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** A scenario in its file, and where in it what stands. */
public final class Script {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new Durations()).addDeserializer(Instant.class, new Times()))
            .build();

    private final Path file;
    private final Scenario scenario;
    private final Places places;

    private Script(Path file, Scenario scenario, Places places) {
        this.file = file;
        this.scenario = scenario;
        this.places = places;
    }

    /** Moments, such as {@code 2026-03-02T06:00:00Z}. */
    private static final class Times extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Times() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException e) {
                throw JsonMappingException.from(parser, "'" + parser.getText() + "' is no moment; such as 2026-03-02T06:00:00Z");
            }
        }
    }

    /**
     * Reads a script.
     *
     * @throws ScenarioException when it cannot be read or is wrong in itself
     */
    public static Script read(Path file) throws ScenarioException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ScenarioException(file + " cannot be read: " + (Files.exists(file) ? e.getMessage() : "there is no such file"), e);
        }
        if (text.isBlank()) {
            throw new ScenarioException(file + " is empty");
        }
        try {
            Scenario scenario = YAML.readValue(text, Scenario.class);
            if (scenario == null) {
                throw new ScenarioException(file + " is empty");
            }
            return new Script(file, scenario, Places.of(text));
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamReadException broken) {
                throw noYaml(file, broken);
            }
            List<Object> path = Places.steps(e.getPath());
            String where = Places.text(path);
            throw new ScenarioException(file + ":" + Places.of(text).line(path) + ": " + (where.isEmpty() ? "" : where + ": ") + what(e), e);
        } catch (JacksonException e) {
            throw noYaml(file, e);
        }
    }

    private static ScenarioException noYaml(Path file, JacksonException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        return new ScenarioException(file + ":" + line + ": is no YAML: " + firstLine(e.getOriginalMessage()), e);
    }

    private static String what(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "there is no " + unknown.getPropertyName() + " here; there is " + unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf).sorted().collect(Collectors.joining(", "));
        }
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return format.getValue() + " is none of " + Arrays.toString(format.getTargetType().getEnumConstants());
        }
        if (e instanceof InvalidFormatException format && Number.class.isAssignableFrom(format.getTargetType())) {
            return "'" + format.getValue() + "' is no number";
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return e.getCause().getMessage();
        }
        if (e instanceof MismatchedInputException mismatch && !(e instanceof InvalidFormatException) && mismatch.getTargetType() != null) {
            return "here stands " + expected(mismatch.getTargetType());
        }
        return firstLine(e.getOriginalMessage());
    }

    private static String expected(Class<?> type) {
        if (Number.class.isAssignableFrom(type) || type == double[].class || type == double[][].class) {
            return "a number, or numbers in brackets where several are meant";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isRecord()) {
            return "{ " + Arrays.stream(type.getRecordComponents()).map(component -> component.getName() + ": …")
                    .collect(Collectors.joining(", ")) + " }";
        }
        return type == Duration.class ? Durations.FORM : type == Boolean.class ? "true or false" : "one value";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** What happens and what is expected. */
    public Scenario scenario() {
        return scenario;
    }

    /** The name of the scenario. */
    public String name() {
        return scenario.name() != null ? scenario.name() : file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }

    /** A file that the script names. */
    public Path resolve(String name) {
        return file.resolveSibling(name);
    }

    /**
     * An error at a part of the script.
     *
     * @param path names of members and numbers of elements
     */
    public ScenarioException wrong(String what, Object... path) {
        List<Object> steps = List.of(path);
        return new ScenarioException(file + ":" + places.line(steps) + ": " + Places.text(steps) + ": " + what);
    }

    /**
     * Compares with the site.
     *
     * @param connectors its guns
     * @param contactors names of its contactors
     * @param cars names of the cars that there are
     * @throws ScenarioException when the script names something that is not there, or a time after the end
     */
    public void compare(Collection<Integer> connectors, Collection<String> contactors, Collection<String> cars) throws ScenarioException {
        Comparison comparison = new Comparison(connectors, contactors, cars);
        for (int i = 0; i < scenario.visits().size(); i++) {
            Scenario.Visit visit = scenario.visits().get(i);
            comparison.time(visit.at(), "visits", i, "at");
            comparison.connector(visit.plug().connector(), "visits", i, "plug", "connector");
            comparison.car(visit.plug().car(), "visits", i, "plug", "car");
        }
        for (int i = 0; i < scenario.traffic().size(); i++) {
            for (String car : scenario.traffic().get(i).cars()) {
                comparison.car(car, "traffic", i, "cars");
            }
            for (int connector : scenario.traffic().get(i).connectors()) {
                comparison.connector(connector, "traffic", i, "connectors");
            }
        }
        for (int i = 0; i < scenario.actions().size(); i++) {
            Action action = scenario.actions().get(i);
            comparison.time(action.at(), "actions", i, "at");
            comparison.connector(action.connector(), "actions", i);
            comparison.car(action.plug() == null ? null : action.plug().car(), "actions", i, "plug", "car");
            comparison.contactor(action.repair() != null ? action.repair() : action.contactor() == null ? null : action.contactor().id(),
                    "actions", i);
        }
        for (int i = 0; i < scenario.expect().size(); i++) {
            Expectation expectation = scenario.expect().get(i);
            comparison.time(expectation.at(), "expect", i, "at");
            comparison.time(expectation.to(), "expect", i, "to");
            comparison.connector(expectation.connector(), "expect", i);
        }
    }

    private final class Comparison {

        private final Collection<Integer> connectors;
        private final Collection<String> contactors;
        private final Collection<String> cars;

        private Comparison(Collection<Integer> connectors, Collection<String> contactors, Collection<String> cars) {
            this.connectors = connectors;
            this.contactors = contactors;
            this.cars = cars;
        }

        private void time(Duration at, Object... path) throws ScenarioException {
            if (at != null && at.compareTo(scenario.duration()) > 0) {
                throw wrong(Durations.text(at) + " is after the end, " + Durations.text(scenario.duration()), path);
            }
        }

        private void connector(int connector, Object... path) throws ScenarioException {
            if (connector != 0 && !connectors.contains(connector)) {
                throw wrong("there is no gun " + connector + "; there are " + connectors, path);
            }
        }

        private void car(String car, Object... path) throws ScenarioException {
            if (car != null && !cars.contains(car)) {
                throw wrong("there is no car " + car + "; there are " + String.join(", ", cars), path);
            }
        }

        private void contactor(String contactor, Object... path) throws ScenarioException {
            if (contactor != null && !contactors.contains(contactor)) {
                throw wrong("there is no contactor " + contactor + "; there are " + String.join(", ", contactors), path);
            }
        }
    }

    /** A time of the scenario for people. */
    public static String time(Duration at) {
        return Durations.text(at);
    }
}
