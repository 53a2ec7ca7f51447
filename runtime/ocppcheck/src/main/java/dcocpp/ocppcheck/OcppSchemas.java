package dcocpp.ocppcheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;

/**
 * The JSON schemas of OCPP 1.6 and its security extension, as others have written them down; the README of this module names the source.
 * Nothing in here knows our own catalogue. Immutable; thread-safe.
 */
public final class OcppSchemas {
    /** The file, beside this class. */
    static final String RESOURCE = "ocpp1_6.json";

    /** Keeps 0.1 what it is: as a double it is no multiple of 0.1. */
    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final OcppSchemas ALL = new OcppSchemas();

    private final Map<String, JsonNode> trees = new LinkedHashMap<>();
    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    /** Which half of a message. */
    public enum Half {
        REQUEST("req"), CONFIRMATION("conf");

        private final String suffix;

        Half(String suffix) {
            this.suffix = suffix;
        }
    }

    private OcppSchemas() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder().pathType(PathType.JSON_POINTER).locale(Locale.ENGLISH)
                .formatAssertionsEnabled(true).build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7,
                builder -> builder.schemaRegistryConfig(config));
        try (InputStream in = OcppSchemas.class.getResourceAsStream(RESOURCE)) {
            for (JsonNode tree : JSON.readTree(in)) {
                String name = tree.get("$id").textValue().substring("urn:".length());
                trees.put(name, tree);
                schemas.put(name, registry.getSchema(tree));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    public static OcppSchemas all() {
        return ALL;
    }

    /** Reads JSON so that the schemas judge the numbers that were written. */
    public static JsonNode read(String text) throws IOException {
        return JSON.readTree(text);
    }

    /** The names of all messages. */
    public Set<String> actions() {
        Set<String> actions = new TreeSet<>();
        trees.keySet().forEach(name -> actions.add(name.substring(0, name.indexOf('.'))));
        return Collections.unmodifiableSet(actions);
    }

    /** The schema itself, its references into the same document not followed; null if there is none. */
    public JsonNode tree(String action, Half half) {
        return trees.get(action + "." + half.suffix);
    }

    /** What is wrong with a payload; empty if nothing is. An action that has no schema is wrong. */
    public List<String> faults(String action, Half half, JsonNode payload) {
        return errors(action, half, payload).stream()
                .map(error -> action + "." + half.suffix + " " + error.getInstanceLocation() + " " + error.getMessage()).toList();
    }

    /** The keywords of the schema that a payload breaks; empty if it breaks none. */
    public Set<String> brokenKeywords(String action, Half half, JsonNode payload) {
        Set<String> keywords = new TreeSet<>();
        errors(action, half, payload).forEach(error -> keywords.add(error.getKeyword()));
        return keywords;
    }

    private List<Error> errors(String action, Half half, JsonNode payload) {
        Schema schema = schemas.get(action + "." + half.suffix);
        if (schema == null) {
            return List.of(Error.builder().keyword("action").instanceLocation(new NodePath(PathType.JSON_POINTER))
                    .message("there is no such message").build());
        }
        return schema.validate(payload);
    }
}
