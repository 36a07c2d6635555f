package io.nettyslab.heap;

import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.buffer.SlotHome;
import io.nettyslab.memory.Memory;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Buffers that are larger than the largest slot: each is a run of pages of its own, taken from the pool and given back
 * to it by whatever thread. They belong to no heap.
 */
public final class LargeBuffers {

    private final ThreadHeaps heaps;
    private final SlabPool pool;
    private final BufferCounts counts = new BufferCounts();
    private final Set<Run> runs = ConcurrentHashMap.newKeySet(); // of the buffers that are out; for metrics alone

    LargeBuffers(ThreadHeaps heaps, SlabPool pool) {
        this.heaps = heaps;
        this.pool = pool;
    }

    SlabByteBuf allocate(int capacity, int maxCapacity) {
        SlabByteBuf buf = SlabByteBuf.make(pool.kind());
        Request request = new Request(SizeClasses.pagesFor(capacity));
        if (!heaps.find(pool, request)) {
            return null;
        }
        Run run = request.toRun();
        buf.bind(run, 0, run.memory, run.offset);
        counts.handOut(run.slotSize());
        buf.handOut(capacity, maxCapacity);
        return buf;
    }

    /** One request on its way to a run of pages. */
    private final class Request implements BooleanSupplier {

        private final int pages;
        private int firstPage;

        Request(int pages) {
            this.pages = pages;
        }

        @Override
        public boolean getAsBoolean() {
            firstPage = pool.take(pages);
            return firstPage != SlabPool.NONE;
        }

        Run toRun() {
            Run run = null;
            boolean entered = false;
            try {
                run = new Run(pool.memoryOf(firstPage), firstPage, pages);
                entered = runs.add(run);
                return run;
            } finally {
                if (!entered) { // no memory for the objects
                    pool.giveBack(firstPage, pages); // first: what follows may need memory, too
                    if (run != null) {
                        runs.remove(run); // it may have been entered all the same
                    }
                }
            }
        }
    }

    /** Describes each that is out; any thread may ask. */
    void describe(Consumer<SpanState> to) {
        for (Run run : runs) {
            to.accept(new SpanState(pool.numberOf(run.firstPage), run.offset, run.slotSize(), run.slotSize(), 1, 1));
        }
    }

    /** Returns how many there are, and how many there were. */
    public BufferCounts counts() {
        return counts;
    }

    /** The home of one large buffer, and its end: what comes home here is given up, run, object and all. */
    private final class Run extends SlotHome {

        private Memory memory; // null once given back: whoever keeps the released buffer keeps no slab with it
        private final int offset;
        private final int firstPage;
        private final int pages;

        Run(Memory memory, int firstPage, int pages) {
            super(pages * SizeClasses.PAGE_SIZE, heaps.source());
            this.memory = memory;
            this.offset = pool.offsetOf(firstPage);
            this.firstPage = firstPage;
            this.pages = pages;
        }

        @Override
        protected Memory memoryOf(int handle) {
            return memory;
        }

        @Override
        public boolean isSlab() {
            return true;
        }

        @Override
        protected void takeBack(SlabByteBuf buf) {
            try {
                runs.remove(this);
            } finally { // even if the set has no Java heap to count in: nobody comes back
                counts.takeBack(slotSize());
                memory = null;
                buf.unbind();
                pool.giveBack(firstPage, pages);
            }
        }
    }
}
