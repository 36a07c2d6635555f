package io.nettyslab.jmh;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Says when a virtual thread gives way. Nothing else makes it: the first ones would keep all cores for the whole run.
 * Threads of other kinds lose their core to each other anyway.
 *
 * <p>Turns have to be short, since the clock of a thread starts with its first turn in an iteration: with few turns,
 * most of its waiting would not count. And giving way has to be cheap, or the score tells about that. Hence a yield
 * each time; but a yield alone would let only those run that have begun, and JMH waits for the others, so now and then
 * a thread parks, which takes microseconds of a core.
 */
@State(Scope.Thread)
public class Turn {

    private static final boolean ON_VIRTUAL_THREADS = "VIRTUAL".equals(System.getProperty("jmh.executor"));

    private static final int YIELDS_BETWEEN_PARKS = 15;

    private int yieldsLeft = YIELDS_BETWEEN_PARKS;

    /** Called at the end of each invocation. */
    void end() {
        if (ON_VIRTUAL_THREADS) {
            if (yieldsLeft-- > 0) {
                Thread.yield();
            } else {
                yieldsLeft = YIELDS_BETWEEN_PARKS;
                LockSupport.parkNanos(1);
            }
        }
    }
}
