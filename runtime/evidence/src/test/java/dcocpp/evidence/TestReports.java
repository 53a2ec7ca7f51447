package dcocpp.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Which tests ran and how they ended, from the reports of surefire and failsafe. */
final class TestReports {
    private static final Pattern METHOD = Pattern.compile("^\\w+");

    private final String preferred;
    private final List<Case> cases = new ArrayList<>();

    /** @param preferred the beginning of the packages where a name that several modules have is meant */
    TestReports(String preferred) {
        this.preferred = preferred;
    }

    /** A test that ran, or was skipped. */
    record Case(String className, String method, boolean passed) {
        private String simpleName() {
            String top = className.contains("$") ? className.substring(0, className.indexOf('$')) : className;
            return top.substring(top.lastIndexOf('.') + 1);
        }
    }

    void add(String className, String method, boolean passed) {
        cases.add(new Case(className, method, passed));
    }

    /** Reads all reports in a folder. */
    void read(Path folder) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    read(factory.createXMLStreamReader(in));
                }
            }
        }
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        String className = null;
        String method = null;
        boolean passed = true;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "testcase" -> {
                        className = xml.getAttributeValue(null, "classname");
                        // Parameters, and what Pax Exam adds, come behind the name.
                        Matcher name = METHOD.matcher(xml.getAttributeValue(null, "name"));
                        method = name.find() ? name.group() : "";
                        passed = true;
                    }
                    case "skipped", "failure", "error" -> passed = false;
                    default -> { }
                }
            } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
                add(className, method, passed);
            }
        }
    }

    /**
     * Whether a test ran and all of it passed.
     *
     * @param name {@code Class} or {@code Class.method}; the name of a class that several modules have means the preferred one
     * @return what is wrong, empty if nothing is
     */
    String fault(String name) {
        String[] parts = name.split("\\.", 2);
        List<Case> ofClass = cases.stream().filter(one -> one.simpleName().equals(parts[0])).toList();
        if (ofClass.stream().map(Case::className).anyMatch(found -> found.startsWith(preferred))) {
            ofClass = ofClass.stream().filter(one -> one.className().startsWith(preferred)).toList();
        }
        List<Case> found = parts.length == 1 ? ofClass : ofClass.stream().filter(one -> one.method().equals(parts[1])).toList();
        if (found.isEmpty()) {
            return name + " did not run";
        }
        return found.stream().allMatch(Case::passed) ? "" : name + " was skipped or failed";
    }
}
