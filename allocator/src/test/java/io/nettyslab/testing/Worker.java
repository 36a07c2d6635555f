package io.nettyslab.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** One thread that tasks can be given to. */
public interface Worker extends AutoCloseable {

    /** Something to do that returns nothing. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** Starts a task. */
    <T> Future<T> start(Callable<T> task);

    /** Runs a task and waits for it; what it throws is thrown here. */
    default <T> T call(Callable<T> task) {
        return await(start(task));
    }

    /** Runs a task and waits for it; what it throws is thrown here. */
    default void run(Task task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** Waits for a task; what it throws is thrown here. */
    static <T> T await(Future<T> started) {
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new AssertionError("on a worker: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void close();
}
