package dcocpp.launcher.soak;

/**
 * One question of the verdict.
 *
 * @param what it is about
 * @param wanted what would be right
 * @param found what was found, with its figures
 * @param outcome the answer
 */
record Criterion(String what, String wanted, String found, Outcome outcome) {

    /** The answer to a question. */
    enum Outcome {
        PASSED("passed"), FAILED("FAILED"),
        /** The record does not tell, or is too short to tell. */
        NOT_JUDGED("not judged");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Criterion of(String what, String wanted, String found, boolean right) {
        return new Criterion(what, wanted, found, right ? Outcome.PASSED : Outcome.FAILED);
    }

    static Criterion notJudged(String what, String wanted, String why) {
        return new Criterion(what, wanted, why, Outcome.NOT_JUDGED);
    }
}
