package dcocpp.ocpp.internal.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dcocpp.ocpp.internal.message.MessageType.Sender;

/** All messages of OCPP 1.6, read from {@code ocpp16.txt}. Immutable; thread-safe. */
public final class Catalogue {
    private static final String RESOURCE = "ocpp16.txt";

    private final Map<String, MessageType> messages;

    private Catalogue(Map<String, MessageType> messages) {
        this.messages = Collections.unmodifiableMap(messages);
    }

    /** Reads the catalogue that is part of this bundle. */
    public static Catalogue load() {
        try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the bundle");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new Catalogue(new Reader().read(lines.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    public Optional<MessageType> find(String action) {
        return Optional.ofNullable(messages.get(action));
    }

    /** A message that is known to be there. */
    public MessageType get(String action) {
        return find(action).orElseThrow(() -> new IllegalArgumentException("no OCPP 1.6 message: " + action));
    }

    public Collection<MessageType> all() {
        return messages.values();
    }

    /** Reads the text form. A mistake in it is a mistake of ours, and fails the first test. */
    private static final class Reader {
        private final Map<String, Schema> types = new LinkedHashMap<>();
        private final Map<String, MessageType> messages = new LinkedHashMap<>();

        private List<Schema.Field> fields = new ArrayList<>();
        private List<Schema.Field> requestFields;
        private String[] head;

        private Map<String, MessageType> read(List<String> lines) {
            for (String line : lines) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith(" ")) {
                    fields.add(field(line.strip()));
                } else if (line.equals("=>")) {
                    requestFields = fields;
                    fields = new ArrayList<>();
                } else {
                    finish();
                    head = line.split(" ");
                }
            }
            finish();
            return messages;
        }

        private void finish() {
            if (head == null) {
                return;
            }
            if (head[0].equals("type")) {
                types.put(head[1], new Schema(fields));
            } else {
                messages.put(head[1], new MessageType(head[1], head[2], sender(head[0]), new Schema(requestFields),
                        new Schema(fields)));
            }
            fields = new ArrayList<>();
            requestFields = null;
        }

        private static Sender sender(String word) {
            return switch (word) {
                case "cp" -> Sender.CHARGE_POINT;
                case "cs" -> Sender.BACK_OFFICE;
                case "both" -> Sender.BOTH;
                default -> throw new IllegalStateException("unknown sender " + word);
            };
        }

        private Schema.Field field(String text) {
            String[] parts = text.split(" ");
            boolean required = !parts[0].endsWith("?");
            String name = required ? parts[0] : parts[0].substring(0, parts[0].length() - 1);
            int bracket = parts[1].indexOf('[');
            boolean list = bracket >= 0;
            int minItems = list && parts[1].endsWith("[1]") ? 1 : 0;
            return new Schema.Field(name, required, type(list ? parts[1].substring(0, bracket) : parts[1]), list,
                    minItems);
        }

        private FieldType type(String word) {
            if (types.containsKey(word)) {
                return new FieldType.Nested(types.get(word));
            }
            if (word.contains("|")) {
                return new FieldType.OneOf(new Words(List.of(word.split("\\|"))));
            }
            return switch (word) {
                case "str" -> new FieldType.Text(Integer.MAX_VALUE);
                case "int" -> new FieldType.Whole(Integer.MIN_VALUE);
                case "nat" -> new FieldType.Whole(0);
                case "decimal" -> new FieldType.Decimal();
                case "bool" -> new FieldType.Bool();
                case "time" -> new FieldType.Time();
                case "uri" -> new FieldType.Uri();
                default -> new FieldType.Text(Integer.parseInt(word.substring("str".length())));
            };
        }
    }
}
