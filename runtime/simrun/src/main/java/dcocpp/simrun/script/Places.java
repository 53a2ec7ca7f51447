package dcocpp.simrun.script;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the line on which a part of a script stands. */
final class Places {

    private final Node root;

    private Places(Node root) {
        this.root = root;
    }

    /** The places of a text that is YAML. */
    static Places of(String text) {
        return new Places(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
    }

    /**
     * The line of a part, from 1; that of the innermost part that is there.
     *
     * @param path names of members and numbers of elements
     */
    int line(List<Object> path) {
        Node at = root;
        int line = at == null ? 0 : at.getStartMark().getLine();
        for (Object step : path) {
            Node next = null;
            if (at instanceof MappingNode mapping) {
                for (NodeTuple member : mapping.getValue()) {
                    if (member.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
                        line = key.getStartMark().getLine();
                        next = member.getValueNode();
                    }
                }
            } else if (at instanceof SequenceNode sequence && step instanceof Integer index && index < sequence.getValue().size()) {
                next = sequence.getValue().get(index);
                line = next.getStartMark().getLine();
            }
            if (next == null) {
                break;
            }
            at = next;
        }
        return line + 1;
    }

    /** The steps of Jackson's path. */
    static List<Object> steps(List<Reference> path) {
        List<Object> steps = new ArrayList<>();
        path.forEach(reference -> steps.add(reference.getFieldName() == null ? (Object) reference.getIndex() : reference.getFieldName()));
        return steps;
    }

    /** A path for people: {@code actions[2].fault.cause}. */
    static String text(List<Object> path) {
        StringBuilder text = new StringBuilder();
        for (Object step : path) {
            text.append(step instanceof Integer ? "[" + step + "]" : (text.isEmpty() ? "" : ".") + step);
        }
        return text.toString();
    }
}
