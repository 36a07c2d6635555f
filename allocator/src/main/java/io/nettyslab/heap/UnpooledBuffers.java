package io.nettyslab.heap;

import io.nettyslab.buffer.BufferSource;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.buffer.SlotHome;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;

/**
 * Buffers of one kind of memory that the slabs had no room for: each has memory of its own, taken from the system and
 * given back when the buffer is released. Any thread may call; lock-free but for the system's own allocator.
 */
public final class UnpooledBuffers {

    private final BufferSource source;
    private final MemoryKind kind;
    private final MemoryBudget budget; // shared with the other kind
    private final BufferCounts counts = new BufferCounts();

    /**
     * Makes none yet.
     *
     * @param source the allocator they belong to
     * @param kind their memory
     * @param budget what all unpooled buffers may take together
     */
    public UnpooledBuffers(BufferSource source, MemoryKind kind, MemoryBudget budget) {
        this.source = source;
        this.kind = kind;
        this.budget = budget;
    }

    /**
     * Hands out a buffer, or returns {@code null} if that would pass the bound.
     *
     * @throws OutOfMemoryError if the JVM refuses the memory
     */
    public SlabByteBuf allocate(int capacity, int maxCapacity) {
        int bytes = Math.max(1, capacity); // an address of its own even if empty
        if (!budget.tryTake(bytes)) {
            return null;
        }
        Memory memory = null;
        SlabByteBuf buf = null;
        try {
            memory = Memory.takeUnpooled(kind, bytes);
            SlabByteBuf made = SlabByteBuf.make(kind);
            made.bind(new Own(memory), 0, memory, 0);
            buf = made;
        } finally {
            if (buf == null) {
                giveBack(memory, bytes);
            }
        }
        counts.handOut(bytes);
        buf.handOut(capacity, maxCapacity);
        return buf;
    }

    /** What the JVM does not free, because an operation of its own still uses it, stays taken of the budget, too. */
    private void giveBack(Memory memory, int bytes) {
        if (memory != null) {
            memory.free();
        }
        budget.giveBack(bytes);
    }

    /** Returns how many there are, and how many there were. */
    public BufferCounts counts() {
        return counts;
    }

    /** The home of one unpooled buffer, and its end. */
    private final class Own extends SlotHome {

        private Memory memory; // null once given back: whoever keeps the released buffer keeps no memory with it

        Own(Memory memory) {
            super(memory.size(), source);
            this.memory = memory;
        }

        @Override
        protected Memory memoryOf(int handle) {
            return memory;
        }

        @Override
        public boolean isSlab() {
            return false;
        }

        @Override
        protected void takeBack(SlabByteBuf buf) {
            Memory own = memory;
            memory = null;
            buf.unbind();
            counts.takeBack(slotSize());
            giveBack(own, slotSize());
        }
    }
}
