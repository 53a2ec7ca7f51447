package dcocpp.ocpp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.DataTransferAnswer;
import dcocpp.api.backoffice.DataTransferHandler;
import dcocpp.ocpp.internal.testing.ScriptedBackOffice;

/** A handler of DataTransfer as Declarative Services binds it, over a real WebSocket. */
class DataTransferWireTest {

    @TempDir
    private Path folder;
    private final ScriptedBackOffice backOffice = new ScriptedBackOffice();
    private Bundle bundle;

    @BeforeEach
    void setUp() {
        bundle = new Bundle(folder, backOffice.uri().toString());
        bundle.start();
    }

    @AfterEach
    void tearDown() {
        bundle.stop();
        backOffice.close();
    }

    /** The answer to a call; calls of the charge point stay unanswered. */
    private String answer(String call) throws Exception {
        backOffice.send(call);
        String frame = backOffice.receive();
        while (frame.startsWith("[2,")) {
            frame = backOffice.receive();
        }
        return frame;
    }

    @Test
    void aHandlerAnswersWhileItIsThere() throws Exception {
        backOffice.receive();
        DataTransferHandler echo = request -> new DataTransferAnswer(DataTransferAnswer.Status.ACCEPTED, request.data());
        bundle.component.addHandler(echo, Map.of(DataTransferHandler.VENDOR_ID, "org.example"));
        String payload = "{\"vendorId\":\"org.example\",\"data\":\"hello\"}";
        assertEquals("[3,\"a\",{\"status\":\"Accepted\",\"data\":\"hello\"}]", answer("[2,\"a\",\"DataTransfer\"," + payload + "]"));
        bundle.component.removeHandler(echo);
        assertEquals("[3,\"b\",{\"status\":\"UnknownVendorId\"}]", answer("[2,\"b\",\"DataTransfer\"," + payload + "]"));
    }
}
