package dcocpp.planview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

class RingSvgTest {

    private static final String HOSTILE = "</title><script>alert('1')</script>&\"\u0000";

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg))).getDocumentElement();
    }

    private static List<Element> all(Element root, String tag) {
        NodeList nodes = root.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Element draw(Rings ring) throws Exception {
        return parse(RingSvg.draw(ring.input(), ring.plan()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12, 128})
    void everySlotIsInsideThePicture(int slots) throws Exception {
        Element root = draw(new Rings(slots).idleGun(1));
        double size = Double.parseDouble(root.getAttribute("width"));
        assertEquals("0 0 " + root.getAttribute("width") + " " + root.getAttribute("height"), root.getAttribute("viewBox"));
        assertEquals(slots, all(root, "circle").size());
        assertEquals(slots == 1 ? 0 : slots, all(root, "path").size());
        assertEquals(2 * slots, all(root, "rect").size());
        for (Element text : all(root, "text")) {
            double x = Double.parseDouble(text.getAttribute("x"));
            double y = Double.parseDouble(text.getAttribute("y"));
            assertTrue(x > 0 && x < size && y > 0 && y < size, text.getTextContent());
        }
    }

    @Test
    void theReaderOfAScreenHearsWhatTheEyeSees() throws Exception {
        Element root = draw(new Rings(4).gun(1, 90_000, 90_000, 200).island(1, 90_000, List.of(1, 2), "M1_0", "M1_1", "M2_0"));
        assertEquals("img", root.getAttribute("role"));
        assertEquals("gun 1 90.0 kW of 90.0 kW from M1_0 M1_1 M2_0 in slots 1 2; together 90.0 kW of unlimited",
                all(root, "desc").get(0).getTextContent());
        List<String> titles = all(root, "title").stream().map(Element::getTextContent).toList();
        for (String title : List.of("slot 1, gun 1: 90.0 kW", "slot 2, for gun 1", "slot 3, free", "MC_1 closed", "MC_2 open",
                "M2_0 feeding", "M2_1 idle")) {
            assertTrue(titles.contains(title), title + " in " + titles);
        }
    }

    @Test
    void theContactorsOfAnIslandAreDrawnInItsColourAndFaultsInWords() throws Exception {
        Rings ring = new Rings(5).gun(1, 90_000, 90_000, 200).island(1, 90_000, List.of(1, 2), "M1_0", "M1_1", "M2_0");
        ring.contactor("MC_3", Position.CLOSED, true, false);
        ring.contactor("MC_4", Position.OPEN, false, true);
        Element root = draw(ring);
        String island = all(root, "circle").get(0).getAttribute("stroke");
        assertEquals(island, all(root, "path").get(0).getAttribute("stroke"));
        assertFalse(all(root, "path").get(0).hasAttribute("stroke-dasharray"));
        assertTrue(all(root, "path").get(1).hasAttribute("stroke-dasharray"));
        List<String> texts = all(root, "text").stream().map(Element::getTextContent).toList();
        assertTrue(texts.contains("MC_3 welded") && texts.contains("MC_4 does not close"), texts.toString());
    }

    @Test
    void namesFromElsewhereStayText() throws Exception {
        Rings plain = new Rings(1);
        SlotInput slot = new SlotInput(1, 1, HOSTILE, HOSTILE, 2, true, List.of(new ModuleInput(HOSTILE, HOSTILE, 1, true, 0, 0)));
        SlotInput other = new SlotInput(2, 2, HOSTILE, HOSTILE, 1, true, List.of());
        PlanningInput input = new PlanningInput(0, plain.input().settings(), 1, List.of(slot, other),
                List.of(new GunInput(1, true, 1, 1, 1, 1, 1)), List.of(new ContactorInput(HOSTILE, Position.CLOSED, true, false, 0)),
                Plan.EMPTY);
        Plan plan = new Plan(List.of(new Island(1, List.of(1), List.of(HOSTILE), 1, 1, 1, Island.Reason.DEMAND)), Set.of(HOSTILE),
                PlannerMemory.NONE);
        String svg = RingSvg.draw(input, plan);
        Element root = parse(svg);
        assertEquals(List.of(), all(root, "script"));
        assertTrue(all(root, "title").stream().anyMatch(title -> title.getTextContent().equals(HOSTILE.replace('\u0000', '?') + " welded")),
                svg);
    }

    @Test
    void aPlanThatNamesWhatIsNotThereIsDrawnAllTheSame() throws Exception {
        Element root = draw(new Rings(3).gun(1, 60_000, 60_000, 200).island(1, Double.NaN, List.of(99, 1), "nobody"));
        assertEquals(3, all(root, "circle").size());
    }
}
