package dcocpp.launcher.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the charger's log file and picks out the lines of the level ERROR. A file that was rolled over is begun anew. */
final class LogErrors {

    private static final Pattern ERROR = Pattern.compile("\\S+ ERROR +(.*)");
    private static final int LONGEST = 300;

    private final Path file;
    private long position;

    private LogErrors(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /** From the end that the file has now. */
    static LogErrors fromHere(Path file) throws IOException {
        return new LogErrors(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** The errors of the whole lines that were added since the last call, without their times. */
    List<String> more() throws IOException {
        List<String> errors = new ArrayList<>();
        if (!Files.exists(file)) {
            return errors;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < position) {
                position = 0;
            }
            byte[] added = new byte[(int) Math.min(Integer.MAX_VALUE / 2, log.length() - position)];
            log.seek(position);
            log.readFully(added);
            int end = added.length;
            while (end > 0 && added[end - 1] != '\n') {
                end--;
            }
            position += end;
            new String(added, 0, end, StandardCharsets.UTF_8).lines().map(ERROR::matcher).filter(Matcher::matches)
                    .map(line -> line.group(1)).map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) : line).forEach(errors::add);
        }
        return errors;
    }
}
