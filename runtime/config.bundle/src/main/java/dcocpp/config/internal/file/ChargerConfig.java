package dcocpp.config.internal.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The values of an accepted configuration file, complete and consistent. Not to be changed. */
public final class ChargerConfig {

    private final Path file;
    private final String text;
    private final ObjectNode raw;
    private final ObjectNode values;
    private final OcppBase ocpp;
    private final Path ocppFile;
    private final Aliases aliases;
    private final SchemaTypes types;

    ChargerConfig(Path file, String text, ObjectNode raw, ObjectNode values, OcppBase ocpp, Path ocppFile,
            Aliases aliases, SchemaTypes types) {
        this.file = file;
        this.text = text;
        this.raw = raw;
        this.values = values;
        this.ocpp = ocpp;
        this.ocppFile = ocppFile;
        this.aliases = aliases;
        this.types = types;
    }

    /** The file they come from, absolute. */
    public Path file() {
        return file;
    }

    /** The OCPP base configuration they come from; empty if the built-in one is used. */
    public Optional<Path> ocppFile() {
        return Optional.ofNullable(ocppFile);
    }

    /** The file's text. */
    public String text() {
        return text;
    }

    /** The value at a JSON pointer, defaults filled in; a missing node where the schema has no such key. */
    public JsonNode at(String pointer) {
        return Json.at(values, pointer);
    }

    /** The types that the schema permits at a JSON pointer; empty where it has no such key. */
    public Set<ValueType> typesAt(String pointer) {
        return types.at(pointer);
    }

    /** The OCPP keys by section, patched. */
    public JsonNode ocpp() {
        return ocpp.merged();
    }

    /** OCPP keys ({@code Section.Key}) that charger.json decides elsewhere, with the place; empty: not to be set. */
    public Map<String, String> decidedOcppKeys() {
        return ocpp.decidedPlaces();
    }

    /** Whether the file itself has a value at this place. */
    public boolean isWritten(String pointer) {
        return !Json.at(raw, pointer).isMissingNode();
    }

    /** Where the file has the value of a place, which may be an older place. */
    public String placeInFile(String pointer) {
        return aliases.placeIn(raw, pointer);
    }

    /** The address of the CSMS without the charge point's id; empty if there is none. */
    public String centralSystemUri() {
        return ocpp.merged().at("/Internal/CentralSystemURI").asText();
    }
}
