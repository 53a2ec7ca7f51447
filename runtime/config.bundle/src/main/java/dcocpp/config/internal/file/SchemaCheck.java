package dcocpp.config.internal.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;

/** Checks a file against charger.schema.json: an unknown key is a warning, everything else an error. */
final class SchemaCheck {

    private final ObjectNode schemaTree;
    private final Schema schema;

    SchemaCheck(ObjectNode schemaTree) {
        this.schemaTree = schemaTree;
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .build();
        this.schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(schemaTree);
    }

    /** At most one finding for each place, so that one mistake is reported once. */
    List<Finding> check(JsonNode tree) {
        Map<String, Finding> byPlace = new LinkedHashMap<>();
        for (Error error : schema.validate(tree)) {
            Finding finding = finding(error, tree);
            byPlace.putIfAbsent(finding.pointer(), finding);
        }
        return new ArrayList<>(byPlace.values());
    }

    private Finding finding(Error error, JsonNode tree) {
        String pointer = error.getInstanceLocation().toString();
        String keywordPlace = error.getSchemaLocation().getFragment().toString();
        JsonNode expected = Json.at(schemaTree, keywordPlace.substring(0, keywordPlace.lastIndexOf('/')));
        if ("additionalProperties".equals(error.getKeyword()) && error.getProperty() != null) {
            return unknownKey(Json.child(pointer, error.getProperty()), error.getProperty(), expected);
        }
        return Finding.error(pointer, "is " + Json.show(Json.at(tree, pointer)), Expectation.of(expected));
    }

    private static Finding unknownKey(String pointer, String name, JsonNode parent) {
        List<String> known = new ArrayList<>();
        parent.path("properties").fieldNames().forEachRemaining(known::add);
        return Finding.warning(pointer, "is no key of the configuration and does nothing", Similar.to(name, known)
                .map(similar -> "perhaps " + similar)
                .orElse("one of " + String.join(", ", known.stream().limit(12).toList())));
    }
}
