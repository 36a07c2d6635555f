package io.nettyslab.threads;

import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.util.function.Supplier;

/** The kinds of threads the allocator tells apart. */
enum WorkerKind {
    EVENT_LOOP(EventLoop::new),
    CLEANED_UP(CleanedUpThread::new),
    PLAIN(PlainThread::new);

    private final Supplier<Worker> start;

    WorkerKind(Supplier<Worker> start) {
        this.start = start;
    }

    Worker start() {
        return start.get();
    }
}
