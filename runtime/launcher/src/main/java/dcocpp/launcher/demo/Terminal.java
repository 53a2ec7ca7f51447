package dcocpp.launcher.demo;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A terminal whose lines are renewed in place, or whatever else the output goes to, which gets lines. Not thread-safe. */
final class Terminal {

    /**
     * The size of a terminal.
     *
     * @param rows lines
     * @param columns characters of a line
     */
    record Size(int rows, int columns) {

        /** Enough for sixteen guns, where nobody tells. */
        static final Size USUAL = new Size(50, 120);

        /** What {@code stty size} prints; the usual one when that is nothing of the kind. */
        static Size of(String text) {
            String[] words = text.strip().split(" ");
            if (words.length != 2 || !words[0].matches("\\d{1,4}") || !words[1].matches("\\d{1,4}")) {
                return USUAL;
            }
            Size size = new Size(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
            return size.rows > 0 && size.columns > 0 ? size : USUAL;
        }
    }

    private static final String ESCAPE = "\u001b[";
    private static final String HOME = ESCAPE + "H";
    private static final String CLEAR = ESCAPE + "2J";
    private static final String CLEAR_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";
    private static final String HIDE_CURSOR = ESCAPE + "?25l";
    private static final String SHOW_CURSOR = ESCAPE + "?25h";
    private static final long STTY_SECONDS = 2;

    private final PrintWriter out;
    private boolean begun;

    Terminal(PrintWriter out) {
        this.out = out;
    }

    /** Its size now; the usual one where the system does not tell. */
    static Size size() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(stty.getInputStream().readAllBytes());
            stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS);
            return Size.of(said);
        } catch (IOException e) {
            return Size.USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Size.USUAL;
        }
    }

    /** Shows these lines in place of the last ones. */
    void show(List<String> lines) {
        if (!begun) {
            out.print(HIDE_CURSOR + CLEAR);
            begun = true;
        }
        out.print(HOME);
        lines.forEach(line -> out.print(line + CLEAR_LINE + "\r\n"));
        out.print(CLEAR_BELOW);
        out.flush();
    }

    /** Gives it back as it was. */
    void end() {
        if (begun) {
            out.print(SHOW_CURSOR);
            out.flush();
        }
    }
}
