package io.nettyslab.jmh.report;

/** How a row stands against its target. */
enum Verdict {
    /** The target is missed: all iterations of some rival were faster than all of ours. */
    SLOWER("slower"),

    /** The target is missed in some other way: too little ahead, over a limit, or too much garbage. */
    MISSED("missed"),

    /** The target is "never slower", and we are slower on average, but not in all iterations. */
    BEHIND("behind"),

    /** The target is "never slower", and we are not slower on average, but not faster in all iterations. */
    EVEN("even"),

    /** The target is reached; where it is "never slower", all iterations of ours were faster than all of the rivals. */
    MET("met"),

    /** There is no target. */
    SHOWN("no target"),

    /** Something that the comparison needs is not there. */
    NOT_MEASURED("not measured");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** Returns whether the row was compared with a target. */
    boolean isJudged() {
        return this != SHOWN && this != NOT_MEASURED;
    }

    boolean isMiss() {
        return this == SLOWER || this == MISSED;
    }
}
