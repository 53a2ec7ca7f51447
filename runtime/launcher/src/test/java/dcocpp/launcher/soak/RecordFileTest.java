package dcocpp.launcher.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.launcher.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {

    @TempDir
    private Path folder;

    private void write(SoakRecord record) throws LaunchException {
        try (RecordFile file = RecordFile.create(folder)) {
            file.write(record.run());
            for (Sample sample : record.samples()) {
                file.write(sample);
            }
            for (SoakRecord.Event event : record.events()) {
                file.write(event);
            }
            for (SoakRecord.Complaint complaint : record.complaints()) {
                file.write(complaint);
            }
            for (SoakRecord.Transaction transaction : record.transactions()) {
                file.write(transaction);
            }
            if (record.end().isPresent()) {
                file.write(record.end().get());
            }
        }
    }

    @Test
    void whatIsWrittenReadsBackToTheSame() throws Exception {
        SoakRecord good = Records.good();
        SoakRecord record = new SoakRecord(good.run(), Records.faulty("2:meterStale", 3, 5),
                List.of(new SoakRecord.Event(1, "link lost", "äöü | \"x\"", Double.NaN)), List.of(new SoakRecord.Complaint(2, "a\tb")),
                good.transactions(), good.end());
        write(record);
        SoakRecord read = RecordFile.read(folder);
        assertEquals(record, read);
        assertTrue(!read.events().get(0).over());
    }

    @Test
    void aRecordIsNotWrittenOver() throws Exception {
        write(Records.good());
        assertTrue(assertThrows(LaunchException.class, () -> RecordFile.create(folder)).getMessage().contains("--out"));
    }

    @Test
    void aLastLineThatWasCutOffIsPassedOver() throws Exception {
        write(Records.with((SoakRecord.End) null));
        Files.writeString(folder.resolve(RecordFile.NAME), "{\"type\":\"end\",\"atSec", StandardOpenOption.APPEND);
        assertEquals(Optional.empty(), RecordFile.read(folder).end());
    }

    @Test
    void whatIsNoRecordIsTold() throws Exception {
        assertTrue(assertThrows(LaunchException.class, () -> RecordFile.read(folder)).getMessage().startsWith("there is no samples.jsonl"));
        Files.writeString(folder.resolve(RecordFile.NAME), "{\"type\":\"run\"}\nnonsense\n{\"type\":\"sample\"}\n");
        assertTrue(assertThrows(LaunchException.class, () -> RecordFile.read(folder)).getMessage().startsWith("line 2 of "));
        Files.writeString(folder.resolve(RecordFile.NAME), "[]\n{}\n");
        assertTrue(assertThrows(LaunchException.class, () -> RecordFile.read(folder)).getMessage().startsWith("line 1 of "));
        Files.writeString(folder.resolve(RecordFile.NAME), "");
        assertTrue(assertThrows(LaunchException.class, () -> RecordFile.read(folder)).getMessage().contains("no record of charger soak"));
    }
}
