package io.nettyslab.heap;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.buffer.BufferSource;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.memory.NettyInternals;
import io.nettyslab.slab.MemoryBudget;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * All heaps of one allocator: finds the one of the current thread, and decides who gets one.
 *
 * <p>A thread has a heap of its own if it runs an event loop, or if its {@code FastThreadLocal}s are removed when it
 * ends; a thread that runs a loop by hand leaves its heap without a word. All other threads, virtual ones above all,
 * share a fixed number of stripes and leave nothing behind. Any thread may call any method.
 */
public final class ThreadHeaps extends Shortcuts {

    /**
     * Many more than cores: whoever finds his stripe locked makes all his releases from others' stripes dearer, and
     * threads lose their core at any time, also while they hold a stripe. A power of two.
     */
    private static final int STRIPES =
            Math.max(32, Integer.highestOneBit(16 * Runtime.getRuntime().availableProcessors() - 1));

    /** At the bound, every request asks; each answer makes owners refill what they had ready. */
    private static final long NANOS_BETWEEN_ASKING = 10_000_000;

    /** Stands in for the heap of a thread that is ending, or of one that comes too late. Refers to no allocator. */
    private static final ThreadHeap ENDED = new ThreadHeap(null, false);

    private final BufferSource source;
    private final SlabPool directPool;
    private final SlabPool heapPool;
    private final LargeBuffers largeDirect;
    private final LargeBuffers largeHeap;
    private final int slabSize;
    private final ListLimits[] limits; // of each size class
    private final int maxPooledBufferSize; // bytes; larger requests are none of ours
    private final int maxSlotRequest; // bytes; larger requests are page runs of their own

    private final int leastDirectSlabs; // stay, used or not
    private final KindChange kindChange;

    private final ThreadHeap[] stripes = new ThreadHeap[STRIPES];
    private final CopyOnWriteArrayList<ThreadHeap> all = new CopyOnWriteArrayList<>();

    private final FastThreadLocal<ThreadHeap> ofThread = new FastThreadLocal<ThreadHeap>() {
        @Override
        protected void onRemoval(ThreadHeap heap) {
            ThreadHeaps.this.onRemoval(heap);
        }
    };

    private volatile long lastAsked = System.nanoTime() - NANOS_BETWEEN_ASKING; // racing askers both ask, no harm

    /** Set before the heaps are told to refuse; read after a heap has been added, which then refuses by itself. */
    private volatile boolean closed;

    /**
     * Makes heaps without slabs.
     *
     * @param source the allocator that these heaps serve
     * @param slabSize bytes in a slab
     * @param maxPooledBufferSize the largest capacity served from slabs, in bytes
     * @param leastDirectSlabs direct slabs that stay, used or not, when heap buffers need memory
     * @param leastHeapSlabs heap slabs that stay when direct buffers do
     * @param alignsSlabs whether direct slabs are to begin with a cache line
     * @param hasFallback whether the caller serves in another way what it is refused here
     * @param budget what all slabs may take together
     */
    public ThreadHeaps(
            BufferSource source,
            int slabSize,
            int maxPooledBufferSize,
            int leastDirectSlabs,
            int leastHeapSlabs,
            boolean alignsSlabs,
            boolean hasFallback,
            MemoryBudget budget) {
        this.leastDirectSlabs = leastDirectSlabs;
        this.kindChange = new KindChange(this, slabSize, leastDirectSlabs, leastHeapSlabs, hasFallback, budget);
        this.source = source;
        this.slabSize = slabSize;
        this.limits = ListLimits.ofAllClasses(slabSize);
        this.maxPooledBufferSize = maxPooledBufferSize;
        this.maxSlotRequest = Math.min(maxPooledBufferSize, SizeClasses.MAX_SLOT_SIZE);
        this.directPool = new SlabPool(MemoryKind.DIRECT, slabSize, alignsSlabs, budget);
        this.heapPool = new SlabPool(MemoryKind.HEAP, slabSize, false, budget);
        this.largeDirect = new LargeBuffers(this, directPool);
        this.largeHeap = new LargeBuffers(this, heapPool);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ThreadHeap(this, true);
            all.add(stripes[i]);
        }
    }

    BufferSource source() {
        return source;
    }

    // ------------------------------------------------------------------------------------------------ allocating

    /**
     * Hands out a buffer.
     *
     * @param kind its memory
     * @param capacity bytes, 0 or more
     * @param maxCapacity bytes, {@code capacity} or more
     * @return the buffer, or {@code null} if it is too large, or the slabs have no room for it or are closed
     */
    public SlabByteBuf allocate(MemoryKind kind, int capacity, int maxCapacity) {
        if (capacity <= maxSlotRequest) {
            FreeList list = listOf(Thread.currentThread(), kind, SizeClasses.classOf(capacity));
            if (list != null) {
                return list.take(capacity, maxCapacity);
            }
        }
        return allocateTheLongWay(kind, capacity, maxCapacity);
    }

    private SlabByteBuf allocateTheLongWay(MemoryKind kind, int capacity, int maxCapacity) {
        if (capacity > maxSlotRequest) {
            return capacity <= maxPooledBufferSize ? large(kind).allocate(capacity, maxCapacity) : null;
        }
        ThreadHeap heap = ofCurrentThread();
        if (heap == null || heap == ENDED) {
            return allocateFromStripe(kind, capacity, maxCapacity);
        }
        if (heap.isTimeToLook()) { // another owner's entry stood in the way; maybe that has ended
            enter(Thread.currentThread(), heap);
        }
        return heap.allocate(kind, capacity, maxCapacity);
    }

    private ThreadHeap ofCurrentThread() {
        Thread thread = Thread.currentThread();
        if (NettyInternals.isVirtual(thread)) {
            return FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals() ? ofOwningThread() : null;
        }
        if (thread instanceof FastThreadLocalThread || !isForeign(thread)) { // of others thread locals are slow
            ThreadHeap heap = ofThread.getIfExists(); // also where mayOwnHeap() no longer holds, as between two loops
            if (heap != null) {
                return heap;
            }
        }
        if (isForeign(thread)) {
            return null;
        }
        if (mayOwnHeap()) {
            return ofOwningThread();
        }
        enterForeign(thread);
        return null;
    }

    private SlabByteBuf allocateFromStripe(MemoryKind kind, int capacity, int maxCapacity) {
        ThreadHeap stripe = enterStripe();
        try {
            if (stripe.isTimeToLook()) {
                forgetForeign(Thread.currentThread());
            }
            return stripe.allocate(kind, capacity, maxCapacity);
        } finally {
            stripe.leave();
        }
    }

    private ThreadHeap enterStripe() {
        int own = (int) Thread.currentThread().getId(); // threads that are started together have numbers in a row
        for (int i = 0; i < STRIPES; i++) {
            ThreadHeap stripe = stripes[own + i & STRIPES - 1];
            if (stripe.tryEnter()) {
                return stripe;
            }
        }
        ThreadHeap stripe = stripes[own & STRIPES - 1];
        stripe.enter();
        return stripe;
    }

    /** Serves the first request for a size class in a heap, and every request to a heap that refuses. */
    SlabByteBuf allocateFirst(ThreadHeap heap, MemoryKind kind, int sizeClass, int capacity, int maxCapacity) {
        if (closed) {
            return null;
        }
        return heap.list(pool(kind), sizeClass, limits).take(capacity, maxCapacity);
    }

    /**
     * Makes an attempt at taking pages succeed. If they are not there: by what {@code own} and all shared heaps keep
     * ready, or, within the bound, by a new slab. Shared heaps come before the slab only once in the time in which half
     * of all pages are taken, and what was released to one heap, whichever asks first, once in that of an eighth: what
     * is kept ready will be wanted again, and heaps that take it from each other all the time do nothing else. See
     * docs/decisions/0005-owners-and-hand-over.md.
     *
     * @param own the heap of the current thread, or {@code null}
     * @param attempt takes pages from {@code pool} and says whether it could
     * @return whether an attempt succeeded
     */
    boolean find(ThreadHeap own, SlabPool pool, BooleanSupplier attempt) {
        if (attempt.getAsBoolean()) {
            return true;
        }
        if (closed) {
            return false; // own may be shared already, and nothing would help
        }
        boolean halfTaken = pool.noteHalfTaken();
        boolean eighthTaken = own != null && pool.noteEighthTaken(); // without a heap, the turn is left to the next
        if (own != null && (halfTaken || eighthTaken)) {
            own.of(pool.kind()).spillReleased();
        }
        if (halfTaken) {
            spillShared(pool);
        }
        for (; ; ) {
            int addedSeen = pool.slabsAdded();
            if (attempt.getAsBoolean()) {
                return true;
            }
            if (!addSlab(pool, addedSeen)) {
                break;
            }
            if (own != null) {
                own.of(pool.kind()).growTablesAhead();
            }
        }
        if (own != null) {
            own.of(pool.kind()).spillAll();
        }
        spillShared(pool); // also if they were: adding a slab that others took has given them time to get more
        return attempt.getAsBoolean() || kindChange.find(own, pool, attempt);
    }

    /**
     * As {@link #allocate}, for a request that the fallback has refused: at the bound, slabs of the other kind that
     * nobody needs make room also where that did not try because there is a fallback.
     *
     * @return the buffer, or {@code null} if there is no room, or no fallback
     */
    public SlabByteBuf allocateAtLast(MemoryKind kind, int capacity, int maxCapacity) {
        SlabByteBuf[] found = new SlabByteBuf[1];
        kindChange.findAtLast(ofCurrentThread(), pool(kind), () -> {
            found[0] = allocate(kind, capacity, maxCapacity);
            return found[0] != null;
        });
        return found[0];
    }

    /**
     * Adds a slab unless there is one that the caller has not seen, and says whether there is now. Direct slabs that
     * nobody ever used go when heap buffers need a second slab.
     */
    private boolean addSlab(SlabPool pool, int addedSeen) {
        if (pool == heapPool && leastDirectSlabs == 0 && pool.slabCount() > 0) {
            directPool.freeIfUnused();
        }
        return pool.grow(addedSeen);
    }

    /**
     * Asks all owners that can be reached to spill what they keep: too late for the request that failed, but not for
     * the next. Runs code of executors, so no lock may be held and no list be half-way through anything.
     */
    public void askOwnersToSpill() {
        long now = System.nanoTime();
        if (now - lastAsked >= NANOS_BETWEEN_ASKING) {
            lastAsked = now;
            try {
                all.forEach(ThreadHeap::askOwnerToSpill);
            } catch (OutOfMemoryError noRoomForTheTask) {
                // The next request asks again.
            }
        }
    }

    /** As {@link #find(ThreadHeap, SlabPool, BooleanSupplier)}, for a buffer that belongs to no heap. */
    boolean find(SlabPool pool, BooleanSupplier attempt) {
        return find(ofCurrentThread(), pool, attempt);
    }

    /** Has all shared heaps put back what they keep of the kind of {@code pool}: the other kind's pages are no help. */
    void spillShared(SlabPool pool) {
        for (ThreadHeap heap : all) {
            Thread owner = heap.owner();
            if (isDead(owner)) {
                heap.handOver(owner);
            } else if (heap.hasLists() && heap.tryEnter()) {
                try {
                    heap.of(pool.kind()).spillAll();
                } finally {
                    heap.leave();
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------- who owns a heap

    private static boolean mayOwnHeap() {
        return FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals()
                || NettyInternals.currentExecutor() != null;
    }

    private ThreadHeap ofOwningThread() {
        ThreadHeap heap = ofThread.getIfExists();
        if (heap != null) {
            return heap;
        }
        return closed ? ENDED : getHeap();
    }

    private ThreadHeap getHeap() {
        ThreadHeap heap = ENDED;
        try {
            ofThread.set(ENDED); // if the Java heap has no room for an entry, then before there is anything to enter
            heap = adoptOrCreate(NettyInternals.currentExecutor());
        } finally {
            if (heap == ENDED) {
                ofThread.remove();
            } else {
                ofThread.set(heap);
                enter(Thread.currentThread(), heap);
            }
        }
        return heap;
    }

    private ThreadHeap adoptOrCreate(EventExecutor executor) {
        ThreadHeap heap = findAbandoned(executor);
        if (heap == null) {
            heap = new ThreadHeap(this, false);
            heap.tryAdopt(executor); // before anybody else can
            all.add(heap);
        }
        VarHandle.fullFence(); // what tryAdopt() wrote goes before the next look, or refuse() might be undone by it
        if (closed) { // since then: close() may not have seen who owns it
            handOverIfOwned(heap);
            return ENDED;
        }
        return heap;
    }

    /** Returns a heap without an owner that is the current thread's from now on, or {@code null} if there is none. */
    private ThreadHeap findAbandoned(EventExecutor executor) {
        for (ThreadHeap heap : all) {
            handOverIfDead(heap);
            if (heap.tryAdopt(executor)) {
                return heap;
            }
        }
        return null;
    }

    /** Called on a thread that ends, or that has handed its heap over. */
    private void onRemoval(ThreadHeap heap) {
        if (heap == ENDED) {
            return;
        }
        if (!closed) {
            // What is allocated from here on, by other thread locals that are removed after this one, must not make a
            // new heap that nobody would remove.
            ofThread.set(ENDED);
        }
        heap.handOver(Thread.currentThread());
    }

    /** A thread that Netty does not clean up after leaves its heap without a word; being dead says it too. */
    private static boolean isDead(Thread owner) {
        return owner != null && !owner.isAlive();
    }

    // --------------------------------------------------------------------------------------------- start and end

    /**
     * Adds slabs.
     *
     * @param kind which
     * @param count how many
     * @throws OutOfMemoryError if the bound or the JVM does not allow it; what was added before stays
     */
    public void addSlabs(MemoryKind kind, int count) {
        SlabPool pool = pool(kind);
        for (int i = 0; i < count; i++) {
            if (!pool.grow(pool.slabsAdded())) {
                OutOfMemoryError error = new OutOfMemoryError("slab " + (i + 1) + " of " + count + ", of " + slabSize
                        + " bytes of " + kind + " memory, is refused by the JVM");
                error.initCause(pool.refusal());
                throw error;
            }
        }
    }

    /** Returns whether {@link #close()} was called. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Hands out nothing more, and frees the slabs when the last buffer is home. Heaps that live threads own are handed
     * over by those threads: event loops are asked to, all others do it when they next allocate, release or end. If one
     * ends without Netty's clean-up, {@link #handOver()} on any thread, or this method again, does it.
     */
    public void close() {
        closed = true;
        directPool.close();
        heapPool.close();
        all.forEach(ThreadHeap::refuse);
        all.forEach(this::dissolve);
    }

    private void dissolve(ThreadHeap heap) {
        if (heap.enter()) {
            try {
                heap.spillAll();
            } finally {
                heap.leave();
            }
            return;
        }
        Thread owner = heap.owner();
        if (owner == Thread.currentThread()) {
            handOverIfOwned(heap);
        } else if (isDead(owner)) {
            heap.handOver(owner);
        } else {
            heap.runOnOwner(() -> handOverIfOwned(heap));
        }
    }

    /**
     * Hands over the heap of the current thread, if it has one, and those of threads that have ended without a word. Of
     * an allocator that is closed.
     */
    public void handOver() {
        all.forEach(this::handOverIfDead);
        ThreadHeap heap = ofCurrentThread();
        if (heap != null) {
            handOverIfOwned(heap);
        }
    }

    /** Hands over {@code heap}, of an allocator that is closed, if the current thread owns it. */
    void handOverIfOwned(ThreadHeap heap) {
        if (heap.owner() == Thread.currentThread()) {
            heap.refuse(); // close() did, but the current thread need not have seen all of it yet
            heap.handOver(Thread.currentThread());
            ofThread.remove(); // or threads that live long would keep closed allocators reachable
        }
    }

    /** For whoever releases a buffer of that heap: once closed, few others look for owners that end without a word. */
    void handOverIfDeadAndClosed(ThreadHeap heap) {
        if (closed) {
            handOverIfDead(heap);
        }
    }

    private void handOverIfDead(ThreadHeap heap) {
        Thread owner = heap.owner();
        if (isDead(owner)) {
            heap.handOver(owner);
        }
    }

    // ------------------------------------------------------------------------------------------- what metrics read

    /** Returns the slabs of {@code kind}. */
    public SlabPool pool(MemoryKind kind) {
        return kind == MemoryKind.DIRECT ? directPool : heapPool;
    }

    /** Returns the large buffers of {@code kind}. */
    public LargeBuffers large(MemoryKind kind) {
        return kind == MemoryKind.DIRECT ? largeDirect : largeHeap;
    }

    /** Returns the bytes of {@code kind} in slabs that are handed out, counted now; makes no object. */
    public long bytesInUse(MemoryKind kind) {
        long bytes = large(kind).counts().bytesInUse();
        for (int i = 0; i < all.size(); i++) { // no iterator; heaps are only ever added
            for (FreeList list : all.get(i).of(kind).lists()) {
                bytes += list == null ? 0 : (long) list.slotsInUse() * list.slotSize();
            }
        }
        return bytes;
    }

    /** Returns how many buffers of {@code kind} were ever released, counted now; makes no object. */
    long releases(MemoryKind kind) {
        BufferCounts counts = large(kind).counts();
        long releases = counts.allocations() - counts.inUse();
        for (int i = 0; i < all.size(); i++) {
            releases += all.get(i).of(kind).releases();
        }
        return releases;
    }

    /** Returns the slots of {@code kind} in all heaps, counted now. */
    public SlotCounts countSlots(MemoryKind kind) {
        SlotCounts counts = new SlotCounts();
        for (ThreadHeap heap : all) {
            counts.add(heap.of(kind).lists());
        }
        return counts;
    }

    /** Returns the bytes of Java heap that the allocator takes to keep its books, of both kinds of memory. */
    public long metadataBytes() {
        long bytes = directPool.metadataBytes() + heapPool.metadataBytes();
        for (ThreadHeap heap : all) {
            for (MemoryKind kind : MemoryKind.values()) {
                KindLists kindLists = heap.of(kind);
                bytes += metadataBytes(kindLists.lists()) + kindLists.spare().metadataBytes();
            }
        }
        return bytes;
    }

    private static long metadataBytes(FreeList[] lists) {
        long bytes = 0;
        for (FreeList list : lists) {
            bytes += list == null ? 0 : list.metadataBytes();
        }
        return bytes;
    }

    /** Returns where the spans and large buffers of {@code kind} lie now, by slab and offset. */
    public List<SpanState> describeSpans(MemoryKind kind) {
        SpanCensus census = new SpanCensus();
        for (ThreadHeap heap : all) {
            census.add(heap.of(kind).lists());
        }
        census.add(large(kind));
        return census.spans();
    }

    /** Forgets a buffer that is handed out, so that the garbage collector can tell when its user has lost it. */
    public void forget(SlabByteBuf buf) {
        if (buf.home() instanceof FreeList list) {
            list.heap.forget(list, buf);
        }
    }
}
