package io.nettyslab.jmh;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Runs JMH's workers on real event loops: {@code FastThreadLocalThread}s for which
 * {@code ThreadExecutorMap.currentExecutor()} answers. Adaptive gives only such threads magazines of their own, Pooled
 * only such threads caches; on JMH's own threads both would be measured on their slow paths.
 *
 * <p>JMH submits one task per worker and iteration, and the group hands them out in turn, so each loop gets exactly
 * one, and a worker stays on the same thread for a whole trial.
 */
public final class EventLoopExecutor extends MultiThreadIoEventLoopGroup {

    /** The signature that JMH looks for under {@code -Djmh.executor.class}. */
    public EventLoopExecutor(int maxThreads, String prefix) {
        super(maxThreads, new DefaultThreadFactory(prefix, true), LocalIoHandler.newFactory());
    }
}
