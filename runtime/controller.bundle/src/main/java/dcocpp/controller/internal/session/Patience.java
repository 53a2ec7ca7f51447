package dcocpp.controller.internal.session;

import java.time.Duration;

/**
 * How long a session waits.
 *
 * @param authorization for a token, or for the answer about one
 * @param plugIn for the plug, with a token that was accepted or is asked about
 * @param powerRequest for the plugged vehicle to ask for energy, with an accepted token
 */
record Patience(Duration authorization, Duration plugIn, Duration powerRequest) {
}
