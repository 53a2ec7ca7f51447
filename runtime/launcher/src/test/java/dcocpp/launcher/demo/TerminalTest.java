package dcocpp.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final StringWriter out = new StringWriter();
    private final Terminal terminal = new Terminal(new PrintWriter(out));

    @Test
    void linesAreRenewedInPlaceAndTheCursorComesBack() {
        terminal.show(List.of("one", "two"));
        terminal.show(List.of("three"));
        terminal.end();
        assertEquals("\u001b[?25l\u001b[2J" + "\u001b[Hone\u001b[K\r\ntwo\u001b[K\r\n\u001b[J" + "\u001b[Hthree\u001b[K\r\n\u001b[J" + "\u001b[?25h",
                out.toString());
    }

    @Test
    void aTerminalThatHasShownNothingIsLeftAsItIs() {
        terminal.end();
        assertEquals("", out.toString());
    }
}
