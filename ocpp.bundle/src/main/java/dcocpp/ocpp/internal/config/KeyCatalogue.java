package dcocpp.ocpp.internal.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** All keys, read from {@code keys.txt}; names are not case sensitive, as OCPP has it. Immutable. */
final class KeyCatalogue {
    private static final String RESOURCE = "keys.txt";

    private final Map<String, Key> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param measurands what this charge point can measure
     * @param connectors how many connectors it has
     */
    KeyCatalogue(Set<String> measurands, IntSupplier connectors) {
        try (InputStream in = KeyCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the bundle");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> add(line.split(" "), measurands, connectors));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    private void add(String[] columns, Set<String> measurands, IntSupplier connectors) {
        String defaultValue = columns[4].equals("-") ? "" : columns[4];
        keys.put(columns[1], new Key(columns[0], columns[1], type(columns[2], measurands, connectors),
                Key.Access.valueOf(columns[3]), defaultValue));
    }

    private static KeyType type(String word, Set<String> measurands, IntSupplier connectors) {
        String[] parts = word.split(":");
        return switch (parts[0]) {
            case "bool" -> new KeyType.Bool();
            case "int" -> {
                String[] range = parts.length == 1 ? new String[] {"0", "2147483647"} : parts[1].split("\\.\\.");
                yield new KeyType.Whole(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
            }
            case "text" -> new KeyType.Text(Integer.parseInt(parts[1]));
            case "csl" -> new KeyType.Items(parts.length == 2 ? Set.of() : Set.of(parts[2].split("\\|")), Integer.parseInt(parts[1]));
            case "measurands" -> new KeyType.Items(measurands, measurands.size());
            case "only" -> new KeyType.Only(parts[1]);
            case "rotation" -> new KeyType.PhaseRotation(connectors);
            default -> throw new IllegalStateException("unknown type " + word);
        };
    }

    /** Null if there is no such key. */
    Key find(String name) {
        return keys.get(name);
    }

    Collection<Key> all() {
        return keys.values();
    }
}
