package io.nettyslab;

/**
 * The state of one size class of one kind of memory, summed over all heaps of the allocator at the moment of reading.
 *
 * <p>{@code reservedSlots == slotsInUse + readySlots + heldSlots} holds whenever no other thread is allocating or
 * releasing; while others run, each figure is right for some recent moment, not necessarily the same one.
 *
 * @param direct {@code true} for direct memory, {@code false} for heap memory
 * @param slotSize bytes in one slot of the class: the most a buffer of this class holds without moving
 * @param reservedSlots slots in all spans of the class
 * @param slotsInUse slots whose buffer is handed out
 * @param readySlots slots ready on a free list, or released by another thread and not yet taken back by their owner
 * @param heldSlots slots held in their spans
 * @param allocations buffers handed out since the allocator was built
 */
public record SizeClassMetric(
        boolean direct,
        int slotSize,
        long reservedSlots,
        long slotsInUse,
        long readySlots,
        long heldSlots,
        long allocations) {}
