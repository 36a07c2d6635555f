package io.nettyslab;

import io.netty.buffer.ByteBufAllocatorMetric;
import java.util.List;

/**
 * What a {@link SlabByteBufAllocator} can tell about itself. All figures are live: each call reads anew, takes no lock
 * and writes nothing that an allocating thread reads. A figure is exact when no other thread is allocating or
 * releasing and their work happened before the call; otherwise it is right for some recent moment.
 *
 * <p>Three words are used throughout. <em>Reserved</em>: taken from the system. <em>Used</em>, or <em>in use</em>: the
 * slots of the buffers that are handed out, plus unpooled buffers. <em>Unpooled</em>: memory outside the slabs, taken
 * for single buffers under {@link OverflowPolicy#UNPOOLED}. Netty's own pools report reserved bytes as used; this one
 * keeps the two apart, so {@code used <= reserved} whenever no other thread allocates or releases.
 *
 * <p>Instances are thread-safe.
 */
public interface SlabByteBufAllocatorMetric extends ByteBufAllocatorMetric {

    /**
     * Returns the heap bytes in use: slot sizes of the heap buffers that are handed out, plus the memory of
     * unpooled heap buffers. 0 for an allocator without live heap buffers.
     */
    @Override
    long usedHeapMemory();

    /**
     * Returns the direct bytes in use: slot sizes of the direct buffers that are handed out, plus the memory of
     * unpooled direct buffers. 0 for an allocator without live direct buffers.
     */
    @Override
    long usedDirectMemory();

    /**
     * Returns the direct bytes taken from the system: direct slabs plus unpooled direct buffers.
     *
     * @return bytes
     */
    long reservedDirectMemory();

    /**
     * Returns the heap bytes taken from the system: heap slabs plus unpooled heap buffers.
     *
     * @return bytes
     */
    long reservedHeapMemory();

    /**
     * Returns all bytes in use, {@code usedDirectMemory() + usedHeapMemory()}.
     *
     * @return bytes
     */
    default long bytesInUse() {
        return usedDirectMemory() + usedHeapMemory();
    }

    /**
     * Returns the direct bytes held by unpooled buffers that are handed out.
     *
     * @return bytes
     */
    long unpooledDirectMemory();

    /**
     * Returns the heap bytes held by unpooled buffers that are handed out.
     *
     * @return bytes
     */
    long unpooledHeapMemory();

    /**
     * Returns the bytes held by unpooled buffers of both kinds that are handed out.
     *
     * @return bytes, at most {@link #maxUnpooledMemory()} unless buffers come and go between the two readings
     */
    default long unpooledBytes() {
        return unpooledDirectMemory() + unpooledHeapMemory();
    }

    /**
     * Returns the most that slabs of both kinds may take from the system.
     *
     * @return bytes
     */
    long maxMemory();

    /**
     * Returns the most that unpooled buffers of both kinds may take from the system at one time.
     *
     * @return bytes, 0 under {@link OverflowPolicy#FAIL}
     */
    long maxUnpooledMemory();

    /**
     * Returns how many buffers are handed out now, from slabs and unpooled.
     *
     * @return number of buffers
     */
    long buffersInUse();

    /**
     * Returns how many buffers were handed out from slabs since the allocator was built, moves of growing buffers to a
     * larger slot included.
     *
     * @return number of buffers
     */
    long slabAllocations();

    /**
     * Returns how many buffers were handed out from unpooled memory since the allocator was built.
     *
     * @return number of buffers
     */
    long unpooledAllocations();

    /**
     * Returns how many requests failed with {@link SlabExhaustedError} since the allocator was built.
     *
     * @return number of requests
     */
    long failedAllocations();

    /**
     * Returns the number of direct slabs.
     *
     * @return number of slabs
     */
    int directSlabs();

    /**
     * Returns the number of heap slabs.
     *
     * @return number of slabs
     */
    int heapSlabs();

    /**
     * Returns the bytes of direct slabs that belong to spans and large buffers, whether their slots are handed out or
     * not; the rest of the slabs is free for any size class.
     *
     * @return bytes
     */
    long directSpanBytes();

    /**
     * Returns the bytes of heap slabs that belong to spans and large buffers.
     *
     * @return bytes
     */
    long heapSpanBytes();

    /**
     * Returns the Java heap that the allocator takes to keep its books: buffer objects, spans, free runs and the tables
     * of free lists, which grow with what is in use. An estimate from HotSpot's object layout. Not in it: what is made
     * once for each thread and size class, NIO views and the buffers' own views, some 100 bytes for each buffer that
     * ever had any, and the objects of large and of unpooled buffers.
     *
     * @return bytes
     */
    long metadataBytes();

    /**
     * Returns the size classes that have ever been used, direct ones first, each kind in ascending order of slot size.
     *
     * @return a new unmodifiable list
     */
    List<SizeClassMetric> sizeClasses();

    /**
     * Returns what lies where in each slab, direct slabs first, each kind by its numbers: a slab has the lowest that
     * was free when it was reserved. Made for pictures and for a look at fragmentation, not for frequent reading: it
     * visits every span. While other threads allocate and release, single spans may be missing.
     *
     * @return a new unmodifiable list
     */
    List<SlabMetric> slabs();
}
