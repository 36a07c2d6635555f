package io.nettyslab.jmh.preset;

/**
 * What a JVM with the flags of the benchmarks takes to start. To touch a heap of 2 GiB takes a fifth of a second on one
 * machine and five seconds on another, and most trials have one to three seconds of work.
 *
 * @param touched milliseconds, the whole heap touched
 * @param untouched milliseconds, none of it touched
 */
record StartMillis(long touched, long untouched) {

    /** Where memory is quick to get. */
    static final StartMillis QUICK = new StartMillis(400, 200);

    long of(Effort effort) {
        return effort.touchesHeap() ? touched : untouched;
    }
}
