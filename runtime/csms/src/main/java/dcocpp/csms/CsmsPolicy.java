package dcocpp.csms;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the CSMS answers. Immutable; {@link DemoCsms#policy(CsmsPolicy)} puts another one in force at any time.
 *
 * @param knownTags tags that may charge; empty means every tag that is not blocked. Compared without regard to case
 * @param blockedTags tags that are answered with Blocked
 * @param parentTags parent (group) of a tag
 * @param bootAnswer answer to BootNotification
 * @param heartbeatInterval sent with each boot answer, in whole seconds: the heartbeat of an accepted charge point,
 *     the waiting time of the others
 * @param password password that a charge point must show with HTTP Basic authentication, its id being the user;
 *     empty means that nobody is asked
 */
public record CsmsPolicy(
        Set<String> knownTags,
        Set<String> blockedTags,
        Map<String, String> parentTags,
        BootAnswer bootAnswer,
        Duration heartbeatInterval,
        Optional<String> password) {

    /** Checks the values and copies the collections. */
    public CsmsPolicy {
        knownTags = knownTags.stream().map(CsmsPolicy::normal).collect(Collectors.toUnmodifiableSet());
        blockedTags = blockedTags.stream().map(CsmsPolicy::normal).collect(Collectors.toUnmodifiableSet());
        parentTags = parentTags.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(e -> normal(e.getKey()), Map.Entry::getValue));
        Objects.requireNonNull(bootAnswer, "bootAnswer");
        Objects.requireNonNull(password, "password");
        if (heartbeatInterval.toSeconds() < 1) {
            throw new IllegalArgumentException("heartbeatInterval is " + heartbeatInterval + ", it must be at least one second");
        }
    }

    /** Accepts every charge point and every tag, asks for a heartbeat each five minutes. */
    public static CsmsPolicy acceptAll() {
        return new CsmsPolicy(Set.of(), Set.of(), Map.of(), BootAnswer.ACCEPTED, Duration.ofMinutes(5), Optional.empty());
    }

    /** The same policy, in which only these tags may charge. */
    public CsmsPolicy withKnownTags(String... tags) {
        return new CsmsPolicy(Set.of(tags), blockedTags, parentTags, bootAnswer, heartbeatInterval, password);
    }

    /** The same policy, in which these tags are blocked. */
    public CsmsPolicy withBlockedTags(String... tags) {
        return new CsmsPolicy(knownTags, Set.of(tags), parentTags, bootAnswer, heartbeatInterval, password);
    }

    /** The same policy with these parents of tags. */
    public CsmsPolicy withParentTags(Map<String, String> parents) {
        return new CsmsPolicy(knownTags, blockedTags, parents, bootAnswer, heartbeatInterval, password);
    }

    /** The same policy with another answer to BootNotification. */
    public CsmsPolicy withBootAnswer(BootAnswer answer) {
        return new CsmsPolicy(knownTags, blockedTags, parentTags, answer, heartbeatInterval, password);
    }

    /** The same policy with another heartbeat interval. */
    public CsmsPolicy withHeartbeatInterval(Duration interval) {
        return new CsmsPolicy(knownTags, blockedTags, parentTags, bootAnswer, interval, password);
    }

    /** The same policy, in which charge points must show this password. */
    public CsmsPolicy withPassword(String secret) {
        return new CsmsPolicy(knownTags, blockedTags, parentTags, bootAnswer, heartbeatInterval, Optional.of(secret));
    }

    /** An idTag is a CiString: upper and lower case are the same tag. */
    static String normal(String tag) {
        return tag.toUpperCase(Locale.ROOT);
    }
}
