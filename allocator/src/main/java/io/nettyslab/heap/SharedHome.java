package io.nettyslab.heap;

import io.nettyslab.buffer.SlotHome;

/** What other threads read of a {@link FreeList} when they release its buffers. Nothing here changes. */
abstract class SharedHome extends SlotHome {

    final ThreadHeap heap;
    final RemoteFreeList remoteFree = new RemoteFreeList();

    SharedHome(ThreadHeap heap, int slotSize) {
        super(slotSize, heap.source());
        this.heap = heap;
    }
}

/**
 * Keeps what other threads read off the cache lines that the owner writes with every buffer it hands out: HotSpot lays
 * out the fields of superclasses first. Without it a release from another event loop cost a fifth more, see
 * docs/decisions/0002-free-list-of-handles.md.
 */
abstract class PaddedHome extends SharedHome {

    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    PaddedHome(ThreadHeap heap, int slotSize) {
        super(heap, slotSize);
    }
}
