package io.nettyslab.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a heap, part of the heap itself, so that it lies where the holder's next look goes. Unlocking is a
 * release store: what a {@code ReentrantLock} spends on a fence there is a fifth of the way of a thread without a heap,
 * see docs/decisions/0005-owners-and-hand-over.md.
 *
 * <p>Any thread may call. {@link #tryLock()} and {@link #unlock()} never wait; {@link #lock()} parks. One thread holds
 * the lock at a time and sees all that earlier holders did. Who waits longest is woken first, but whoever comes along
 * in between may be faster.
 *
 * <p>Not reentrant, and it does not know who holds it: a holder that tries again is told that it is locked, and must
 * not wait for itself. No code of users runs while it is held.
 */
abstract class HeapLock {

    private static final VarHandle LOCKED;
    private static final VarHandle WAITING;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(HeapLock.class, "locked", boolean.class);
            WAITING = MethodHandles.lookup().findVarHandle(HeapLock.class, "waiting", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How long a thread sleeps at most that nobody wakes because it began to wait just as the lock was unlocked. */
    private static final long NANOS_BETWEEN_LOOKS = 20_000_000;

    private boolean locked;
    private int waiting; // threads in waiters, or soon

    private final Queue<Thread> waiters = new ConcurrentLinkedQueue<>();

    /** Locks if nobody has locked it; the compare-and-set pairs with the release of {@link #unlock()}. */
    final boolean tryLock() {
        return !isHeld() && LOCKED.compareAndSet(this, false, true);
    }

    /** Returns whether some thread holds the lock; it may be over by then. */
    final boolean isHeld() {
        return (boolean) LOCKED.getOpaque(this);
    }

    /** Locks, waiting until it is unlocked. An interrupt changes nothing and is left set. */
    final void lock() {
        if (!tryLock()) {
            await();
        }
    }

    private void await() {
        Thread current = Thread.currentThread();
        boolean interrupted = false;
        boolean queued = false;
        while (!tryLock()) {
            try {
                if (!queued) {
                    waiters.add(current);
                    WAITING.getAndAdd(this, 1);
                    queued = true;
                }
                park();
                interrupted |= Thread.interrupted();
            } catch (OutOfMemoryError noRoomToWait) { // in line, or asleep: giving back must not fail
                Thread.yield();
            }
        }
        if (queued) {
            WAITING.getAndAdd(this, -1);
            waiters.remove(current);
        }
        if (interrupted) {
            current.interrupt();
        }
    }

    /** Sleeps for a while or until woken; the test has it fail. */
    void park() {
        LockSupport.parkNanos(this, NANOS_BETWEEN_LOOKS);
    }

    /**
     * Unlocks. There is no fence between the store and the load of {@code waiting}, so a thread that begins to wait in
     * this very moment may go unseen: it looks again by itself.
     */
    final void unlock() {
        assert locked : "not locked";
        LOCKED.setRelease(this, false);
        if ((int) WAITING.getOpaque(this) != 0) {
            LockSupport.unpark(waiters.peek());
        }
    }
}
