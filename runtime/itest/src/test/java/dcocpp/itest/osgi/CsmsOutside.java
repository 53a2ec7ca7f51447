package dcocpp.itest.osgi;

import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A demonstration CSMS in the test's JVM but outside the framework, whose tests cannot see its classes: what it received crosses over as
 * text, through the system properties. It lives as long as the JVM, which is that of one test class.
 */
final class CsmsOutside {
    private static final String KEY = "itest.csms.transactions";

    private CsmsOutside() {
    }

    /** Outside: starts it; returns its address. */
    static String start() {
        try {
            DemoCsms csms = DemoCsms.startEphemeral();
            Supplier<List<String>> transactions = () -> csms.transactions().stream().map(CsmsOutside::text).toList();
            System.getProperties().put(KEY, transactions);
            return csms.uri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(CsmsTransaction transaction) {
        return "connector " + transaction.connectorId() + ", from " + transaction.meterStartWh() + " Wh in " + transaction.startMessages()
                + " message to " + transaction.stop().map(stop -> stop.meterStopWh() + " Wh").orElse("now") + " in "
                + transaction.stopMessages() + " message, " + (transaction.readings().isEmpty() ? "without" : "with") + " meter values";
    }

    /** Inside: the transactions that it received. */
    @SuppressWarnings("unchecked")
    static List<String> transactions() {
        return ((Supplier<List<String>>) System.getProperties().get(KEY)).get();
    }
}
