package io.nettyslab.threads;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets threads go at very nearly the same moment: they spin, where those that a {@code CyclicBarrier} wakes one after
 * the other would rarely meet. Any of the threads may break it when it fails, so that no other waits for it in vain.
 */
final class SpinBarrier {

    private static final int SPINS = 200; // before others, with fewer cores than threads, get a turn

    private final int threads;
    private final AtomicLong arrivals = new AtomicLong();
    private volatile boolean broken;

    SpinBarrier(int threads) {
        this.threads = threads;
    }

    void await() {
        long mine = arrivals.getAndIncrement();
        long all = mine - mine % threads + threads;
        for (int spins = 0; arrivals.get() < all; spins++) {
            if (broken) {
                throw new IllegalStateException("another thread has failed");
            }
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    void breakUp() {
        broken = true;
    }
}
