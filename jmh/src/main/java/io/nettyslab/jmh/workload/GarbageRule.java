package io.nettyslab.jmh.workload;

/** How many bytes for the garbage collector an operation of ours may leave. */
public enum GarbageRule {
    /** None at all. */
    NONE,

    /** No more than the better rival leaves: what is asked for is an object in any case. */
    AS_NETTYS_BEST,

    /** Not judged: the operation makes objects that have nothing to do with the allocator. */
    NOT_JUDGED
}
