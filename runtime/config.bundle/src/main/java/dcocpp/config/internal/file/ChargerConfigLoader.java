package dcocpp.config.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads charger.json and says everything that is wrong with it. Knows no OSGi, so that the command line checks a file
 * with the same rules before it starts anything. Stateless; callable by any thread.
 */
public final class ChargerConfigLoader {

    private static final String BUILT_IN_OCPP = "ocpp16-config.json";

    /** A list with an element that is no object cannot be looked into. */
    private static final Pattern BROKEN_LIST = Pattern.compile("/(connectors|slots)(/\\d+)?");

    /** As Jackson names the place where something begins whose end is missing. */
    private static final Pattern OTHER_PLACE = Pattern.compile("\\[Source: [^;\\]]*; line: (\\d+), column: (\\d+)]");

    private final Path workingFolder;
    private final ObjectNode schemaTree = Json.resource("charger.schema.json");
    private final SchemaCheck schema = new SchemaCheck(schemaTree);
    private final SchemaCheck ocppSchema = new SchemaCheck(ocppPart());
    private final Aliases aliases = new Aliases(schemaTree);
    private final Defaults defaults = new Defaults(schemaTree, aliases);

    /**
     * @param workingFolder where relative input files are looked for that are not beside the configuration file
     */
    public ChargerConfigLoader(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    /** Reads and checks a file. */
    public ConfigReport load(Path file) {
        try {
            return check(file, Files.readAllBytes(file));
        } catch (IOException e) {
            return refused(file, List.of(unreadable("", file, e)));
        }
    }

    /** Checks what stands, or shall stand, in a file. */
    public ConfigReport check(Path file, byte[] content) {
        List<Finding> findings = new ArrayList<>();
        Optional<ObjectNode> parsed = parse("", content, findings);
        if (parsed.isEmpty()) {
            return refused(file, findings);
        }
        ObjectNode raw = parsed.get();
        findings.addAll(schema.check(raw));
        List<String> bad = findings.stream().map(Finding::pointer).toList();
        findings.addAll(aliases.check(raw));
        unused(raw, findings);
        ObjectNode values = defaults.complete(raw, bad);
        List<Finding> rules = rules(values, bad);

        OcppFile ocppFile = ocppFile(file, raw, values, findings);
        OcppBase ocpp = new OcppBase(ocppFile.tree(), ocppFile.name(), raw, values);
        rules.addAll(ocpp.findings());
        rules.addAll(OcppBase.check(ocpp.merged(), values));
        // A refused value counts as its default in the rules; what they say about that place is reported already.
        findings.addAll(rules.stream().filter(finding -> !bad.contains(finding.pointer())).toList());
        loggingConfig(file, values, findings);

        if (findings.stream().anyMatch(Finding::isError)) {
            return refused(file, findings);
        }
        String text = new String(content, StandardCharsets.UTF_8);
        return new ConfigReport(file, findings, Optional.of(
                new ChargerConfig(file.toAbsolutePath(), text, raw, values, ocpp, ocppFile.path(), aliases,
                        new SchemaTypes(schemaTree))));
    }

    private static ConfigReport refused(Path file, List<Finding> findings) {
        return new ConfigReport(file, findings, Optional.empty());
    }

    private static List<Finding> rules(ObjectNode values, List<String> bad) {
        List<Finding> findings = new ArrayList<>();
        JsonNode planner = values.get("planner");
        if (planner.get("minModulesPerActiveGun").asInt() > planner.get("maxModulesPerGun").asInt()) {
            findings.add(Finding.error("/planner/minModulesPerActiveGun", "is " + planner.get("minModulesPerActiveGun")
                    + ", above maxModulesPerGun " + planner.get("maxModulesPerGun"), "at most maxModulesPerGun"));
        }
        if (bad.stream().noneMatch(place -> BROKEN_LIST.matcher(place).matches())) {
            List<Finding> connectors = new ConnectorCheck().check(values);
            findings.addAll(connectors);
            boolean idsSound = connectors.stream().noneMatch(finding -> finding.pointer().endsWith("/id"));
            findings.addAll(new RingCheck().check(values, idsSound));
        }
        return findings;
    }

    private static Optional<ObjectNode> parse(String name, byte[] content, List<Finding> findings) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            findings.add(Finding.error(name, "is not UTF-8", "a JSON text in UTF-8"));
            return Optional.empty();
        }
        try {
            if (Json.parse(text) instanceof ObjectNode object) {
                return Optional.of(object);
            }
            findings.add(Finding.error(name, "holds no JSON object", "{ ... } with the keys of the schema"));
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            String where = location == null ? "" : " in line " + location.getLineNr() + ", column "
                    + location.getColumnNr();
            String reason = OTHER_PLACE.matcher(e.getOriginalMessage()).replaceAll("line $1, column $2");
            findings.add(Finding.error(name, "is not well-formed JSON" + where + ": " + reason, "well-formed JSON"));
        }
        return Optional.empty();
    }

    private void unused(ObjectNode raw, List<Finding> findings) {
        for (String key : List.of("sharePath", "sqlMigrationsPath")) {
            if (raw.has(key)) {
                findings.add(Finding.warning("/" + key, "is not used", "nothing; it may be removed"));
            }
        }
    }

    private record OcppFile(ObjectNode tree, String name, Path path) {}

    private OcppFile ocppFile(Path file, ObjectNode raw, ObjectNode values, List<Finding> findings) {
        String name = values.get("ocppConfig").asText();
        Path path = name.isEmpty() ? null : inputFile(file, name, "/ocppConfig", findings);
        if (path == null) {
            if (!name.isEmpty() && raw.has("ocppConfig")) {
                findings.add(missing("/ocppConfig", name, file));
            }
            return new OcppFile(Json.resource(BUILT_IN_OCPP), "(built-in) " + BUILT_IN_OCPP, null);
        }
        String shown = path.getFileName().toString();
        try {
            Optional<ObjectNode> tree = parse(shown, Files.readAllBytes(path), findings);
            List<Finding> wrong = tree.map(ocppSchema::check).orElse(List.of());
            wrong.forEach(each -> findings.add(
                    new Finding(each.severity(), shown + "#" + each.pointer(), each.problem(), each.remedy())));
            return new OcppFile(wrong.isEmpty() ? tree.orElseGet(schemaTree::objectNode) : schemaTree.objectNode(),
                    shown, path);
        } catch (IOException e) {
            findings.add(unreadable("/ocppConfig", path, e));
            return new OcppFile(schemaTree.objectNode(), shown, path);
        }
    }

    private void loggingConfig(Path file, ObjectNode values, List<Finding> findings) {
        String name = values.get("loggingConfig").asText();
        if (!name.isEmpty() && inputFile(file, name, "/loggingConfig", findings) == null) {
            findings.add(missing("/loggingConfig", name, file));
        }
    }

    /** Finds an input file beside the configuration file, or else, with a warning, in the working folder. */
    private Path inputFile(Path file, String name, String pointer, List<Finding> findings) {
        try {
            Path beside = file.toAbsolutePath().resolveSibling(name).normalize();
            if (Files.exists(beside)) {
                return beside;
            }
            Path fallback = workingFolder.resolve(name).toAbsolutePath().normalize();
            if (Files.exists(fallback)) {
                findings.add(Finding.warning(pointer, "\"" + name + "\" is not at " + beside + "; " + fallback
                        + " is used", "a path relative to the folder of the configuration file"));
                return fallback;
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return null;
    }

    private static Finding missing(String pointer, String name, Path file) {
        return Finding.error(pointer, "\"" + name + "\" does not exist", "a file, relative to "
                + file.toAbsolutePath().getParent());
    }

    private static Finding unreadable(String pointer, Path file, IOException e) {
        return Finding.error(pointer, e instanceof NoSuchFileException ? file + " does not exist"
                : file + " cannot be read: " + e, "a readable file");
    }

    private ObjectNode ocppPart() {
        ObjectNode part = ((ObjectNode) Json.at(schemaTree, "/properties/ocpp")).deepCopy();
        part.set("$defs", schemaTree.get("$defs"));
        return part;
    }

    /** All findings, one a line, as people read them. */
    public static String text(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
