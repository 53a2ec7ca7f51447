package dcocpp.modeltest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import dcocpp.controller.internal.ModelCabinet;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocppcheck.FrameCheck;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.testkit.FakeTimeSource;

/** Everything there is: a cabinet, a CSMS, a disk, and one life of the process after the other. Time stands still by itself. */
final class World {
    static final int CONNECTORS = 2;

    private static final Duration SLICE = Duration.ofMillis(200);
    private static final Duration WRITE_BACK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int FURTHEST_TASK = 400;

    private final FakeTimeSource time = new FakeTimeSource();
    private final ModelCabinet cabinet = new ModelCabinet(time);
    private final SimulatedCsms csms = new SimulatedCsms(time, time.now(), frames());
    private final Disk disk;
    private final PlantedBug bug;
    private Life life;
    private Path next;
    private long writeBackNanos;
    /** Where the process is to die, how often it passes there before, and whether a start or stop must have come up first. */
    private KillPoint killAt;
    private int passes;
    private boolean awaitingNews;
    private int kills;

    World(Path root, PlantedBug bug) {
        this.disk = new Disk(root);
        this.bug = bug;
        next = disk.fresh();
        begin();
        run(Duration.ofSeconds(2));
    }

    /** Every frame is right by the schemas of OCPP, in both directions. */
    private static SimulatedCsms.Witness frames() {
        FrameCheck check = FrameCheck.ofTest();
        return new SimulatedCsms.Witness() {
            @Override
            public void sent(String text) {
                check.sent(text);
            }

            @Override
            public void received(String text) {
                check.received(text);
            }
        };
    }

    private void begin() {
        Path folder = next;
        next = disk.fresh();
        life = new Life(time, cabinet, csms, folder, disk.fresh(), bug, this::pass);
    }

    private void pass(KillPoint point) {
        awaitingNews &= point != KillPoint.NEWS;
        if (point == killAt && !awaitingNews && passes-- <= 0) {
            kill();
        }
    }

    private void kill() {
        killAt = null;
        kills++;
        life.die(next);
    }

    /** Lets time go by. A process that dies on the way is away for a moment, then the next one begins. */
    private void run(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= SLICE.toMillis()) {
            time.advance(SLICE);
            if (!life.alive()) {
                life.bury();
                cabinet.watchdog();
                time.advance(Duration.ofSeconds(1));
                begin();
            }
            if (time.nanoTime() - writeBackNanos > WRITE_BACK.toNanos()) {
                writeBackNanos = time.nanoTime();
                life.writeBack();
            }
        }
    }

    void take(Step step) {
        Random random = new Random(step.noise());
        switch (step.kind()) {
            case PLUG -> cabinet.plug(cabinet.plugged(step.connectorId()) ? other(step.connectorId()) : step.connectorId());
            case UNPLUG -> cabinet.unplug(step.connectorId());
            case SWIPE -> life.swipe(step.idTag(), withCar(step.connectorId()));
            case REMOTE_START -> csms.call("RemoteStartTransaction",
                    "{\"connectorId\":" + withCar(step.connectorId()) + ",\"idTag\":\"" + step.idTag() + "\"}");
            case REMOTE_STOP -> csms.open(random.nextInt(CONNECTORS))
                    .ifPresent(open -> csms.call("RemoteStopTransaction", "{\"transactionId\":" + open.number() + "}"));
            case LINK_LOSS -> {
                if (random.nextInt(3) == 0) {
                    csms.dieSilently();
                } else {
                    csms.breakLink(Duration.ofSeconds(random.nextInt(60)));
                }
            }
            case CSMS_ERROR -> csms.mood(random.nextBoolean() ? SimulatedCsms.Mood.ERROR_AND_FORGET : SimulatedCsms.Mood.ERROR_AND_KEEP,
                    1 + random.nextInt(3));
            case CSMS_SILENCE -> csms.mood(random.nextBoolean() ? SimulatedCsms.Mood.SILENT_AND_FORGET : SimulatedCsms.Mood.SILENT_AND_KEEP, 1);
            case KILL -> {
                if (killAt != null) {
                    // The instant of the last one never came: then it is now.
                    kill();
                } else {
                    killAt = KillPoint.values()[random.nextInt(KillPoint.values().length)];
                    awaitingNews = random.nextBoolean();
                    passes = random.nextInt(killAt != KillPoint.TASK ? 4 : awaitingNews ? 20 : FURTHEST_TASK);
                }
            }
            case SWAP -> {
                life.stopProtocol();
                run(Duration.ofMillis(100 + random.nextInt(5000)));
                if (!life.protocolRuns()) {
                    life.startProtocol();
                }
            }
            case CLOCK_JUMP -> time.adjust(time.now().plusSeconds(random.nextInt(7200) - 3600));
            default -> throw new IllegalArgumentException(step.toString());
        }
        run(step.pause());
    }

    private static int other(int connectorId) {
        return connectorId % CONNECTORS + 1;
    }

    private int withCar(int connectorId) {
        return cabinet.plugged(connectorId) ? connectorId : other(connectorId);
    }

    /** Cars drive away, everything works again, and all that is owed is delivered. */
    Verdict end() {
        if (killAt != null) {
            kill();
        }
        csms.behave();
        for (int id = 1; id <= CONNECTORS; id++) {
            cabinet.unplug(id);
        }
        run(Duration.ofSeconds(15));
        long end = time.nanoTime() + PATIENCE.toNanos();
        while (!life.drained() && time.nanoTime() < end) {
            run(Duration.ofSeconds(1));
        }
        return new Verdict(csms, life.journal(), life.drained());
    }

    int kills() {
        return kills;
    }

    void close() {
        life.die(next);
        life.bury();
    }

    /** Lives through all steps; what is wrong in the end, empty if nothing is. */
    static List<String> live(Path root, List<Step> steps, PlantedBug bug, Tally tally) {
        World world = new World(root, bug);
        try {
            steps.forEach(world::take);
            Verdict verdict = world.end();
            tally.add(steps, world.kills(), verdict.transactions());
            return verdict.faults();
        } catch (AssertionError | StoreException e) {
            return List.of("it broke: " + e);
        } finally {
            world.close();
        }
    }
}
