package io.nettyslab;

import io.nettyslab.memory.Memory;
import io.nettyslab.memory.NettyInternals;
import java.util.Objects;

/**
 * Settings of a {@link SlabByteBufAllocator}. Every value is checked when it is set or, where it depends on another,
 * in {@link #build()}; a value that is refused leaves the builder as it was.
 *
 * <p>A builder is not thread-safe. It may be reused; each {@code build()} makes an allocator of its own.
 */
public final class SlabByteBufAllocatorBuilder {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    /** Smallest slab: one buffer of half a MiB must still fit beside others. */
    private static final int MIN_SLAB_SIZE = MIB;

    /** Largest slab: positions in a {@code ByteBuffer} are ints, and powers of two above this one do not fit. */
    private static final int MAX_SLAB_SIZE = 1 << 30;

    /** Slabs that fit below the bound by default: growth comes in small steps, and both kinds get their share. */
    private static final int DEFAULT_SLABS_TO_BOUND = 16;

    /** Largest default slab. Touching a new one takes some milliseconds where the system's pages are quick to come. */
    private static final int MAX_DEFAULT_SLAB_SIZE = 16 * MIB;

    private static final int DEFAULT_INITIAL_SLABS = 1;

    /** Below this a buffer costs more to refuse than to serve. */
    private static final int MIN_MAX_POOLED_BUFFER_SIZE = 4 * KIB;

    private static final long MAX_MEMORY_CEILING = 1L << 40;

    private int slabSize; // 0: derived from maxMemory
    private int initialSlabs = DEFAULT_INITIAL_SLABS;
    private boolean keepsInitialSlabs; // they were asked for
    private int initialHeapSlabs;
    private long maxMemory; // 0: derived from the JVM's limit
    private long maxUnpooledMemory = -1; // -1: what maxMemory leaves of the JVM's limit
    private int maxPooledBufferSize; // 0: half a slab
    private OverflowPolicy overflowPolicy = OverflowPolicy.UNPOOLED;
    private boolean preferDirect = NettyInternals.preferDirect();

    SlabByteBufAllocatorBuilder() {}

    /**
     * Sets the size of a slab: the contiguous region that is reserved and touched at once, and the step in which the
     * pool grows.
     *
     * <p>Default: a sixteenth of {@code maxMemory}, rounded down to a power of two, within 1 MiB and 16 MiB. Small
     * enough that touching a new slab stalls an event loop for some milliseconds only (a virtual machine whose pages
     * are slow to come took up to 120), large enough that a buffer of several MiB still finds a run.
     *
     * @param bytes a power of two, 1 MiB to 1 GiB
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is out of range or not a power of two
     */
    public SlabByteBufAllocatorBuilder slabSize(int bytes) {
        if (bytes < MIN_SLAB_SIZE || bytes > MAX_SLAB_SIZE || Integer.bitCount(bytes) != 1) {
            throw refused("slabSize", bytes, "a power of two, 1 MiB to 1 GiB");
        }
        slabSize = bytes;
        return this;
    }

    /**
     * Sets the number of direct slabs that are reserved and touched while the allocator is built. Direct, because
     * transports ask for direct buffers whatever {@link #preferDirect(boolean)} says.
     *
     * <p>Default: 1, which serves hundreds of ordinary connections without a single further step. That one
     * is given back if no direct buffer has been asked for by the time that heap buffers need a second slab,
     * or their first if {@code maxMemory} has no room for both; what is set here stays.
     *
     * @param slabs 0 to {@code maxMemory / slabSize}
     * @return this builder
     * @throws IllegalArgumentException if {@code slabs} is negative
     */
    public SlabByteBufAllocatorBuilder initialSlabs(int slabs) {
        if (slabs < 0) {
            throw refused("initialSlabs", slabs, "0 to maxMemory / slabSize");
        }
        initialSlabs = slabs;
        keepsInitialSlabs = true;
        return this;
    }

    /**
     * Sets the number of heap slabs that are reserved while the allocator is built.
     *
     * <p>Default: 0, because most servers never ask for a heap buffer; the first one that is asked for adds a slab.
     * Set it for the JDK's TLS engine, which works on heap buffers. What is set here stays, even if direct buffers need
     * memory. Under G1 the array of a slab takes a region more than its size, for its header.
     *
     * @param slabs 0 to {@code maxMemory / slabSize}
     * @return this builder
     * @throws IllegalArgumentException if {@code slabs} is negative
     */
    public SlabByteBufAllocatorBuilder initialHeapSlabs(int slabs) {
        if (slabs < 0) {
            throw refused("initialHeapSlabs", slabs, "0 to maxMemory / slabSize");
        }
        initialHeapSlabs = slabs;
        return this;
    }

    /**
     * Sets the most that direct and heap slabs together may take from the system. What does not fill a whole slab is
     * not used. At the bound, a slab of one kind that is not in use makes room for one of the other, but for those that
     * {@link #initialSlabs(int)} and {@link #initialHeapSlabs(int)} asked for.
     *
     * <p>Default: half of the JVM's limit on direct memory ({@code -XX:MaxDirectMemorySize}, by default the maximum
     * heap size), and never less than the initial slabs. The other half stays for unpooled buffers and for code that
     * bypasses the allocator. In a 512 MiB container, where the JVM's defaults give 124 MiB, the bound is 62 MiB, in
     * slabs of 2 MiB.
     *
     * @param bytes {@code slabSize} to 1 TiB
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is out of range
     */
    public SlabByteBufAllocatorBuilder maxMemory(long bytes) {
        if (bytes < MIN_SLAB_SIZE || bytes > MAX_MEMORY_CEILING) {
            throw refused("maxMemory", bytes, "slabSize (at least 1 MiB) to 1 TiB");
        }
        maxMemory = bytes;
        return this;
    }

    /**
     * Sets the most that unpooled buffers may take from the system at one time; without effect under
     * {@link OverflowPolicy#FAIL}.
     *
     * <p>Default: what {@code maxMemory} leaves of the JVM's limit on direct memory, less 64 bytes for each slab, at
     * least one slab.
     *
     * @param bytes 0 or more
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public SlabByteBufAllocatorBuilder maxUnpooledMemory(long bytes) {
        if (bytes < 0) {
            throw refused("maxUnpooledMemory", bytes, "0 or more");
        }
        maxUnpooledMemory = bytes;
        return this;
    }

    /**
     * Sets the largest capacity that is served from slabs. Larger requests go to the {@link OverflowPolicy} at once.
     *
     * <p>Default: half a slab. A longer run needs a slab that is nearly empty, and keeps half of it from everybody.
     *
     * @param bytes 4 KiB to {@code slabSize}
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is out of range
     */
    public SlabByteBufAllocatorBuilder maxPooledBufferSize(int bytes) {
        if (bytes < MIN_MAX_POOLED_BUFFER_SIZE || bytes > MAX_SLAB_SIZE) {
            throw refused("maxPooledBufferSize", bytes, "4096 to slabSize");
        }
        maxPooledBufferSize = bytes;
        return this;
    }

    /**
     * Sets what happens to a request that the slabs cannot serve.
     *
     * <p>Default: {@link OverflowPolicy#UNPOOLED}, because a transport that is refused a buffer closes the connection.
     *
     * @param policy the policy
     * @return this builder
     * @throws NullPointerException if {@code policy} is null
     */
    public SlabByteBufAllocatorBuilder overflowPolicy(OverflowPolicy policy) {
        overflowPolicy = Objects.requireNonNull(policy, "overflowPolicy: null (expected: FAIL or UNPOOLED)");
        return this;
    }

    /**
     * Sets whether {@code buffer()} hands out direct buffers. {@code ioBuffer()} and {@code directBuffer()} always do.
     *
     * <p>Default: {@code true}, unless {@code -Dio.netty.noPreferDirect=true} is set.
     *
     * @param direct {@code true} for direct buffers, {@code false} for heap buffers
     * @return this builder
     */
    public SlabByteBufAllocatorBuilder preferDirect(boolean direct) {
        preferDirect = direct;
        return this;
    }

    /**
     * Builds the allocator: reserves and touches the initial slabs, which takes from a millisecond for every 4 MiB up
     * to tens, as quickly as the system's pages come.
     *
     * @return a new allocator; close it when its buffers are no longer needed
     * @throws IllegalArgumentException if the settings contradict each other
     * @throws OutOfMemoryError if the JVM refuses the memory of an initial slab; what was reserved is given back
     */
    public SlabByteBufAllocator build() {
        return new SlabByteBufAllocator(settings());
    }

    /** Returns the checked settings, every default filled in. */
    Settings settings() {
        long jvmLimit = NettyInternals.maxDirectMemory();
        int slab = slabSize != 0 ? slabSize : defaultSlabSize(maxMemory != 0 ? maxMemory : jvmLimit / 2);
        if (maxMemory != 0 && maxMemory < slab) {
            throw refused("maxMemory", maxMemory, "slabSize (" + slab + ") to 1 TiB");
        }
        long mostSlabs = (maxMemory != 0 ? maxMemory : MAX_MEMORY_CEILING) / slab;
        int leastDirect = keepsInitialSlabs ? initialSlabs : 0;
        checkInitial("initialSlabs", leastDirect, mostSlabs, slab);
        checkInitial("initialHeapSlabs", initialHeapSlabs, mostSlabs, slab);
        int directSlabs = keepsInitialSlabs ? leastDirect : (int) Math.min(initialSlabs, mostSlabs - initialHeapSlabs);
        long allSlabs = (long) directSlabs + initialHeapSlabs;
        checkInitial("initialSlabs + initialHeapSlabs", allSlabs, mostSlabs, slab);
        long bound = maxMemory != 0
                ? maxMemory
                : Math.max(Math.max(Math.min(jvmLimit / 2, MAX_MEMORY_CEILING), slab), allSlabs * slab);
        int pooled = maxPooledBufferSize != 0 ? maxPooledBufferSize : slab / 2;
        if (pooled > slab) {
            throw refused("maxPooledBufferSize", pooled, "4096 to " + slab + ", the slabSize");
        }
        long unpooled = maxUnpooledMemory >= 0
                ? maxUnpooledMemory
                : Math.max(jvmLimit - bound - Memory.alignmentBytes(slab, bound), slab);
        if (overflowPolicy == OverflowPolicy.FAIL) {
            unpooled = 0;
        }
        return new Settings(
                slab,
                directSlabs,
                leastDirect,
                initialHeapSlabs,
                bound,
                unpooled,
                pooled,
                Memory.isRoomToAlign(slab, bound, unpooled),
                overflowPolicy,
                preferDirect);
    }

    private void checkInitial(String name, long slabs, long most, int slab) {
        if (slabs > most) {
            String bound = maxMemory != 0 ? "maxMemory (" + maxMemory + ')' : "1 TiB";
            throw refused(name, slabs, "0 to " + most + ", " + bound + " / slabSize (" + slab + ')');
        }
    }

    private static int defaultSlabSize(long bound) {
        long sixteenth = Long.highestOneBit(bound / DEFAULT_SLABS_TO_BOUND);
        return (int) Math.max(MIN_SLAB_SIZE, Math.min(MAX_DEFAULT_SLAB_SIZE, sixteenth));
    }

    private static IllegalArgumentException refused(String name, long value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ')');
    }

    /** The checked settings, every default filled in. */
    record Settings(
            int slabSize,
            int initialSlabs,
            int leastDirectSlabs,
            int initialHeapSlabs,
            long maxMemory,
            long maxUnpooledMemory,
            int maxPooledBufferSize,
            boolean alignsSlabs,
            OverflowPolicy overflowPolicy,
            boolean preferDirect) {}
}
