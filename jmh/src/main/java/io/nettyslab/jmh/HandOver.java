package io.nettyslab.jmh;

import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * A line from one sender to one or more receivers, each on an event loop of its own behind a bounded queue, which
 * release whatever arrives. The sender deals in turn and waits for a receiver whose queue is full.
 *
 * <p>{@link #send} and {@link #close} belong to one thread. The queue is JCTools' variant without {@code Unsafe}, on
 * which JDK 25 would print a warning.
 */
final class HandOver {

    /** Empty looks at a queue before the core is offered to somebody else. */
    private static final int SPINS = 64;

    private static final int CLOSE_TIMEOUT_SECONDS = 30;

    /** The last item in each queue. An item and not a flag, so that receivers read nothing but their queue. */
    private static final ReferenceCounted END = Unpooled.buffer(1);

    private final EventLoopExecutor loops;
    private final Receiver[] receivers;
    private int turn; // sender only
    private boolean closed; // sender only
    private volatile Throwable failure; // written by a receiver that gives up

    /**
     * Starts the receivers.
     *
     * @param receivers number of event loops that release
     * @param capacity items that may wait in front of each; a power of two
     */
    HandOver(int receivers, int capacity) {
        this.loops = new EventLoopExecutor(receivers, "receiver");
        this.receivers = new Receiver[receivers];
        for (int i = 0; i < receivers; i++) {
            this.receivers[i] = new Receiver(capacity);
            loops.execute(this.receivers[i]);
        }
    }

    /** Passes {@code item} on, and with it the duty to release it. */
    void send(ReferenceCounted item) {
        Receiver receiver = receivers[turn];
        turn = turn + 1 == receivers.length ? 0 : turn + 1;
        if (!receiver.queue.offer(item)) {
            waitForSpace(receiver, item);
        }
    }

    private void waitForSpace(Receiver receiver, ReferenceCounted item) {
        int idle = 0;
        do {
            refuseIfFailed();
            idle = backOff(idle);
        } while (!receiver.queue.offer(item));
    }

    /** Returns when everything sent has been released. A second call does nothing. */
    void close() throws InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (int i = 0; i < receivers.length; i++) {
                send(END);
            }
        } finally {
            loops.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        if (!loops.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("receivers: still busy after " + CLOSE_TIMEOUT_SECONDS + " s");
        }
        refuseIfFailed();
    }

    private void refuseIfFailed() {
        if (failure != null) {
            throw new IllegalStateException("a receiver failed", failure);
        }
    }

    private static int backOff(int idle) {
        if (idle < SPINS) {
            Thread.onSpinWait();
            return idle + 1;
        }
        // With more threads than cores, spinning on would keep the core from the very thread we wait for.
        Thread.yield();
        return idle;
    }

    /** Releases what arrives, up to the end. */
    private final class Receiver implements Runnable {
        final SpscAtomicArrayQueue<ReferenceCounted> queue;

        Receiver(int capacity) {
            queue = new SpscAtomicArrayQueue<>(capacity);
        }

        @Override
        public void run() {
            try {
                releaseAll(queue);
            } catch (Throwable e) {
                failure = e; // or the sender would wait for ever
            }
        }

        private static void releaseAll(SpscAtomicArrayQueue<ReferenceCounted> queue) {
            int idle = 0;
            while (true) {
                ReferenceCounted item = queue.poll();
                if (item == null) {
                    idle = backOff(idle);
                } else if (item == END) {
                    return;
                } else {
                    item.release();
                    idle = 0;
                }
            }
        }
    }
}
