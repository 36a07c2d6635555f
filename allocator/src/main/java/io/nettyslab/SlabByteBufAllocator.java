package io.nettyslab;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.nettyslab.SlabByteBufAllocatorBuilder.Settings;
import io.nettyslab.buffer.BufferSource;
import io.nettyslab.buffer.CheckedComposite;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.heap.ThreadHeaps;
import io.nettyslab.heap.UnpooledBuffers;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@code ByteBufAllocator} whose buffers are slots of contiguous slabs. The first is reserved and touched when the
 * allocator is built ({@code initialSlabs} may ask for all of them), the others, up to the bound, when they are needed.
 *
 * <p>Set it with {@code ChannelOption.ALLOCATOR}, on a server as {@code option} and as {@code childOption}. One
 * instance serves any number of channels and event loops; make one and share it.
 *
 * <p><b>The promise:</b> slabs never take more than {@code maxMemory} from the system, and unpooled buffers, which
 * exist only under {@link OverflowPolicy#UNPOOLED}, never more than {@code maxUnpooledMemory}. What happens at the
 * bound is the {@link OverflowPolicy}; what is in use at any time is in {@link #metric()}. What the garbage collector
 * frees, heap memory and on JDK 25 without {@code Unsafe} direct slabs, counts as given back when nothing refers to it
 * any more.
 *
 * <p>A request that can be served neither way throws {@link SlabExhaustedError}, one after {@link #close()}
 * {@link IllegalStateException}.
 *
 * <p>Buffers keep Netty's contract: capacity is exactly what was asked for, growth up to {@code maxCapacity} succeeds
 * as long as there is memory, contents are not zeroed. What {@code retainedSlice()} and {@code retainedDuplicate()}
 * return has a reference count of its own, but shares that of the buffer where a leak tracker watches it, which by
 * default it does for one in 128: neither the view's {@code refCnt()} nor what its {@code release()} returns says
 * anything about the buffer.
 *
 * <p>Thread-safe: any thread may allocate, and any thread may release any buffer. A platform thread that runs an event
 * loop, or any thread whose {@code FastThreadLocal}s are removed when it ends, allocates and releases its own buffers
 * without a lock.
 */
public final class SlabByteBufAllocator extends AbstractByteBufAllocator
        implements ByteBufAllocatorMetricProvider, AutoCloseable {

    private final Settings settings;
    private final MemoryBudget slabBudget;
    private final MemoryBudget unpooledBudget;
    private final ThreadHeaps heaps;
    private final UnpooledBuffers unpooledDirect;
    private final UnpooledBuffers unpooledHeap;
    private final AtomicLong failedAllocations = new AtomicLong();
    private final SlabByteBufAllocatorMetric metric;

    /**
     * Makes an allocator with the defaults, each of which is explained in {@link SlabByteBufAllocatorBuilder}.
     *
     * @throws OutOfMemoryError if the JVM refuses the first slab
     */
    public SlabByteBufAllocator() {
        this(builder().settings());
    }

    /**
     * Makes an allocator with the defaults.
     *
     * @param preferDirect whether {@code buffer()} hands out direct buffers; {@code ioBuffer()} always does
     * @throws OutOfMemoryError if the JVM refuses the first slab
     */
    public SlabByteBufAllocator(boolean preferDirect) {
        this(builder().preferDirect(preferDirect).settings());
    }

    SlabByteBufAllocator(Settings settings) {
        super(settings.preferDirect());
        this.settings = settings;
        this.slabBudget = new MemoryBudget(settings.maxMemory());
        this.unpooledBudget = new MemoryBudget(settings.maxUnpooledMemory());
        BufferSource source = new Source();
        this.heaps = new ThreadHeaps(
                source,
                settings.slabSize(),
                settings.maxPooledBufferSize(),
                settings.leastDirectSlabs(),
                settings.initialHeapSlabs(),
                settings.alignsSlabs(),
                settings.maxUnpooledMemory() > 0,
                slabBudget);
        this.unpooledDirect = new UnpooledBuffers(source, MemoryKind.DIRECT, unpooledBudget);
        this.unpooledHeap = new UnpooledBuffers(source, MemoryKind.HEAP, unpooledBudget);
        this.metric =
                new LiveMetric(heaps, unpooledDirect, unpooledHeap, slabBudget, unpooledBudget, failedAllocations);
        addInitialSlabs();
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static SlabByteBufAllocatorBuilder builder() {
        return new SlabByteBufAllocatorBuilder();
    }

    private void addInitialSlabs() {
        try {
            heaps.addSlabs(MemoryKind.DIRECT, settings.initialSlabs());
            heaps.addSlabs(MemoryKind.HEAP, settings.initialHeapSlabs());
        } catch (OutOfMemoryError refused) {
            heaps.close();
            throw refused;
        }
    }

    // ------------------------------------------------------------------------------------------------ allocating

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return watchForLeak(obtain(MemoryKind.DIRECT, initialCapacity, maxCapacity));
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return watchForLeak(obtain(MemoryKind.HEAP, initialCapacity, maxCapacity));
    }

    private SlabByteBuf obtain(MemoryKind kind, int capacity, int maxCapacity) {
        SlabByteBuf buf = heaps.allocate(kind, capacity, maxCapacity);
        return buf != null ? buf : overflow(kind, capacity, maxCapacity);
    }

    private ByteBuf watchForLeak(SlabByteBuf buf) {
        ByteBuf unfinished = buf;
        try {
            ByteBuf made = toLeakAwareBuffer(buf); // may report a leak, to a listener or logger of the user's
            unfinished = made;
            boolean isOurs = made == buf || buf.watchForLeak(heaps::forget);
            unfinished = null;
            if (!isOurs) {
                throw new IllegalReferenceCountException(0);
            }
            return made;
        } finally {
            if (unfinished != null) {
                unfinished.release(); // with its tracker, if it has one, or that would report it some day
            }
        }
    }

    /**
     * Serves what the slabs cannot: unpooled, or, if that is at its bound, by a slab that changes kind, or not at all.
     * {@link OverflowPolicy#FAIL} is an unpooled bound of 0.
     */
    private SlabByteBuf overflow(MemoryKind kind, int capacity, int maxCapacity) {
        boolean fitsIntoSlab = capacity <= settings.maxPooledBufferSize();
        if (fitsIntoSlab) {
            heaps.askOwnersToSpill();
        }
        if (heaps.isClosed()) {
            heaps.handOver();
            throw new IllegalStateException("allocator is closed: " + this);
        }
        SlabByteBuf buf = null;
        OutOfMemoryError cause = null;
        try {
            buf = unpooled(kind).allocate(capacity, maxCapacity);
            if (buf == null && fitsIntoSlab) {
                buf = heaps.allocateAtLast(kind, capacity, maxCapacity);
            }
        } catch (OutOfMemoryError refusedByJvm) {
            cause = refusedByJvm;
        }
        if (buf == null) {
            failedAllocations.getAndIncrement();
            if (cause == null && fitsIntoSlab) {
                cause = heaps.pool(kind).refusal();
            }
            throw exhausted(kind, capacity, cause);
        }
        return buf;
    }

    private UnpooledBuffers unpooled(MemoryKind kind) {
        return kind == MemoryKind.DIRECT ? unpooledDirect : unpooledHeap;
    }

    private SlabExhaustedError exhausted(MemoryKind kind, int capacity, OutOfMemoryError cause) {
        long bytesInUse = metric.bytesInUse();
        long maxBytes = Math.min(slabBudget.max(), Long.MAX_VALUE - unpooledBudget.max()) + unpooledBudget.max();
        SlabExhaustedError error =
                new SlabExhaustedError(message(kind, capacity, bytesInUse), capacity, bytesInUse, maxBytes);
        error.initCause(cause);
        return error;
    }

    /** Says what there is; or next to nothing, if the Java heap has no room for more words. */
    private String message(MemoryKind kind, int capacity, long bytesInUse) {
        try {
            return "no memory for a buffer of " + capacity + " bytes (" + kind + "): " + bytesInUse
                    + " bytes in use, slabs " + slabBudget.taken() + " of at most " + slabBudget.max()
                    + ", unpooled " + unpooledBudget.taken() + " of at most " + unpooledBudget.max()
                    + " (maxPooledBufferSize " + settings.maxPooledBufferSize() + ", slabSize " + settings.slabSize()
                    + ", overflowPolicy " + settings.overflowPolicy() + ')';
        } catch (OutOfMemoryError javaHeap) {
            return "no memory";
        }
    }

    @Override
    public CompositeByteBuf compositeDirectBuffer(int maxNumComponents) {
        return toLeakAwareBuffer(new CheckedComposite(this, true, maxNumComponents));
    }

    @Override
    public CompositeByteBuf compositeHeapBuffer(int maxNumComponents) {
        return toLeakAwareBuffer(new CheckedComposite(this, false, maxNumComponents));
    }

    /**
     * Returns {@code true}: transports then copy what is not direct into a buffer of this allocator, rather than
     * leave it to the JDK to copy it into a buffer of its own.
     */
    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    // --------------------------------------------------------------------------------------- telling about itself

    /**
     * Returns what this allocator can tell about itself. The same object each time, live, also after {@link #close()}.
     *
     * @return live figures
     */
    @Override
    public SlabByteBufAllocatorMetric metric() {
        return metric;
    }

    /**
     * Returns whether the memory of {@code buf} lies in a slab of this allocator. Wrappers, slices and duplicates are
     * seen through; a composite buffer is from a slab if all its components are, so also if it has none.
     *
     * @param buf a buffer with a reference count above 0
     * @return {@code false} for unpooled overflow and for buffers of other allocators
     */
    public boolean isFromSlab(ByteBuf buf) {
        ByteBuf root = buf;
        for (; ; ) {
            if (root instanceof CompositeByteBuf composite) {
                return allFromSlab(composite);
            }
            ByteBuf unwrapped = root.unwrap();
            if (unwrapped == null) {
                break;
            }
            root = unwrapped;
        }
        return root instanceof SlabByteBuf slabBuf
                && slabBuf.alloc() == this
                && slabBuf.home().isSlab();
    }

    private boolean allFromSlab(CompositeByteBuf composite) {
        for (int i = 0; i < composite.numComponents(); i++) {
            if (!isFromSlab(composite.component(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the promise and the settings, in one line. */
    @Override
    public String toString() {
        return "SlabByteBufAllocator(slabs never take more than " + settings.maxMemory()
                + " bytes, unpooled buffers never more than " + settings.maxUnpooledMemory()
                + "; slabSize: " + settings.slabSize() + ", initialSlabs: " + settings.initialSlabs()
                + ", initialHeapSlabs: " + settings.initialHeapSlabs()
                + ", maxPooledBufferSize: " + settings.maxPooledBufferSize()
                + ", overflowPolicy: " + settings.overflowPolicy() + ", preferDirect: " + settings.preferDirect() + ')';
    }

    // ------------------------------------------------------------------------------------------------------- end

    /**
     * Refuses all further requests, with an {@link IllegalStateException}, growth of live buffers past their slots
     * included. Buffers that are out stay as they are, and can be read, written and released; the slabs are freed when
     * the last one has come home, never before.
     *
     * <p>Event loops that have allocated are asked to hand over what they keep ready, and do so as soon as they get to
     * it. A thread that owns a heap and is not known for an event loop hands over when it next asks for a buffer,
     * releases one of its own, or ends: because Netty removes its {@code FastThreadLocal}s, or because it runs loops by
     * hand, or has become an event loop and not needed more memory since. If it ends without that clean-up, the next
     * request, which is refused, or the next call of this method hands over for it. On JDK 25 without {@code Unsafe}
     * the garbage collector completes the freeing of direct slabs.
     *
     * <p>Waits for no owner. It takes the locks that allocations take, also that of a slab which is just being added,
     * puts back what shared heaps keep and, if no buffer is out, frees all slabs: that may take milliseconds. A second
     * call completes what the first could not, if that was.
     */
    @Override
    public void close() {
        heaps.close(); // a second time too: the first may have failed half-way, for want of memory
    }

    private final class Source implements BufferSource {

        @Override
        public ByteBufAllocator allocator() {
            return SlabByteBufAllocator.this;
        }

        @Override
        public SlabByteBuf obtain(MemoryKind kind, int capacity, int maxCapacity) {
            return SlabByteBufAllocator.this.obtain(kind, capacity, maxCapacity);
        }

        @Override
        public SlabByteBuf tryObtain(MemoryKind kind, int capacity, int maxCapacity) {
            return heaps.allocate(kind, capacity, maxCapacity);
        }
    }
}
