package io.nettyslab.jmh.preset;

import java.util.List;
import java.util.Set;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a benchmark is looked at. Iterations are short: what a step of so few nanoseconds costs is settled once its
 * code is compiled, and what then differs is the JVM, so time is better spent on another fork.
 *
 * @param forks JVMs, one after the other
 * @param warmups iterations that do not count
 * @param warmupMillis length of each
 * @param measurements iterations that count
 * @param measurementMillis length of each
 * @param setUpMillis what a JVM needs before and after its iterations beside its start, by estimate
 * @param touchesHeap whether a JVM touches its whole heap before it begins
 */
record Effort(
        int forks,
        int warmups,
        int warmupMillis,
        int measurements,
        int measurementMillis,
        int setUpMillis,
        boolean touchesHeap) {

    /**
     * For what changes while it runs: pools that fill, memory that gets mixed up. A mix that needs much code, such as
     * log-uniform sizes, is compiled after a second and a half.
     */
    static final Effort NORMAL = touched(3, 600, 4, 350, 500);

    /**
     * For many more busy threads than cores: beside them the threads of the JIT compiler starve, and it can take six
     * seconds until compiled code runs.
     */
    static final Effort STARVED = touched(8, 1000, 4, 350, 500);

    /** For threads that take turns: an iteration has to last several turns of each. */
    static final Effort TURNS = touched(5, 700, 4, 700, 500);

    /** For what is the same each time: access to one buffer. */
    static final Effort BRIEF = touched(2, 130, 3, 150, 300);

    /** For what makes its own allocators and is over when it is over: one shot, whatever time it takes. */
    static final Effort ONE_SHOT = touched(0, 1, 1, 1, 3100);

    /**
     * For what makes an allocator for each shot: a shot takes some 40 ms, most of it to clear away after the last one.
     */
    static final Effort SHOTS = touched(30, 40, 30, 40, 500);

    private static final Set<Effort> SAME_FOR_CONTROLS = Set.of(STARVED, TURNS, ONE_SHOT, SHOTS);

    private static Effort touched(
            int warmups, int warmupMillis, int measurements, int measurementMillis, int setUpMillis) {
        return new Effort(1, warmups, warmupMillis, measurements, measurementMillis, setUpMillis, true);
    }

    Effort forks(int count) {
        return new Effort(count, warmups, warmupMillis, measurements, measurementMillis, setUpMillis, touchesHeap);
    }

    /** For what leaves no garbage: nobody walks through the heap, so it need not be touched. */
    Effort untouched() {
        return new Effort(forks, warmups, warmupMillis, measurements, measurementMillis, setUpMillis, false);
    }

    /**
     * For controls: the same start, but a look of the length of {@link #BRIEF} in one JVM. Where threads keep the JIT
     * compiler waiting or take turns, those of the control do so as well.
     */
    Effort brief() {
        if (SAME_FOR_CONTROLS.contains(this)) {
            return this;
        }
        Effort brief = BRIEF.setUp(setUpMillis);
        return touchesHeap ? brief : brief.untouched();
    }

    Effort setUp(int millis) {
        return new Effort(forks, warmups, warmupMillis, measurements, measurementMillis, millis, touchesHeap);
    }

    /** Returns the estimated time of one benchmark with one choice of parameters. */
    long millis(StartMillis start) {
        return forks * (start.of(this) + setUpMillis + warmups * warmupMillis + measurements * measurementMillis);
    }

    /** Returns the JVM flags to append to those of every benchmark. */
    List<String> flags() {
        return touchesHeap ? List.of() : List.of("-XX:-AlwaysPreTouch");
    }

    void apply(ChainedOptionsBuilder options) {
        options.forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(warmupMillis))
                .measurementIterations(measurements)
                .measurementTime(TimeValue.milliseconds(measurementMillis));
    }
}
