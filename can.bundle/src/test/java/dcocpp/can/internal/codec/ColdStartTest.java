package dcocpp.can.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first frame in a fresh process: which classes it needs. How long it takes is printed, and judged by nobody but people: what the
 * virtual machine needs to find and check the classes, and what the codec then needs to start, decode a frame and encode another.
 */
class ColdStartTest {

    private static final Pattern LOADED = Pattern.compile("(dcocpp\\.\\S+) source:");

    @TempDir
    private Path folder;

    /** Decodes a first frame and encodes another. */
    static final class FirstFrame {

        private FirstFrame() {
        }

        public static void main(String[] args) throws ClassNotFoundException {
            String codec = "dcocpp.can.internal.codec.";
            ClassLoader loader = FirstFrame.class.getClassLoader();
            long load = System.nanoTime();
            for (String name : new String[] {"Message", "Message$Sender", "CrcMode", "Crc8", "Signal", "HostFrames"}) {
                // Asked for its fields a class is linked, and not initialized.
                Class.forName(codec.concat(name), false, loader).getDeclaredFields();
            }
            long start = System.nanoTime();
            long status = 0x2300_0E10_0014_2A06L;
            Message message = Message.of(0x162);
            boolean good = message.checksummed() && CrcMode.STRICT.accepts(status)
                    && Signal.isSet(PlcLayout.RelayStatus.SAFETY_OK, status)
                    && Signal.number(PlcLayout.RelayStatus.LAST_CMD_SEQ_APPLIED, status) == 42;
            long command = HostFrames.relayControl(6, 6, false, 42);
            long took = System.nanoTime() - start;
            System.out.println(good + " " + Long.toHexString(command) + " " + (start - load) / 1000 + " " + took / 1000);
        }
    }

    @Test
    void theFirstFrameLoadsNoTable() throws IOException, InterruptedException {
        Path classes = folder.resolve("classes.txt");
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes, "-cp", System.getProperty("java.class.path"), FirstFrame.class.getName())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        String[] said = Files.readString(output).trim().split(" ");
        assertEquals("true", said[0], String.join(" ", said));
        assertEquals("4b00000000062a0e", said[1]);
        System.out.println("The first frame of a process: loading the classes " + said[2] + " us, starting and both frames " + said[3] + " us");
        Set<String> loaded = new TreeSet<>();
        Matcher matcher = LOADED.matcher(Files.readString(classes));
        while (matcher.find()) {
            loaded.add(matcher.group(1).substring(Message.class.getPackageName().length() + 1));
        }
        // Constants are compiled into their users: no class of signals is among these.
        assertEquals(Set.of("ColdStartTest$FirstFrame", "CrcMode", "Crc8", "HostFrames", "Message", "Message$Sender", "Signal"), loaded);
    }
}
