package io.nettyslab.jmh;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.ThreadExecutorMap;

/** Ends allocators that come one after the other in a JVM, so that nothing of them stays behind. For one thread. */
final class Discarding {

    private Discarding() {}

    /**
     * Ends the life of {@code allocator}, all of whose buffers have been released by this thread. The pools are made to
     * believe that this thread has ended, because they would keep what they hold for it; then a full collection finds
     * what Netty's pools give back in no other way.
     */
    static void discard(ByteBufAllocator allocator) {
        EventExecutor loop = ThreadExecutorMap.currentExecutor();
        FastThreadLocal.removeAll();
        ThreadExecutorMap.setCurrentExecutor(loop);
        AllocatorKind.close(allocator);
        System.gc();
    }
}
