package dcocpp.config.internal.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/**
 * Tells when files have changed and come to rest. Asked at a fixed interval; a change counts when it looks the same twice, so
 * that a file being written, or replaced by an editor, is not read half-way. Asking costs one look at each file's attributes
 * and works on every file system, which the kernel's notifications do not.
 */
final class FileWatch {

    /** A missing file may be between an editor's delete and its rename. */
    private static final int LOOKS_UNTIL_MISSING = 10;

    private static final String MISSING = "missing";

    private String handled = "";
    private String seen = "";
    private int looks;

    /**
     * Looks at the files.
     *
     * @return whether they are other than when this last returned true, and at rest
     */
    boolean changed(List<Path> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(file -> text.append(look(file)).append('\n'));
        String now = text.toString();
        if (!now.equals(seen)) {
            seen = now;
            looks = 1;
        } else if (looks < LOOKS_UNTIL_MISSING) {
            looks++;
        }
        if (now.equals(handled) || looks < (now.contains(MISSING) ? LOOKS_UNTIL_MISSING : 2)) {
            return false;
        }
        handled = now;
        return true;
    }

    /** Takes the files as they are now for handled. */
    void handled(List<Path> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(file -> text.append(look(file)).append('\n'));
        handled = text.toString();
        seen = handled;
        looks = LOOKS_UNTIL_MISSING;
    }

    private static String look(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.toString(attributes.fileKey()) + ' ' + attributes.size() + ' ' + attributes.lastModifiedTime().toInstant();
        } catch (NoSuchFileException e) {
            return MISSING;
        } catch (IOException e) {
            return "unreadable " + e;
        }
    }
}
