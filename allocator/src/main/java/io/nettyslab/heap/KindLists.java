package io.nettyslab.heap;

import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.RunBatch;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.util.function.Consumer;

/**
 * What a heap has of one kind of memory: its free lists and what they share. Only whoever owns the heap may call, but
 * for {@link #lists()}, {@link #spare()} and {@link #releases()}, of which others read.
 */
final class KindLists {

    private final FreeList[] lists = new FreeList[SizeClasses.COUNT]; // null: never used
    private final SpareBuffers spare;
    private RunBatch runsBack; // empty but while slots are put back; null: there is no list yet
    private int ebbsSeen;
    private final VainSpill vainSpill = new VainSpill();

    KindLists(MemoryKind kind) {
        spare = new SpareBuffers(kind);
    }

    /** Returns the lists by size class, {@code null} where there is none. */
    FreeList[] lists() {
        return lists;
    }

    SpareBuffers spare() {
        return spare;
    }

    /** Returns where the lists leave the runs that they give back. */
    RunBatch runsBack(SlabPool pool) {
        return runsBack == null ? runsBack = new RunBatch(pool) : runsBack;
    }

    /** Says, once for each ebb of {@code pool}, that there was one. */
    boolean isFirstSinceEbb(SlabPool pool) {
        int ebbs = pool.ebbs();
        boolean first = ebbs != ebbsSeen;
        ebbsSeen = ebbs;
        return first;
    }

    /** Returns when these lists were last spilled in vain. */
    VainSpill vainSpill() {
        return vainSpill;
    }

    /** Returns how many buffers were ever released to these lists; any thread may ask. */
    long releases() {
        long releases = 0;
        for (FreeList list : lists) {
            releases += list == null ? 0 : list.allocations() - list.slotsInUse();
        }
        return releases;
    }

    /** Puts back all slots that are not handed out. */
    void spillAll() {
        forEach(FreeList::spillAll);
    }

    /** Puts back what was released to these lists. */
    void spillReleased() {
        forEach(FreeList::spillReleased);
    }

    /** Puts back some of what a list keeps ready that has handed out nothing since it was last asked. */
    void spillIfIdle(int sizeClass) {
        if (lists[sizeClass] != null) {
            lists[sizeClass].spillIfIdle();
        }
    }

    /**
     * Tells the lists that a slab was added for one of them. A Java heap without room for it is no reason to fail: a
     * table that has to grow will say so itself.
     */
    void growTablesAhead() {
        try {
            forEach(FreeList::growTablesAhead);
        } catch (OutOfMemoryError tooEarly) {
            // Every table is as it was, or larger.
        }
    }

    private void forEach(Consumer<FreeList> action) {
        for (FreeList list : lists) {
            if (list != null) {
                action.accept(list);
            }
        }
    }
}
