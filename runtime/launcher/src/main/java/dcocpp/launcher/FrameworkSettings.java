package dcocpp.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code conf/config.properties} of a distribution: framework properties, and start levels by symbolic name. */
public final class FrameworkSettings {
    /** The level at which everything but the web console runs. */
    public static final int LEVEL_WITHOUT_CONSOLE = 30;
    /** The level at which everything runs. */
    public static final int LEVEL_WITH_CONSOLE = 50;

    private static final String START_LEVEL = "startlevel.";
    private static final int FALLBACK_LEVEL = 20;

    private final Map<String, String> properties = new TreeMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private int defaultLevel = FALLBACK_LEVEL;

    private record Rule(Pattern names, int level) {
    }

    private FrameworkSettings() {
    }

    /**
     * Reads the settings of a distribution.
     *
     * @param home the distribution's folder
     * @param data the data folder
     * @throws LaunchException when the file is missing or a start level is no number
     */
    public static FrameworkSettings read(Path home, Path data) throws LaunchException {
        Path file = home.resolve("conf").resolve("config.properties");
        Properties raw = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            raw.load(reader);
        } catch (NoSuchFileException e) {
            throw new LaunchException(ExitCode.FAILED, file + " is missing: " + home + " is not a whole distribution", e);
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        }
        FrameworkSettings settings = new FrameworkSettings();
        settings.properties.put("dcocpp.home", home.toAbsolutePath().toString());
        settings.properties.put("dcocpp.data", data.toAbsolutePath().toString());
        for (String name : raw.stringPropertyNames()) {
            String value = raw.getProperty(name).trim()
                    .replace("${dcocpp.home}", home.toAbsolutePath().toString())
                    .replace("${dcocpp.data}", data.toAbsolutePath().toString());
            if (name.startsWith(START_LEVEL)) {
                settings.addRule(file, name, value);
            } else {
                settings.properties.put(name, value);
            }
        }
        return settings;
    }

    private void addRule(Path file, String name, String value) throws LaunchException {
        boolean isDefault = name.equals(START_LEVEL + "default");
        String number = isDefault ? value : name.substring(START_LEVEL.length());
        int level;
        try {
            level = Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new LaunchException(ExitCode.FAILED, file + ": " + name + ": \"" + number + "\" is no start level, a number is", e);
        }
        if (isDefault) {
            defaultLevel = level;
            return;
        }
        for (String glob : value.split(",")) {
            rules.add(new Rule(Pattern.compile(Pattern.quote(glob.trim()).replace("*", "\\E.*\\Q")), level));
        }
    }

    /** The framework properties, with the folders filled in. */
    public Map<String, String> properties() {
        return Collections.unmodifiableMap(properties);
    }

    /** The start level for a bundle of this symbolic name. */
    public int startLevel(String symbolicName) {
        return rules.stream().filter(r -> r.names().matcher(symbolicName).matches()).mapToInt(Rule::level).findFirst().orElse(defaultLevel);
    }
}
