package dcocpp.cantool;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunState;

/** The state of a gun as words, and what of it has changed. */
final class GunText {

    private final Map<String, String> shown = new LinkedHashMap<>();

    /** What is new since the last call, such as {@code cp B -> C, safe no -> yes}; empty when nothing is. */
    String changes(GunState gun, ContactorState gunContactor, ContactorState first, ContactorState second) {
        StringJoiner news = new StringJoiner(", ");
        tell(news, "link", gun.linkUp() ? "up" : "down");
        tell(news, "safe", yes(gun.safe()));
        tell(news, "cp", gun.cp().name());
        tell(news, "lock", yes(gun.lockEngaged()));
        tell(news, "authorized", yes(gun.authorizedEcho()));
        tell(news, "stage", String.valueOf(gun.hlc().stage()));
        tell(news, "ready", yes(gun.hlc().powerReady()));
        tell(news, "gun contactor", contactor(gunContactor));
        tell(news, "module 0", contactor(first));
        tell(news, "module 1", contactor(second));
        tell(news, "faults", gun.faults().isEmpty() ? "none" : gun.faults().stream()
                .map(fault -> fault.cause() + (fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")"))
                .collect(Collectors.joining("; ")));
        return news.toString();
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static String contactor(ContactorState contactor) {
        String position = contactor.position().name().toLowerCase(Locale.ROOT);
        return contactor.welded() ? position + " welded" : contactor.stuckOpen() ? position + " stuck" : position;
    }

    private void tell(StringJoiner news, String name, String value) {
        String before = shown.put(name, value);
        if (before == null) {
            news.add(name + " " + value);
        } else if (!before.equals(value)) {
            news.add(name + " " + before + " -> " + value);
        }
    }
}
