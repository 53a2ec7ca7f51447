package dcocpp.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of a document and the tests that their rows name. Each table has a last column "shown by" with the names of tests in
 * backticks, {@code Class} or {@code Class.method}; a table below the line {@code <!-- no promises -->} is none of ours.
 */
final class DocTable {
    static final String NO_PROMISES = "<!-- no promises -->";

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern SEPARATOR = Pattern.compile("\\|[-| :]+\\|");
    /** Not at a bar that is escaped. */
    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");

    private DocTable() {
    }

    /** What is wrong with the document, given the tests that ran: each finding with its line. */
    static List<String> faults(List<String> lines, TestReports reports) {
        List<String> faults = new ArrayList<>();
        boolean promises = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String before = i == 0 ? "" : lines.get(i - 1).strip();
            if (!line.startsWith("|")) {
                continue;
            }
            boolean head = !before.startsWith("|");
            if (head) {
                promises = !before.equals(NO_PROMISES);
                if (promises && !lastCell(line).equalsIgnoreCase("shown by")) {
                    faults.add("line " + (i + 1) + ": the table has no last column \"shown by\"");
                    promises = false;
                }
            } else if (promises && !SEPARATOR.matcher(line).matches()) {
                int number = i + 1;
                row(lastCell(line), reports).forEach(fault -> faults.add("line " + number + ": " + fault));
            }
        }
        return faults;
    }

    private static String lastCell(String line) {
        String[] cells = CELL.split(line);
        return cells[cells.length - 1].strip();
    }

    private static List<String> row(String cell, TestReports reports) {
        List<String> faults = new ArrayList<>();
        int names = 0;
        for (Matcher name = NAME.matcher(cell); name.find(); names++) {
            String fault = reports.fault(name.group(1));
            if (!fault.isEmpty()) {
                faults.add(fault);
            }
        }
        if (names == 0) {
            faults.add("the row names no test");
        }
        return faults;
    }
}
