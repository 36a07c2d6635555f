package io.nettyslab.memory;

import io.nettyslab.memory.NettyInternals.DirectBlock;
import java.nio.ByteBuffer;

/**
 * One contiguous block taken from the system: a slab, or the memory of one unpooled buffer.
 *
 * <p>Immutable, and safe to share: the buffer is used by absolute positions only, so nobody moves anybody's position.
 */
public final class Memory {

    /** Every OS page is at least this large; touching one byte in each makes all of them resident. */
    private static final int SMALLEST_OS_PAGE = 4096;

    /** Bytes, of x86 and most ARM servers; where lines are longer, less is gained. */
    private static final int CACHE_LINE = 64;

    /**
     * What comes before the first element of an array with the JVM's default flags, in bytes. Large arrays begin with a
     * cache line under G1 and ZGC; under Parallel only with a word.
     */
    private static final int ARRAY_HEADER = 16;

    private static final Refusals DIRECT_REFUSALS = new Refusals(System::nanoTime);
    private static final Refusals HEAP_REFUSALS = new Refusals(System::nanoTime);

    private final int size; // bytes
    private final ByteBuffer buffer; // null for heap memory
    private final byte[] array; // null for direct memory
    private final int start; // of byte 0 in the array
    private final long address; // of byte 0; 0 for heap memory, or where the JVM does not tell
    private final Runnable release; // null for heap memory

    private Memory(byte[] array, int start) {
        this.size = array.length - start;
        this.array = array;
        this.start = start;
        this.buffer = null;
        this.address = 0;
        this.release = null;
    }

    private Memory(DirectBlock block) {
        this.size = block.buffer().capacity();
        this.array = null;
        this.start = 0;
        this.buffer = block.buffer();
        this.address = block.address();
        this.release = block.release();
    }

    /**
     * Takes memory for a slab and touches all of it, so that no later access faults a page in. It begins with a cache
     * line, so that slots of whole lines do: copies then touch fewer of them. See
     * docs/decisions/0010-primitive-access.md.
     *
     * @param kind where
     * @param bytes how much, more than 0
     * @param aligned whether there is room for that in the JVM's limit on direct memory; of heap memory no more is
     *     taken either way
     * @return the memory
     * @throws OutOfMemoryError if the JVM refuses
     */
    public static Memory reserve(MemoryKind kind, int bytes, boolean aligned) {
        if (kind == MemoryKind.HEAP) {
            return takeHeap(bytes, CACHE_LINE - ARRAY_HEADER);
        }
        Memory memory = DIRECT_REFUSALS.take(bytes, () -> takeLongLived(bytes, aligned));
        for (int at = 0; at < bytes; at += SMALLEST_OS_PAGE) {
            memory.buffer.put(at, (byte) 0);
        }
        memory.buffer.put(bytes - 1, (byte) 0); // a block that begins within a page ends within one more
        return memory;
    }

    /** Returns whether the JVM would not be asked for so many bytes, because it has refused as many just now. */
    public static boolean isRefused(MemoryKind kind, int bytes) {
        return (kind == MemoryKind.HEAP ? HEAP_REFUSALS : DIRECT_REFUSALS).refuses(bytes);
    }

    private static Memory takeLongLived(int bytes, boolean aligned) {
        DirectBlock taken = NettyInternals.takeLongLived(aligned ? bytes + CACHE_LINE : bytes);
        Memory memory = null;
        try {
            memory = new Memory(aligned ? taken.aligned(CACHE_LINE, bytes) : taken);
            return memory;
        } finally {
            if (memory == null) { // no Java heap for the objects
                taken.release().run();
            }
        }
    }

    /**
     * Returns whether the JVM's limit on direct memory leaves room to align slabs. That takes {@value #CACHE_LINE}
     * bytes of the limit for each, but none of the system, where an allocation of this size ends with a part of a page
     * in any case.
     *
     * @param slabSize bytes in a slab
     * @param most what all slabs may take together, in bytes
     * @param mostBeside what else may be taken of the limit, in bytes
     */
    public static boolean isRoomToAlign(int slabSize, long most, long mostBeside) {
        return mostBeside <= NettyInternals.maxDirectMemory() - most - alignmentBytes(slabSize, most);
    }

    /** Returns what alignment takes of the JVM's limit on direct memory, in bytes, if slabs take {@code most} bytes. */
    public static long alignmentBytes(int slabSize, long most) {
        return most / slabSize * CACHE_LINE;
    }

    /**
     * Takes memory for one buffer; {@link #free()} gives it back at once, or, on the Java heap, to the collector.
     *
     * @param kind where
     * @param bytes how much, 0 or more
     * @return the memory
     * @throws OutOfMemoryError if the JVM refuses
     */
    public static Memory takeUnpooled(MemoryKind kind, int bytes) {
        return kind == MemoryKind.HEAP
                ? takeHeap(bytes, 0)
                : DIRECT_REFUSALS.take(bytes, () -> new Memory(NettyInternals.takeShortLived(bytes)));
    }

    private static Memory takeHeap(int bytes, int start) {
        return HEAP_REFUSALS.take(bytes, () -> new Memory(new byte[start + bytes], start));
    }

    /** Returns the size in bytes. */
    public int size() {
        return size;
    }

    /** Returns the whole block as a big-endian buffer for absolute access; {@code null} for heap memory. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Returns the array whose bytes from {@link #start()} on are the block; {@code null} for direct memory. */
    public byte[] array() {
        return array;
    }

    /** Returns where byte 0 is in {@link #array()}; 0 for direct memory. */
    public int start() {
        return start;
    }

    /** Returns the native address of byte 0, or 0 for heap memory and where the JVM does not tell. */
    public long address() {
        return address;
    }

    /**
     * Gives the block back. Call once, when no live buffer is left in it. Direct slabs on JDK 25 without
     * {@code Unsafe} go back when the garbage collector finds the last reference gone.
     */
    public void free() {
        if (release != null) {
            release.run();
        }
        (array == null ? DIRECT_REFUSALS : HEAP_REFUSALS).noteFreed(size);
    }
}
