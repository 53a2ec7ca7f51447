package com.example.charger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dcocpp.api.time.TimeSource;

/**
 * The front of the pretended cabinet, for people and tests: each line that is written to a file happens within half a second. A real
 * cabinet has none of this.
 *
 * <pre>
 * plug            a vehicle comes, with an empty battery
 * unplug          it is torn off
 * card 04A2B3C4   a card is held to the reader
 * stop            the emergency stop is pressed
 * release         and pulled out again
 * </pre>
 */
final class FrontPanel {

    private static final long PERIOD_MS = 250;
    private static final double EMPTY_WH = 40_000;

    private final PretendBoard board;
    private final Path file;
    private final ScheduledExecutorService agent;

    FrontPanel(TimeSource time, PretendBoard board, Path file) {
        this.board = board;
        this.file = file;
        this.agent = time.newAgent("dcocpp-sample-panel");
        agent.scheduleWithFixedDelay(this::read, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        // One that is still empty is about to be written.
        if (file.toFile().length() == 0) {
            return;
        }
        try {
            // Moved first: what is written meanwhile makes a new file.
            Path taken = Files.move(file, file.resolveSibling(file.getFileName() + ".taken"),
                    StandardCopyOption.REPLACE_EXISTING);
            List<String> lines = Files.readAllLines(taken);
            Files.delete(taken);
            lines.forEach(this::happen);
        } catch (IOException unreadable) {
            // Tried again with the next period.
        }
    }

    private void happen(String line) {
        String[] words = line.strip().split(" +");
        switch (words[0]) {
            case "plug" -> board.plug(EMPTY_WH);
            case "unplug" -> board.unplug();
            case "card" -> board.card(words[1]);
            case "stop" -> board.pressStop(true);
            case "release" -> board.pressStop(false);
            default -> {
                // Not a line of this panel.
            }
        }
    }

    void close() {
        agent.shutdownNow();
    }
}
