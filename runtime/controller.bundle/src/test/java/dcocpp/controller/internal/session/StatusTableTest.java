package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.session.ConnectorStatus;

class StatusTableTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', value = {
            "''                                          | AVAILABLE",
            "plugged                                     | PREPARING",
            "plugged session                             | PREPARING",
            "session                                     | PREPARING",
            "plugged session transaction gunClosed asks  | CHARGING",
            "plugged session transaction gunClosed idle  | SUSPENDED_EV",
            "plugged session transaction gunClosed pause | SUSPENDED_EVSE",
            "plugged session transaction asks            | SUSPENDED_EVSE",
            "plugged session transaction                 | SUSPENDED_EV",
            "plugged session transaction finishing gunClosed | FINISHING",
            "plugged ended                               | FINISHING",
            "ended                                       | AVAILABLE",
            "reserved                                    | RESERVED",
            "reserved plugged                            | RESERVED",
            "inoperative                                 | UNAVAILABLE",
            "inoperative plugged ended                   | UNAVAILABLE",
            "inoperative plugged session transaction gunClosed | CHARGING",
            "faulted inoperative plugged session transaction   | FAULTED"})
    void conditionBecomesStatus(String words, ConnectorStatus expected) {
        Set<String> is = Set.of(words.isBlank() ? new String[0] : words.trim().split(" "));
        assertEquals(expected, StatusTable.status(new StatusTable.Condition(is.contains("faulted"), is.contains("inoperative"),
                is.contains("session"), is.contains("transaction"), is.contains("finishing"), is.contains("pause"),
                is.contains("gunClosed"), is.contains("asks"), is.contains("idle"), is.contains("plugged"), is.contains("ended"),
                is.contains("reserved"))));
    }
}
