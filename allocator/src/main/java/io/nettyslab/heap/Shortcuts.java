package io.nettyslab.heap;

import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.SizeClasses;
import java.util.Arrays;

/**
 * What is known of threads by the low bits of their ids, in front of the thread locals and of the questions that cost
 * more: the free lists of those that own a heap, and the ids of threads, not virtual ones, that do not. An entry may
 * be out of date or another thread's: of a list its heap says whose it is, and a thread that is wrongly thought to
 * have no heap uses a stripe for a while. So the tables are racy, and written seldom: when a thread gets its heap or
 * is found to have none, and, so that it is asked again, at every so many allocations from a stripe.
 *
 * <p>{@link ThreadHeaps} extends this rather than refers to it: one read less on the way to each buffer, where every
 * read waits for the one before. See docs/decisions/0006-finding-the-heap.md.
 */
abstract class Shortcuts {

    /** Event loops are numbered in a row, so few get in others' way. A power of two. */
    private static final int PLACES = 256;

    private static final FreeList[] NO_LISTS = new FreeList[SizeClasses.COUNT];

    private final FreeList[][] directLists = new FreeList[PLACES][];
    private final FreeList[][] heapLists = new FreeList[PLACES][];
    private final int[] foreign = new int[PLACES];

    Shortcuts() {
        Arrays.fill(directLists, NO_LISTS);
        Arrays.fill(heapLists, NO_LISTS);
    }

    private static int placeOf(Thread thread) {
        return (int) thread.getId() & PLACES - 1;
    }

    /**
     * Returns the list of a size class that {@code thread}, the current one, owns, or {@code null} if it is not found
     * here.
     */
    final FreeList listOf(Thread thread, MemoryKind kind, int sizeClass) {
        FreeList list = (kind == MemoryKind.DIRECT ? directLists : heapLists)[placeOf(thread)][sizeClass];
        return list != null && list.heap.isOwnedBy(thread) ? list : null;
    }

    /** Enters the heap that {@code thread} has got. */
    final void enter(Thread thread, ThreadHeap heap) {
        directLists[placeOf(thread)] = heap.of(MemoryKind.DIRECT).lists();
        heapLists[placeOf(thread)] = heap.of(MemoryKind.HEAP).lists();
    }

    /** Returns whether {@code thread}, which is not virtual, was found to have no heap. */
    final boolean isForeign(Thread thread) {
        return foreign[placeOf(thread)] == (int) thread.getId();
    }

    /** Enters that {@code thread}, which is not virtual, has no heap. */
    final void enterForeign(Thread thread) {
        foreign[placeOf(thread)] = (int) thread.getId();
    }

    /** Forgets that {@code thread} has no heap: it may begin to run an executor. */
    final void forgetForeign(Thread thread) {
        foreign[placeOf(thread)] = 0; // no thread's id
    }
}
