package dcocpp.launcher.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PlotsTest {

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()).toList();
    }

    @Test
    void everyPlotIsWholeAndNamesItsAxes() throws Exception {
        for (Map.Entry<String, String> plot : Plots.of(Records.good()).entrySet()) {
            List<String> texts = texts(parsed(plot.getValue()));
            assertTrue(texts.contains("time, min"), () -> plot.getKey() + texts);
            assertTrue(texts.contains("60"), () -> plot.getKey() + texts);
        }
        assertEquals(List.of("MB", "number", "kW", "kWh"), List.of("memory.svg", "resources.svg", "power.svg", "energy.svg").stream()
                .map(name -> Plots.of(Records.good()).get(name)).map(svg -> {
                    try {
                        return texts(parsed(svg)).stream().filter(List.of("MB", "number", "kW", "kWh")::contains).findFirst().orElse("");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }).toList());
    }

    @Test
    void aCurveGoesWhereItsSamplesAre() throws Exception {
        SoakRecord record = Records.with(Records.samples(Map.of(Figure.POWER_W, at -> at < 1800 ? 0 : 500_000)));
        String points = ((org.w3c.dom.Element) parsed(Plots.of(record).get("power.svg")).getElementsByTagName("polyline").item(0))
                .getAttribute("points");
        String[] all = points.split(" ");
        assertEquals(361, all.length);
        assertEquals("70,318", all[0], "0 kW at the left end of the time axis");
        assertEquals("930,58", all[360], "500 kW at its right end, at the top of the axis");
    }

    @Test
    void aGunIsDrawnInStretches() throws Exception {
        List<Sample> samples = Records.samples(Map.of());
        for (int i = 100; i < 200; i++) {
            Sample sample = samples.get(i);
            samples.set(i, new Sample(sample.atSeconds(), sample.figures(), List.of("Faulted", "Available"), sample.registersMilliWh(),
                    List.of()));
        }
        Document svg = parsed(Plots.of(Records.with(samples)).get("guns.svg"));
        NodeList bars = svg.getElementsByTagName("rect");
        long rows = IntStream.range(0, bars.getLength()).mapToObj(i -> (org.w3c.dom.Element) bars.item(i))
                .filter(bar -> bar.getAttribute("height").equals("16")).count();
        assertEquals(4, rows, "three stretches of gun 1, one of gun 2");
        assertTrue(texts(svg).containsAll(List.of("gun 1", "gun 2", "Faulted", "Charging", "Available")), texts(svg)::toString);
        assertFalse(texts(svg).contains("Reserved"));
    }

    @Test
    void aRecordWithoutSamplesHasEmptyPlots() throws Exception {
        SoakRecord empty = new SoakRecord(Records.run(false), List.of(), List.of(), List.of(), List.of(), Optional.empty());
        for (String svg : Plots.of(empty).values()) {
            assertEquals(0, parsed(svg).getElementsByTagName("polyline").getLength());
        }
    }

    @Test
    void aDayHasAnAxisInHours() throws Exception {
        Sample last = new Sample(86_400, Map.of("rssBytes", 2e8), List.of(), List.of(), List.of());
        assertTrue(texts(parsed(Plots.of(Records.with(List.of(last))).get("memory.svg"))).containsAll(List.of("time, h", "24")));
    }
}
