package dcocpp.planview;

/** What keeps a gun from more power. New ones are added at the end. */
public enum Limit {
    /** Nothing does: no session takes energy there. */
    IDLE("it takes no energy"),
    /** The vehicle asks for no more. */
    DEMAND("the vehicle asks for no more"),
    /** The gun's power limit: configuration, back office, vehicle, derating. */
    POWER_LIMIT("the power limit of the gun"),
    /** The gun's current limit: cable, vehicle, derating. */
    CURRENT_LIMIT("the current limit of the gun"),
    /** The modules that it can reach. */
    MODULES("the modules it can reach"),
    /** The site's limit, shared by all guns. */
    GRID("the limit of the site"),
    /** There is no module for it. */
    NO_MODULES("no module"),
    /** The planner: more would be possible, but not worth switching for at this moment. */
    PLANNER("the planner, which keeps what is switched");

    private final String words;

    Limit(String words) {
        this.words = words;
    }

    /** The same for people. */
    public String words() {
        return words;
    }
}
