package dcocpp.launcher.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.Printable;
import dcocpp.launcher.plan.PlannerCall.PlannerFailure;
import dcocpp.planjson.PlanFormatException;
import dcocpp.planjson.PlanningJson;
import dcocpp.planview.Explanation;
import dcocpp.planview.RingSvg;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One case per line in, one answer per line out. A line that cannot be planned is told with its number and costs nothing but its own
 * answer.
 */
final class PlanLines {
    /** A planner that does not return so often never will. */
    private static final int MOST_HUNG = 3;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final PlannerCall planner;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean explain;
    private Optional<Path> svg;
    private int good;
    private int bad;

    /**
     * @param out takes the answers and nothing else
     * @param err takes what is wrong, and the explanations
     * @param explain explain each case
     * @param svg where to draw the ring of the first case
     */
    PlanLines(PlannerCall planner, PrintWriter out, PrintWriter err, boolean explain, Optional<Path> svg) {
        this.planner = planner;
        this.out = out;
        this.err = err;
        this.explain = explain;
        this.svg = svg;
    }

    /**
     * Plans line by line until the end.
     *
     * @return one of {@link ExitCode}: {@code OK} when every line was planned
     * @throws LaunchException when it makes no sense to go on
     */
    int run(BufferedReader cases) throws LaunchException, IOException, InterruptedException {
        int number = 0;
        for (String line = cases.readLine(); line != null; line = cases.readLine()) {
            number++;
            String text = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1).strip() : line.strip();
            if (text.startsWith("[") && good + bad == 0) {
                throw new LaunchException(ExitCode.FAILED, "line " + number + " begins a JSON list; one case per line is wanted, as "
                        + "\"jq -c '.[]' FILE\" writes them");
            }
            if (!text.isEmpty()) {
                line(number, text);
            }
            if (out.checkError()) {
                throw new LaunchException(ExitCode.FAILED, "standard output was closed after line " + number);
            }
            if (planner.hung() >= MOST_HUNG) {
                throw new LaunchException(ExitCode.FAILED, "the planner did not return " + MOST_HUNG + " times: given up after line "
                        + number);
            }
        }
        if (bad > 0) {
            err.println("charger: " + bad + " of " + (good + bad) + " cases could not be planned");
        }
        return bad == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void line(int number, String text) throws LaunchException, InterruptedException {
        try {
            JsonNode node = PlanningJson.parse(text);
            if (node.has("settings") || node.has("nowNanos")) {
                PlanningInput input = PlanningJson.readInput(node);
                Plan plan = planner.plan(input);
                out.println(PlanningJson.write(plan));
                show(number, "", input, plan);
            } else {
                CompactCase compact = CompactCase.read(node);
                compact.remarks().forEach(remark -> say("warning: line " + number + ": " + remark.getMessage()));
                Plan plan = planner.plan(compact.input());
                out.println(compact.result(plan));
                show(number, compact.name().map(name -> " (" + name.asText() + ")").orElse(""), compact.input(), plan);
            }
            good++;
        } catch (PlanFormatException | PlannerFailure e) {
            bad++;
            say("line " + number + ": " + e.getMessage());
        } catch (RuntimeException e) {
            // A plan that cannot even be written down: a planner may answer with anything.
            bad++;
            say("line " + number + ": the planner's plan is unusable: " + e);
        }
    }

    private void say(String what) {
        err.println("charger: " + Printable.line(what));
    }

    private void show(int number, String name, PlanningInput input, Plan plan) throws LaunchException {
        if (explain) {
            out.flush();
            err.println(Printable.line("line " + number + name + ":"));
            Explanation.lines(input, plan).forEach(line -> err.println(Printable.line(line)));
            err.println();
        }
        if (svg.isPresent()) {
            try {
                Files.writeString(svg.get(), RingSvg.draw(input, plan), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new LaunchException(ExitCode.FAILED, "the picture cannot be written: " + e, e);
            }
            svg = Optional.empty();
        }
    }
}
