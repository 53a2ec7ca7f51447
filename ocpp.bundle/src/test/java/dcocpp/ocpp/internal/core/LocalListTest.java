package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** The local authorization list: how the back office changes it, and what it decides. */
class LocalListTest {

    private static final String ACCEPTED = "{\"status\":\"Accepted\"}";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
        station.keys.put("Core.LocalAuthorizeOffline", true);
    }

    private static String tag(String idTag, String info) {
        return "{\"idTag\":\"" + idTag + "\"" + (info.isEmpty() ? "" : ",\"idTagInfo\":" + info) + "}";
    }

    private String send(String type, int version, String... tags) {
        return station.backOffice.call("SendLocalList", "{\"listVersion\":" + version + ",\"updateType\":\"" + type
                + "\",\"localAuthorizationList\":[" + String.join(",", tags) + "]}").get("status").textValue();
    }

    private int version() {
        return station.backOffice.call("GetLocalListVersion", "{}").get("listVersion").intValue();
    }

    private AuthorizationAnswer ask(String idTag) {
        int before = station.charger.answers.size();
        station.post(() -> station.point.authorize(Requests.authorization(idTag)));
        return station.charger.answers.get(before);
    }

    private void goOffline() {
        station.backOffice.reachable(false);
        station.backOffice.hangUp();
    }

    private List<FakeBackOffice.Request> conflicts() {
        return station.backOffice.requests("StatusNotification").stream()
                .filter(request -> request.payload().get("errorCode").textValue().equals("LocalListConflict")).toList();
    }

    @Test
    void aFullListReplacesWhatWasThereAndSurvivesARestart() {
        station.start();
        assertEquals(0, version());
        assertEquals("Accepted", send("Full", 7, tag("OLD", ACCEPTED)));
        assertEquals("Accepted", send("Full", 3, tag("NEW", ACCEPTED)), "any version will do");
        assertEquals(3, version());
        station.stop();
        station.start();
        assertEquals(3, version());
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("new").verdict(), "tags are not case sensitive");
        assertEquals(Verdict.INVALID, ask("OLD").verdict());
    }

    @Test
    void aListWithoutTagsIsEmptyAndItsVersionIsZero() {
        station.start();
        send("Full", 7, tag("TAG", ACCEPTED));
        assertEquals("Accepted", station.backOffice.call("SendLocalList", "{\"listVersion\":8,\"updateType\":\"Full\"}")
                .get("status").textValue());
        assertEquals(0, version());
        assertEquals("VersionMismatch", send("Differential", 0, tag("TAG", ACCEPTED)));
        assertEquals("Accepted", send("Differential", 1, tag("TAG", ACCEPTED)), "1 is newer than the 0 that was told");
        assertEquals(1, version());
        assertEquals("Accepted", send("Differential", 2, tag("TAG", "")));
        assertEquals(0, version(), "nor does it matter how it became empty");
        assertEquals("Accepted", send("Differential", 1, tag("TAG", ACCEPTED)));
    }

    @Test
    void differencesAddChangeAndRemoveTags() {
        station.start();
        send("Full", 1, tag("STAYS", ACCEPTED), tag("CHANGES", ACCEPTED), tag("GOES", ACCEPTED));
        assertEquals("Accepted", send("Differential", 2, tag("changes", "{\"status\":\"Blocked\"}"), tag("GOES", ""), tag("NEVER-WAS", ""),
                tag("COMES", "{\"status\":\"Accepted\",\"parentIdTag\":\"GROUP\"}")));
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("STAYS").verdict());
        assertEquals(Verdict.BLOCKED, ask("CHANGES").verdict());
        assertEquals(Verdict.INVALID, ask("GOES").verdict());
        assertEquals("GROUP", ask("COMES").parentIdTag());
    }

    @ParameterizedTest
    @CsvSource({"5", "4", "0", "-1"})
    void differencesToAnOlderOrTheSameVersionAreAMismatch(int version) {
        station.start();
        send("Full", 5, tag("TAG", ACCEPTED));
        assertEquals("VersionMismatch", send("Differential", version, tag("OTHER", ACCEPTED)));
        assertEquals(5, version());
    }

    @Test
    void whatCannotBeMeantFailsAndChangesNothing() {
        station.start();
        send("Full", 5, tag("TAG", ACCEPTED));
        assertEquals("Failed", send("Full", 6, tag("OTHER", ACCEPTED), tag("other", ACCEPTED)), "a tag twice");
        assertEquals("Failed", send("Differential", 6, tag("OTHER", ACCEPTED), tag("OTHER", "")), "in and out at once");
        assertEquals("Failed", send("Full", 6, tag("OTHER", "")), "a full list says what each tag is");
        assertEquals("Failed", send("Full", 6, tag("", ACCEPTED)));
        assertEquals("Failed", send("Full", -1, tag("OTHER", ACCEPTED)));
        assertEquals("Failed", send("Full", 0, tag("OTHER", ACCEPTED)), "0 is an empty list");
        assertEquals("FormationViolation", station.backOffice.call("SendLocalList",
                "{\"listVersion\":6,\"updateType\":\"Full\",\"localAuthorizationList\":["
                + tag("A".repeat(21), ACCEPTED) + "]}").textValue());
        assertEquals(5, version());
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict());
        assertEquals(Verdict.INVALID, ask("OTHER").verdict());
    }

    @Test
    void neitherARequestNorTheListMayBeTooLong() {
        station.keys.put("LocalAuthListManagement.SendLocalListMaxLength", 3);
        station.keys.put("LocalAuthListManagement.LocalAuthListMaxLength", 4);
        station.start();
        assertEquals("Failed", send("Full", 1, many(1, 4)));
        assertEquals("Accepted", send("Full", 1, many(1, 3)));
        assertEquals("Failed", send("Differential", 2, many(3, 5)), "five tags in all");
        assertEquals(1, version());
        assertEquals("Accepted", send("Differential", 2, many(2, 4)), "four in all");
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("TAG-4").verdict());
        assertEquals(Verdict.INVALID, ask("TAG-5").verdict());
    }

    private static String[] many(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> tag("TAG-" + number, ACCEPTED)).collect(Collectors.toList())
                .toArray(String[]::new);
    }

    @Test
    void aDisabledListIsNotSupportedAndDecidesNothing() {
        station.start();
        send("Full", 5, tag("TAG", "{\"status\":\"Blocked\"}"));
        assertEquals("Accepted", station.backOffice.call("ChangeConfiguration",
                "{\"key\":\"LocalAuthListEnabled\",\"value\":\"false\"}").get("status").textValue());
        assertEquals("NotSupported", send("Full", 6, tag("OTHER", ACCEPTED)));
        assertEquals(-1, version());
        ask("TAG");
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict(), "what the cache says");
    }

    @Test
    void theListHasPrecedenceAndItsTagsAreNotKeptInTheCache() {
        station.start();
        ask("TAG");
        send("Full", 1, tag("TAG", "{\"status\":\"Blocked\"}"));
        goOffline();
        assertEquals(Verdict.BLOCKED, ask("TAG").verdict());
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict(), "a refusal of the list is asked again");
        send("Differential", 2, tag("TAG", ""));
        goOffline();
        assertEquals(Verdict.INVALID, ask("TAG").verdict(), "neither the list nor the cache knows it");
    }

    @Test
    void aTagOfTheListIsPreAuthorizedUntilItExpires() {
        station.keys.put("Core.LocalPreAuthorize", true);
        station.start();
        send("Full", 1, tag("TAG", "{\"status\":\"ConcurrentTx\",\"expiryDate\":\"2026-01-01T01:00:00Z\"}"));
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict(), "in a list ConcurrentTx is a valid tag");
        assertTrue(station.backOffice.requests("Authorize").isEmpty());
        station.advance(Duration.ofHours(1));
        ask("TAG");
        assertEquals(1, station.backOffice.requests("Authorize").size());
        goOffline();
        assertEquals(Verdict.EXPIRED, ask("TAG").verdict());
    }

    @Test
    void anAnswerThatContradictsTheListIsToldOnceForEachList() {
        station.start();
        send("Full", 1, tag("GOOD", ACCEPTED), tag("BAD", "{\"status\":\"Invalid\"}"));
        station.backOffice.answer("Authorize", payload -> "{\"idTagInfo\":{\"status\":\"Blocked\"}}");
        ask("BAD");
        assertTrue(conflicts().isEmpty(), "refused either way");
        ask("GOOD");
        ask("GOOD");
        assertEquals(1, conflicts().size());
        assertEquals(0, conflicts().get(0).payload().get("connectorId").intValue());
        assertEquals("Available", conflicts().get(0).payload().get("status").textValue());
        assertTrue(conflicts().get(0).payload().get("info").textValue().contains("GOOD"));
        send("Full", 2, tag("GOOD", ACCEPTED));
        station.journal.started("tx", 1, "GOOD", 0);
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Expired\"},\"transactionId\":9}");
        station.changed();
        assertEquals(2, conflicts().size());
    }

    private List<String> chargerStatuses() {
        return station.backOffice.requests("StatusNotification").stream().map(FakeBackOffice.Request::payload)
                .filter(payload -> payload.get("connectorId").intValue() == 0)
                .map(payload -> payload.get("status").textValue() + " " + payload.get("errorCode").textValue()).toList();
    }

    private void contradict() {
        station.backOffice.answer("Authorize", payload -> "{\"idTagInfo\":{\"status\":\"Blocked\"}}");
        ask("GOOD");
        assertEquals(List.of("Available LocalListConflict"), chargerStatuses());
    }

    @Test
    void aConflictIsTakenBackOnceWhenTheListChanges() {
        station.start();
        send("Full", 1, tag("GOOD", ACCEPTED));
        station.backOffice.forget();
        contradict();
        send("Full", 0, tag("GOOD", "{\"status\":\"Blocked\"}"));
        assertEquals(1, chargerStatuses().size(), "a list that was not taken mends nothing");
        send("Full", 2, tag("GOOD", "{\"status\":\"Blocked\"}"));
        assertEquals(List.of("Available LocalListConflict", "Available NoError"), chargerStatuses());
        send("Full", 3);
        assertEquals(2, chargerStatuses().size());
    }

    @Test
    void aConflictThatAnotherStatusHasTakenBackIsNotTakenBackAgain() {
        station.start();
        send("Full", 1, tag("GOOD", ACCEPTED));
        station.backOffice.forget();
        contradict();
        station.backOffice.call("ChangeAvailability", "{\"connectorId\":0,\"type\":\"Inoperative\"}");
        station.changed();
        send("Differential", 2, tag("GOOD", ""));
        assertEquals(List.of("Available LocalListConflict", "Unavailable NoError"), chargerStatuses());
    }
}
