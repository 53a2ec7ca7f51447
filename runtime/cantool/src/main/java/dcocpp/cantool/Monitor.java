package dcocpp.cantool;

import java.io.IOException;
import java.io.PrintWriter;

import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.can.internal.bus.JavacanBus;
import dcocpp.canlog.LoggedFrame;

/** Watches an interface and prints the {@link BusTable} every second. It sends nothing. */
public final class Monitor {

    private static final long SECOND = 1_000_000_000L;
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

    private final String interfaceName;
    private final boolean terminal;
    private final PrintWriter out;

    /**
     * @param terminal each table replaces the one before
     */
    public Monitor(String interfaceName, boolean terminal, PrintWriter out) {
        this.interfaceName = interfaceName;
        this.terminal = terminal;
        this.out = out;
    }

    /** Outside a framework nobody reads Bundle-NativeCode: the native libraries are found on the class path instead. */
    private static void prepareJavacan() {
        // Nor is there a log here, and that is nothing to warn of.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        for (String library : new String[] {"javacan-core", "javacan-epoll"}) {
            String key = "javacan.native." + library + ".classpath";
            if (System.getProperty(key) == null) {
                System.setProperty(key, "/native/" + System.getProperty("os.arch") + "/native/lib" + library + ".so");
            }
        }
    }

    /**
     * Prints tables until there were so many, the output is closed or the thread interrupted.
     *
     * @param tables how many; 0 for no end
     * @throws BusUnavailableException when there is no bus to watch, with the reason
     * @throws IOException when it is lost
     */
    public void run(int tables) throws BusUnavailableException, IOException {
        prepareJavacan();
        Bus bus = JavacanBus.listen(interfaceName);
        try {
            watch(bus, tables);
        } finally {
            bus.close();
        }
    }

    private void watch(Bus bus, int tables) throws IOException {
        BusTable table = new BusTable(System.nanoTime());
        long due = System.nanoTime() + SECOND;
        for (int shown = 0; (tables == 0 || shown < tables) && !out.checkError() && !Thread.currentThread().isInterrupted();) {
            bus.poll(Math.max(0, due - System.nanoTime()), (rawId, length, payload) -> table.frame(
                    new LoggedFrame(System.nanoTime(), interfaceName, rawId, length, payload)));
            long now = System.nanoTime();
            if (now - due >= 0) {
                out.print((terminal ? HOME_AND_CLEAR : "") + interfaceName + ": " + table.text(now));
                out.flush();
                due += SECOND;
                shown++;
            }
        }
    }
}
