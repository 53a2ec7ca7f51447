package dcocpp.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import eu.chargetime.ocpp.OcaCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.message.MessageType;
import dcocpp.ocpp.internal.rpc.Frame;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.FrameWriter;

/** A message is made, checked and written, then read and checked: the codec alone, no connection, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CodecBenchmark {
    private static final String ID = "7d2a9a3e-2d53-4d6f-9a43-4b1f0a6b2c11";

    /** Which message. */
    @Param
    public Messages message;

    private final Catalogue catalogue = Catalogue.load();
    private final FrameCodec ours = new FrameCodec(catalogue);
    private final FrameWriter writer = new FrameWriter();
    private final OcaCodec theirs = new OcaCodec();
    private MessageType type;

    @Setup
    public void setUp() {
        type = catalogue.get(message.name());
    }

    @Benchmark
    public Object ours() throws Exception {
        Frame.Call call = (Frame.Call) ours.decode(writer.call(ID, type, message.ours(ours)), id -> Optional.empty());
        if (!call.findings().faults().isEmpty()) {
            throw new IllegalArgumentException(call.toString());
        }
        return call;
    }

    @Benchmark
    public Object javaOcaOcpp() throws Exception {
        return theirs.decode(theirs.encode(ID, message.name(), message.theirs()), message.type);
    }
}
