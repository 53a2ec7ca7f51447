package com.example.charger;

/** A vehicle with a battery of 400 V, as the board sees it through the charging cable. */
final class PretendVehicle {

    private static final double BATTERY_V = 400;
    private static final double RESISTANCE_OHM = 0.05;
    private static final double HEADROOM_V = 10;
    private static final double MAX_A = 100;
    private static final double MAX_V = 450;
    private static final double BATTERY_WH = 60_000;
    private static final double FLOWING_A = 1;
    private static final double MICRO_J_PER_WH = 3.6e9;

    /** Where the conversation is, with the number that the firmware of the board gives it and how long it takes. */
    private enum Stage {
        TALK(1, 1_000), AUTHORIZATION(4, 0), CABLE_CHECK(6, 1_000), PRECHARGE(8, 1_000), READY(9, 0), CHARGING(10, 0), DONE(12, 0);

        private final int number;
        private final long nanos;

        Stage(int number, long millis) {
            this.number = number;
            this.nanos = millis * 1_000_000;
        }
    }

    private final double needMicroJ;
    private double takenMicroJ;
    private Stage stage = Stage.TALK;
    private long sinceNanos;

    PretendVehicle(double needWh, long nowNanos) {
        this.needMicroJ = needWh * MICRO_J_PER_WH;
        this.sinceNanos = nowNanos;
    }

    void step(long nowNanos, boolean authorized, boolean locked, boolean safe, double currentA) {
        boolean over = nowNanos - sinceNanos >= stage.nanos;
        Stage next = switch (stage) {
            case TALK -> over ? Stage.AUTHORIZATION : stage;
            case AUTHORIZATION -> authorized && locked && safe ? Stage.CABLE_CHECK : stage;
            case CABLE_CHECK -> over ? Stage.PRECHARGE : stage;
            case PRECHARGE -> over ? Stage.READY : stage;
            case READY, CHARGING -> takenMicroJ >= needMicroJ ? Stage.DONE : currentA >= FLOWING_A ? Stage.CHARGING : stage;
            case DONE -> stage;
        };
        boolean talksOfEnergy = stage.compareTo(Stage.CABLE_CHECK) >= 0 && stage != Stage.DONE;
        if (talksOfEnergy && !(authorized && safe)) {
            next = Stage.AUTHORIZATION;
        }
        sinceNanos = next == stage ? sinceNanos : nowNanos;
        stage = next;
    }

    /** What it tells. Of itself it says nothing before it is authorized. */
    void tell(Fields answer, double currentA, boolean gunClosed) {
        answer.put("STAGE", stage.number).put("CABLE", within(Stage.PRECHARGE, Stage.CHARGING)).put("PRE", stage == Stage.PRECHARGE)
                .put("READY", connected()).put("DONE", stage == Stage.DONE);
        if (within(Stage.CABLE_CHECK, Stage.DONE)) {
            answer.put("EVMAXV", MAX_V).put("EVMAXI", MAX_A).put("EVMAXP", MAX_V * MAX_A)
                    .put("SOC", 20 + 100 * takenMicroJ / MICRO_J_PER_WH / BATTERY_WH);
        }
        if (within(Stage.PRECHARGE, Stage.CHARGING)) {
            answer.put("WANTV", terminalV(currentA) + (gunClosed ? HEADROOM_V : 0)).put("WANTI", MAX_A);
        }
    }

    private boolean within(Stage first, Stage last) {
        return stage.compareTo(first) >= 0 && stage.compareTo(last) <= 0;
    }

    String pilot() {
        return within(Stage.CABLE_CHECK, Stage.CHARGING) ? "C" : "B";
    }

    /** Its own contactor is closed: the battery is at the inlet. */
    boolean connected() {
        return stage == Stage.READY || stage == Stage.CHARGING;
    }

    double batteryV() {
        return BATTERY_V;
    }

    double terminalV(double currentA) {
        return BATTERY_V + RESISTANCE_OHM * currentA;
    }

    /** The current under the set point of the module, what the module can, what is offered and what the battery takes, A. */
    double takes(Fields wanted) {
        if (wanted.number("OFFERV") < BATTERY_V) {
            return 0;
        }
        double driven = (wanted.number("V") - BATTERY_V) / RESISTANCE_OHM;
        double most = Math.min(MAX_A, PretendBoard.RATED_W / MAX_V);
        double offered = Math.min(wanted.number("OFFERI"), wanted.number("OFFERP") / MAX_V);
        return Math.max(0, Math.min(Math.min(driven, wanted.number("I")), Math.min(most, offered)));
    }

    void charge(long microJ) {
        takenMicroJ += microJ;
    }
}
