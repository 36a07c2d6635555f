package io.nettyslab.heap;

import io.netty.util.concurrent.EventExecutor;
import io.nettyslab.buffer.BufferSource;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.memory.NettyInternals;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

/**
 * Free lists with one owner at a time. A heap is in one of two states:
 *
 * <ul>
 *   <li><em>owned</em> by a thread, which takes slots and puts them back without a lock; the one atomic operation is
 *       the buffer's own, of its reference count. All others push what they release onto remote free lists;
 *   <li><em>shared</em>, when {@code owner} is null: whoever has locked it owns it for that long. Shared heaps are
 *       the stripes, which serve threads without a heap of their own, and abandoned heaps, whose thread has ended.
 * </ul>
 *
 * <p>Only the owner itself, or somebody who knows that it is dead, makes an owned heap shared; a new owner makes a
 * shared heap owned. Both happen under the lock.
 */
final class ThreadHeap extends HeapLock {

    private static final int VISITS_BETWEEN_LOOKS = 256; // a power of two

    /**
     * Size classes whose lists an event loop gets at one go, with its first buffer, which is slow anyway: up to the TLS
     * record. One at a time, each would make one of the first allocations slow. Other owners come in any number, and
     * many use few sizes. See docs/decisions/0017-first-allocations.md.
     */
    private static final int COMMON_CLASSES = SizeClasses.classOf(SizeClasses.TLS_RECORD_SLOT_SIZE) + 1;

    private final ThreadHeaps heaps;
    private final boolean stripe; // keeps slots ready while shared

    private final KindLists directLists = new KindLists(MemoryKind.DIRECT);
    private final KindLists heapLists = new KindLists(MemoryKind.HEAP);

    // What the owner goes by without a look at anything else. Others change these only by refuse(), on any thread, and
    // by handOver() for an owner that is dead; an owner that has not seen the former yet does once more what it was
    // entitled to do before.
    private Thread localOwner; // the owner, or null: look at owner
    private boolean refusing; // hands out nothing

    private int visits; // allocations that did not find a list by its shortcut; owner only

    private int turn; // the size class last asked whether it is idle; owner only

    /**
     * Written under the lock. That it is null publishes that the heap is shared: a thread that pushes onto a remote
     * free list reads it afterwards, a thread that hands the heap over drains those lists afterwards, so one of the two
     * sees the other.
     */
    private volatile Thread owner;

    private EventExecutor executor; // runs on the owner; null if none is known. Guarded by the lock, but for the owner

    /**
     * There may be remote frees in a shared heap that keeps no slots, left by a thread that found it locked. Set before
     * that thread tries the lock again, read after whoever held it has unlocked, so one of the two takes them in.
     */
    private volatile boolean remotePending;

    private volatile boolean spillAsked; // the owner has a task waiting; saves it from getting many

    private volatile boolean hasLists; // saves others from looking for any

    ThreadHeap(ThreadHeaps heaps, boolean stripe) {
        this.heaps = heaps;
        this.stripe = stripe;
    }

    BufferSource source() {
        return heaps.source();
    }

    // ------------------------------------------------------------------------------------------------ allocating

    /** Hands out a buffer, or returns {@code null} if there is no memory for one. Only the owner may call. */
    SlabByteBuf allocate(MemoryKind kind, int capacity, int maxCapacity) {
        int sizeClass = SizeClasses.classOf(capacity);
        FreeList list = refusing ? null : of(kind).lists()[sizeClass];
        return list != null
                ? list.take(capacity, maxCapacity)
                : heaps.allocateFirst(this, kind, sizeClass, capacity, maxCapacity);
    }

    /** Counts an allocation the long way; says now and then that it is time to ask why. Only the owner may call. */
    boolean isTimeToLook() {
        return (++visits & VISITS_BETWEEN_LOOKS - 1) == 0;
    }

    /**
     * Returns the list of a size class, made if this heap has none. Only the owner may call.
     *
     * @param limits of each size class
     */
    FreeList list(SlabPool pool, int sizeClass, ListLimits[] limits) {
        FreeList[] lists = of(pool.kind()).lists();
        if (executor != null && lists[0] == null) { // the last one to be made
            for (int each = COMMON_CLASSES - 1; each >= 0; each--) {
                makeList(lists, pool, each, limits);
            }
        }
        makeList(lists, pool, sizeClass, limits);
        return lists[sizeClass];
    }

    private void makeList(FreeList[] lists, SlabPool pool, int sizeClass, ListLimits[] limits) {
        if (lists[sizeClass] == null) {
            lists[sizeClass] = new FreeList(this, pool, sizeClass, limits[sizeClass]);
            hasLists = true;
        }
    }

    /** Returns whether there may be something to put back: a list was made. Any thread may ask. */
    boolean hasLists() {
        return hasLists;
    }

    /**
     * Finds memory for a list that has run dry; see {@link ThreadHeaps#find}. After an ebb, all lists first put back
     * what they keep ready: what was released lately is of sizes that may not come again, and scattered over the slabs
     * it cuts up what is free.
     */
    boolean find(SlabPool pool, BooleanSupplier attempt) {
        noteExecutor();
        KindLists kindLists = of(pool.kind());
        if (kindLists.isFirstSinceEbb(pool)) {
            kindLists.spillAll();
        } else {
            giveTurn(kindLists);
        }
        return heaps.find(this, pool, attempt);
    }

    /**
     * The owner may have become an event loop, or another one, since it got this heap. Only an owner is asked: whoever
     * holds a stripe would get thread locals by the question, also a virtual thread.
     */
    private void noteExecutor() {
        EventExecutor current = owner == Thread.currentThread() ? NettyInternals.currentExecutor() : null;
        if (current != null && current != executor) {
            lock();
            try {
                executor = current;
                spillAsked = false; // the other one may never get to it
            } finally {
                unlock();
            }
        }
    }

    /**
     * Asks one list whether its size went out of use. One has its turn each time this heap takes a span. Time would do
     * as well, but a heap that takes no spans disturbs nobody by what it keeps.
     */
    private void giveTurn(KindLists kindLists) {
        turn = turn + 1 == SizeClasses.COUNT ? 0 : turn + 1;
        kindLists.spillIfIdle(turn);
    }

    /** Puts everything that is not handed out back where any heap can have it. Only the owner may call. */
    void spillAll() {
        directLists.spillAll();
        heapLists.spillAll();
    }

    /** Makes {@code list} forget a buffer that the current thread has just been handed. */
    void forget(FreeList list, SlabByteBuf buf) {
        if (owner == Thread.currentThread()) {
            list.forget(buf);
        } else if (enter()) {
            try {
                list.forget(buf);
            } finally {
                leave();
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- releasing

    /** Returns whether {@code current}, the current thread, owns this heap and may go the short way. */
    boolean isOwnedBy(Thread current) {
        // If it is the owner, it wrote so itself; if not, no value that it can read here says that it is.
        return localOwner == current;
    }

    /**
     * Takes back a buffer released by a thread that is not known to own this heap. Does not wait for the heap: if it is
     * shared and locked, the buffer becomes a remote free. A stripe takes those in when a list runs dry or is spilled,
     * as owners do; of any other shared heap nobody might ever ask a buffer, so whoever holds the lock is left to do
     * it.
     */
    void takeBackFromOutside(FreeList list, SlabByteBuf buf) {
        if (owner == Thread.currentThread()) { // sent here by refuse()
            list.push(buf);
            heaps.handOverIfOwned(this);
        } else if (tryEnter()) {
            try {
                list.push(buf);
                if (!keepsSlots()) {
                    list.spillAll();
                }
            } finally {
                leave();
            }
        } else {
            list.pushRemote(buf);
            heaps.handOverIfDeadAndClosed(this);
            if (owner == null && !isStripeInUse()) {
                remotePending = true;
                takePending();
            }
        }
    }

    private void takePending() {
        for (; ; ) {
            VarHandle.fullFence(); // between the store that unlocks and the load of remotePending
            if (!remotePending || !tryEnter()) {
                return;
            }
            try {
                remotePending = false;
                spillAll();
            } finally {
                unlock();
            }
        }
    }

    /**
     * Returns whether a stripe still serves requests. To be asked after a push: close() first says that it is closed
     * and then spills each stripe, so either this sees the one or the spilling sees the push.
     */
    private boolean isStripeInUse() {
        return stripe && !heaps.isClosed();
    }

    /** Returns whether what comes home stays ready. Only the owner may call: close() has it see that it is over. */
    private boolean keepsSlots() {
        return stripe && !refusing;
    }

    // ------------------------------------------------------------------------------------------------- ownership

    /** Becomes the owner of a shared heap if nobody else is just now; {@link #leave()} ends that. */
    boolean tryEnter() {
        if (owner != null || !tryLock()) {
            return false;
        }
        if (owner != null) {
            unlock();
            return false;
        }
        return true;
    }

    /** Becomes the owner of a shared heap, waiting for whoever is; fails if the heap is owned by a thread. */
    boolean enter() {
        lock();
        if (owner != null) {
            unlock();
            return false;
        }
        return true;
    }

    /**
     * Ends what {@link #tryEnter()} or {@link #enter()} began. A stripe in use is left with a store and no fence: a
     * release that finds it locked does not count on being seen here, or it comes before close() spills that stripe.
     */
    void leave() {
        boolean keepsSlots = keepsSlots();
        unlock();
        if (!keepsSlots) {
            takePending();
        }
    }

    /** Makes a shared heap the current thread's own; says whether it could. A stripe is nobody's. */
    boolean tryAdopt(EventExecutor executor) {
        if (stripe || owner != null) {
            return false;
        }
        lock();
        try {
            if (owner != null) {
                return false;
            }
            this.executor = executor;
            spillAsked = false;
            owner = Thread.currentThread();
            localOwner = owner;
            return true;
        } finally {
            unlock();
        }
    }

    /**
     * Makes an owned heap shared, everything it has ready spilled.
     *
     * @param from the owner: the current thread, or one that is known to be dead; nothing is done if it is the owner no
     *     more
     */
    void handOver(Thread from) {
        assert from == Thread.currentThread() || !from.isAlive() : "taken from a live thread: " + from;
        lock();
        try {
            if (owner == from) {
                owner = null;
                localOwner = null;
                executor = null;
                spillAll();
            }
        } finally {
            leave();
        }
    }

    /** Returns the owner, or {@code null} if the heap is shared. */
    Thread owner() {
        return owner;
    }

    /**
     * Asks the owner of an owned heap, if it can be reached, to spill what it has ready and what others have released.
     * An owner with nothing to do would keep all of that from everybody else.
     */
    void askOwnerToSpill() {
        Thread asked = owner;
        if (asked != null && asked != Thread.currentThread() && !spillAsked) {
            spillAsked = true;
            boolean accepted = false;
            try {
                accepted = runOnOwner(this::spillAsAsked);
            } finally {
                if (!accepted) {
                    spillAsked = false;
                }
            }
        }
    }

    private void spillAsAsked() {
        spillAsked = false;
        if (owner == Thread.currentThread()) {
            spillAll();
        }
    }

    /**
     * Runs {@code task} on the owner if it can be reached, and says whether it will. If not, the owner is ending and
     * hands over by itself, or is none of Netty's.
     */
    boolean runOnOwner(Runnable task) {
        EventExecutor reachable = executorOfOwner();
        try {
            if (reachable == null || reachable.isShutdown()) {
                return false;
            }
            reachable.execute(task);
            return true;
        } catch (RuntimeException refused) { // RejectedExecutionException, or what a user's executor makes of it
            return false;
        }
    }

    private EventExecutor executorOfOwner() {
        lock();
        try {
            return executor;
        } finally {
            leave();
        }
    }

    /**
     * Makes this heap hand out nothing from now on, and makes the owner hand it over when it next comes by. Any thread
     * may call.
     */
    void refuse() {
        refusing = true;
        localOwner = null;
    }

    // ------------------------------------------------------------------------------------------- what metrics read

    /** Returns what this heap has of {@code kind}. */
    KindLists of(MemoryKind kind) {
        return kind == MemoryKind.DIRECT ? directLists : heapLists;
    }
}
