package io.nettyslab.testing;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A thread with everything that makes an event loop of one, except a transport. */
public final class EventLoop implements Worker {

    private final EventExecutor executor = new DefaultEventExecutor(new DefaultThreadFactory(EventLoop.class, true));

    @Override
    public <T> Future<T> start(Callable<T> task) {
        return executor.submit(task);
    }

    /** Ends the thread, and waits until it has removed its thread locals. */
    @Override
    public void close() {
        executor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        executor.terminationFuture().awaitUninterruptibly();
    }
}
