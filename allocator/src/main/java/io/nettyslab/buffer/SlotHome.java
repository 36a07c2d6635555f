package io.nettyslab.buffer;

import io.nettyslab.memory.Memory;

/** Where a buffer's memory comes from, and so where it goes when the last reference is released. */
public abstract class SlotHome {

    private final int slotSize;
    private final BufferSource source;

    /**
     * Makes a home.
     *
     * @param slotSize the most bytes that a buffer of this home holds without moving
     * @param source where a buffer that outgrows them gets more
     */
    protected SlotHome(int slotSize, BufferSource source) {
        this.slotSize = slotSize;
        this.source = source;
    }

    /** Returns the most bytes that a buffer of this home holds without moving. */
    public final int slotSize() {
        return slotSize;
    }

    final BufferSource source() {
        return source;
    }

    /** Returns the block that the slot {@code handle} lies in; {@code null} only if that has been given back. */
    protected abstract Memory memoryOf(int handle);

    /** Returns whether the memory lies in a slab. */
    public abstract boolean isSlab();

    /**
     * Takes {@code buf} back. Called once for each time it was handed out, by the thread that released the last
     * reference, whichever that is. The caller must not touch {@code buf} afterwards: another thread may have it.
     */
    protected abstract void takeBack(SlabByteBuf buf);
}
