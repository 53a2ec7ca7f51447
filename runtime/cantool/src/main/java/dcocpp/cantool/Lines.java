package dcocpp.cantool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dcocpp.can.internal.codec.CrcMode;
import dcocpp.canlog.CandumpLog;

/** Line after line from one form into the other. What is wrong is told with its number, and the rest is done all the same. */
public final class Lines {

    private final PrintWriter out;
    private final PrintWriter err;
    private int number;
    private int wrong;

    /**
     * @param err where wrong lines are told
     */
    public Lines(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    static JsonMapper mapper() {
        return JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    }

    /** candump lines into JSON; true when every line was one. */
    public boolean decode(BufferedReader in, CrcMode crcMode) throws IOException {
        FrameDecoder decoder = new FrameDecoder(crcMode);
        JsonMapper json = mapper();
        return each(in, line -> json.writeValueAsString(decoder.decode(CandumpLog.parse(line))));
    }

    /** JSON into candump lines; true when every line was a frame. */
    public boolean encode(BufferedReader in) throws IOException {
        JsonMapper json = mapper();
        return each(in, line -> CandumpLog.format(FrameEncoder.encode(json.readTree(line))));
    }

    boolean each(BufferedReader in, Work work) throws IOException {
        for (String line = in.readLine(); line != null && !out.checkError(); line = in.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                String result = work.of(line);
                if (!result.isEmpty()) {
                    out.println(result);
                }
            } catch (JsonProcessingException e) {
                wrong("no JSON: " + e.getOriginalMessage());
            } catch (IllegalArgumentException e) {
                wrong(e.getMessage());
            }
        }
        out.flush();
        return wrong == 0;
    }

    private void wrong(String reason) {
        wrong++;
        err.println("charger: line " + number + ": " + printable(reason));
        err.flush();
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }

    /** What is made of a line; nothing to say is the empty text. */
    interface Work {
        String of(String line) throws JsonProcessingException;
    }
}
