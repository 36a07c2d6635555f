package io.nettyslab.jmh;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Says when a virtual thread gives way. Nothing else makes it: the first ones would keep all cores for the whole run.
 * Threads of other kinds lose their core to each other anyway.
 *
 * <p>Giving way takes microseconds, and it has to be rare, or the score tells about that and not about the allocator.
 * Rarer still, and an iteration would be over before each thread had had its turn a few times.
 */
@State(Scope.Thread)
public class Turn {

    private static final boolean ON_VIRTUAL_THREADS = "VIRTUAL".equals(System.getProperty("jmh.executor"));

    /** How often the benchmark is called in one turn. */
    private static final int INVOCATIONS = 8;

    private int left = INVOCATIONS;

    /** Called at the end of each invocation. */
    void tick() {
        if (ON_VIRTUAL_THREADS && --left == 0) {
            left = INVOCATIONS;
            LockSupport.parkNanos(1); // a yield would let only those run that have begun, and JMH waits for the others
        }
    }
}
