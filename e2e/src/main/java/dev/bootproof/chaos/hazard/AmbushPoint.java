package dev.bootproof.chaos.hazard;

/**
 * A point in the code of a service at which it can be killed.
 *
 * @param part the service
 * @param moment what has been done by then, like {@code before-effect}
 * @param type the class, with its package below {@code dev.bootproof}
 * @param method the method
 * @param exit whether at its end rather than at its beginning
 * @param topic only where a record for this topic is written; empty for any
 * @param words what it means, for people
 */
record AmbushPoint(String part, String moment, String type, String method, boolean exit, String topic, String words) {
    private static final String BUS = "stage.Bus";

    static AmbushPoint before(String part, String moment, String type, String method, String words) {
        return new AmbushPoint(part, moment, type, method, false, "", words);
    }

    static AmbushPoint after(String part, String moment, String type, String method, String words) {
        return new AmbushPoint(part, moment, type, method, true, "", words);
    }

    /** Right before a record goes to this topic. */
    static AmbushPoint writing(String part, String moment, String topic, String words) {
        return new AmbushPoint(part, moment, BUS, "write", false, topic, words);
    }

    /** When the broker has the record, and nothing has been committed. */
    static AmbushPoint written(String part, String moment, String topic, String words) {
        return new AmbushPoint(part, moment, BUS, "write", true, topic, words);
    }

    /** The name by which the hazard is asked for. */
    String hazard() {
        return "ambush-" + part + "-" + moment;
    }

    /** As a Byteman rule, which asks {@link dev.bootproof.chaos.hazard.agent.Trap} whether somebody set a trap. */
    String rule() {
        return """
                RULE %s
                CLASS dev.bootproof.%s
                METHOD %s
                HELPER dev.bootproof.chaos.hazard.agent.Trap
                AT %s
                IF %s
                DO step("%s")
                ENDRULE
                """.formatted(
                        hazard(),
                        type,
                        method,
                        exit ? "EXIT" : "ENTRY",
                        topic.isEmpty() ? "TRUE" : "$1.topic().equals(\"" + topic + "\")",
                        moment);
    }
}
