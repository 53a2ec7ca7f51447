package dcocpp.ocppcheck;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test during which a charge point sent a frame that is wrong. JUnit finds it by itself where {@code junit-platform.properties}
 * switches auto-detection on, so that no test has to think of it. Frames come from any thread; tests of one JVM run one after the other.
 */
public final class FrameCheckExtension implements AfterEachCallback {
    private static final List<String> FINDINGS = new ArrayList<>();

    static void record(String finding) {
        synchronized (FINDINGS) {
            FINDINGS.add(finding);
        }
    }

    /** What was found since the last call, which forgets it. */
    static List<String> takeFindings() {
        synchronized (FINDINGS) {
            List<String> findings = List.copyOf(FINDINGS);
            FINDINGS.clear();
            return findings;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> findings = takeFindings();
        if (!findings.isEmpty()) {
            throw new AssertionError("frames that the schemas of OCPP 1.6 refuse:\n  " + String.join("\n  ", findings));
        }
    }
}
