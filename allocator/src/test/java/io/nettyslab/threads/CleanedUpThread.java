package io.nettyslab.threads;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.testing.Worker;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A thread whose thread locals Netty removes, but which nobody can give a task through Netty: no event executor. */
final class CleanedUpThread implements Worker {

    private final ExecutorService executor = Executors.newSingleThreadExecutor(FastThreadLocalThread::new);
    private Thread thread;

    CleanedUpThread() {
        run(() -> thread = Thread.currentThread());
    }

    @Override
    public <T> Future<T> start(Callable<T> task) {
        return executor.submit(task);
    }

    /** Ends the thread, and waits until it is dead: its thread locals are removed after the executor has ended. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            thread.join(TimeUnit.MINUTES.toMillis(1));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
