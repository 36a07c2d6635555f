package io.nettyslab.heap;

import io.nettyslab.buffer.AwayLink;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.ObjectSizes;
import io.nettyslab.slab.RunBatch;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The slots of one size class and one kind of memory in one heap: a stack of those that are ready to hand out, over
 * the spans that they were cut from. Every buffer of the class is allocated here and comes home here.
 *
 * <p>Only whoever owns the heap may call, but for {@link #takeBack}, {@link #pushRemote}, {@link #memoryOf} and the
 * metrics, which any thread may.
 *
 * <p>{@code spans.slots() == held in spans + fresh + ready + taken + remote frees + handed out}. Nobody counts what is
 * handed out; it is what is missing.
 *
 * <p>Why handles: each buffer at home has the handle of the next in an {@code int}, and a table says which object is
 * bound to which slot. References would be one load shorter, but storing one into an old object is a barrier that costs
 * more than the whole path. See docs/decisions/0002-free-list-of-handles.md and 0014-linked-by-handles.md.
 */
final class FreeList extends PaddedHome {

    /** No handle. */
    static final int NONE = -1;

    /**
     * Slots that are put back at once when their size went out of use, of those never used and of those released each:
     * not more than an allocation can wait for.
     */
    private static final int MOST_IDLE_AT_ONCE = 4;

    private static final SlabByteBuf[] NO_BUFFERS = {};

    private static final int FIRST_TABLE = 16; // buffers; many lists never need more

    private final SlabPool pool;
    private final int sizeClass;
    private final SpanTable spans;
    private final SpareBuffers spare;
    private final RunBatch runsBack;

    /**
     * The object bound to each slot; null if it has none, as many that are held in spans. While it is away, null or
     * another slot's: it was swapped with that, or is watched by the leak detector, which needs us to forget it.
     */
    private SlabByteBuf[] buffers = NO_BUFFERS;

    private int head = NONE; // handle of the buffer to hand out next; each knows the one behind it
    private int ready; // buffers linked that way
    private int mostReady; // how many may be; what is right was last found out when there were as many
    private final ListLimits limits;
    private final int[] fresh; // stack of slots just taken from spans
    private int freshSlots;
    private int outOfSpans; // slots that are not held in a span
    private long allocations;
    private long allocationsSeen; // at the last look for idle lists

    private final BooleanSupplier addSpan = this::addSpan;

    private final long[] taken = new long[RemoteFreeList.CHAINS]; // chains of remote frees, taken but not ready yet

    private int takenLeft; // buffers in them

    private int boundBuffers; // entries of buffers that are not null, or are away

    FreeList(ThreadHeap heap, SlabPool pool, int sizeClass, ListLimits limits) {
        super(heap, SizeClasses.slotSize(sizeClass));
        this.pool = pool;
        this.sizeClass = sizeClass;
        this.spans = new SpanTable(pool, sizeClass);
        this.spare = heap.of(pool.kind()).spare();
        this.runsBack = heap.of(pool.kind()).runsBack(pool);
        this.limits = limits;
        this.mostReady = limits.mostReady(0);
        this.fresh = new int[limits.mostSlotsAtOnce()];
        Arrays.fill(taken, RemoteFreeList.EMPTY);
        VarHandle.releaseFence(); // metrics find this list without any
    }

    // -------------------------------------------------------------------------------------------------- hot path

    /** Hands out a buffer, or returns {@code null} if there is no memory for one. */
    SlabByteBuf take(int capacity, int maxCapacity) {
        if (head == NONE && !drainRemote()) {
            return takeFresh(capacity, maxCapacity);
        }
        SlabByteBuf buf = buffers[head];
        head = buf.nextHandle();
        ready--;
        allocations++;
        buf.handOut(capacity, maxCapacity);
        return buf;
    }

    @Override
    protected void takeBack(SlabByteBuf buf) {
        if (heap.isOwnedBy(Thread.currentThread())) {
            push(buf);
        } else {
            heap.takeBackFromOutside(this, buf);
        }
    }

    /** Takes a buffer that came home. */
    void push(SlabByteBuf buf) {
        if (buf.isAway()) {
            enter(buf);
        }
        if (ready >= mostReady) {
            makeRoom();
        }
        int handle = buf.handle();
        buf.linkTo(head); // from here on nothing is called: without room on the stack the slot would be lost
        head = handle;
        ready++;
    }

    private void makeRoom() {
        mostReady = limits.mostReady(outOfSpans - ready - freshSlots);
        if (ready >= mostReady) {
            spill(mostReady / 2);
        }
    }

    // ------------------------------------------------------------------------------------------ where slots come from

    /** Hands out a buffer whose slot comes from a span. Its memory is as cold as the way here is long. */
    private SlabByteBuf takeFresh(int capacity, int maxCapacity) {
        if (freshSlots == 0 && !refill()) {
            return null;
        }
        int handle = fresh[freshSlots - 1];
        SlabByteBuf buf = buffers[handle];
        if (buf == null) {
            buf = bindBuffer(handle);
        }
        freshSlots--; // not before: making a buffer object may fail, and must not lose the slot
        allocations++;
        buf.handOut(capacity, maxCapacity);
        return buf;
    }

    /** Takes slots from spans, the nearest ones first; says whether there are any now. */
    private boolean refill() {
        if (fill()) {
            return true;
        }
        return heap.find(pool, addSpan) ? fill() : addSingleSlot() && fill();
    }

    /**
     * Adds a span, or as many as are taken apart at once; says whether there are slots now. No more than are taken at
     * once: a span that stays whole would not be given back before somebody takes a slot of it. That is also why none
     * is added if this list has put slots back since it looked.
     */
    private boolean addSpan() {
        if (spans.holdAny()) {
            return true;
        }
        int most = limits.spansAtOnce(outOfSpans);
        makeRoomForSpans(most);
        int runs = pool.takeSpans(sizeClass, fresh, most); // which is empty, and has room for the first pages
        for (int i = 0; i < runs; i++) {
            spans.open(fresh[i], SizeClasses.spanPages(sizeClass));
        }
        return runs > 0;
    }

    /** At the bound, one slot is worth any waste: adds the shortest span. */
    private boolean addSingleSlot() {
        makeRoomForSpans(1);
        int pages = SizeClasses.pagesFor(slotSize());
        int firstPage = pool.take(pages);
        if (firstPage == SlabPool.NONE) {
            return false;
        }
        spans.open(firstPage, pages);
        return true;
    }

    /**
     * Takes in what other threads released, but makes no more than half of what may be ready; says whether there is any
     * now. The rest of the chains waits its turn: putting it back into spans would take them apart just before they are
     * needed again.
     */
    boolean drainRemote() {
        if (takenLeft == 0) {
            takenLeft = remoteFree.takeAll(taken);
        }
        link(Math.min(takenLeft, Math.max(0, mostReady / 2 - ready)));
        for (AwayLink link = remoteFree.takeAllAway(); link != null; ) { // few, if any
            AwayLink next = link.next();
            link.chainTo(null);
            push(link.buffer());
            link = next;
        }
        return ready > 0;
    }

    /**
     * Makes so many of the remote frees that were taken ready, in turn from all chains. Each either is in its chain or
     * ready, and counted so, even if a call finds no room on the stack: the next look would else never end.
     */
    private void link(int count) {
        for (int i = 0, end = takenLeft - count; takenLeft > end; i = i + 1 & RemoteFreeList.CHAINS - 1) {
            long chain = taken[i];
            if (chain != RemoteFreeList.EMPTY) {
                int handle = RemoteFreeList.firstOf(chain);
                SlabByteBuf buf = buffers[handle];
                long rest = RemoteFreeList.behindFirst(chain, buf.nextHandle());
                buf.linkTo(head); // the last call: from here on nothing can fail
                taken[i] = rest;
                head = handle;
                ready++;
                takenLeft--;
            }
        }
    }

    /** Takes some slots from the spans; says whether there were any. */
    private boolean fill() {
        assert freshSlots == 0 : freshSlots + " slots would be overwritten";
        freshSlots = spans.take(fresh, limits.slotsAtOnce(outOfSpans));
        outOfSpans += freshSlots;
        return freshSlots > 0;
    }

    /** Makes room for so many more spans and their handles before any is added: from there on nothing may fail. */
    private void makeRoomForSpans(int count) {
        spans.makeRoom(count);
        if (buffers.length < spans.handleLimit()) {
            int doubled = Math.max(FIRST_TABLE, 2 * buffers.length);
            buffers = Arrays.copyOf(buffers, Math.max(spans.handleLimit(), doubled));
        }
    }

    /** Grows tables that will be too small soon, while a slab is added: beside that nobody notices what it takes. */
    void growTablesAhead() {
        if (spans.handleLimit() > buffers.length / 4 * 3) {
            buffers = Arrays.copyOf(buffers, buffers.length / 2 * 3);
        }
    }

    // -------------------------------------------------------------------------------------------- where slots go to

    /** Puts all ready slots back into their spans but the {@code kept} that were released last. */
    private void spill(int kept) {
        int handle = cutOffAfter(kept);
        outOfSpans -= ready - kept;
        ready = kept;
        while (handle != NONE) {
            int next = buffers[handle].nextHandle();
            putBack(handle);
            handle = next;
        }
        runsBack.flush();
    }

    /**
     * Makes the list end after so many buffers, 1 or more; returns the handle of the one behind. There must be as many.
     */
    private int cutOffAfter(int kept) {
        int handle = head;
        for (int i = 1; i < kept; i++) {
            handle = buffers[handle].nextHandle();
        }
        int rest = buffers[handle].nextHandle();
        buffers[handle].linkTo(NONE);
        return rest;
    }

    private void putBack(int handle) {
        if (spans.putBack(handle)) {
            retireSpanOf(handle);
        } else if (boundBuffers > limits.mostBound(outOfSpans)) {
            unbindBuffer(handle);
        }
    }

    /** Puts all slots that are not handed out back into their spans, and the pages of whole spans into the pool. */
    void spillAll() {
        spillFresh(Integer.MAX_VALUE);
        spillReleased();
    }

    /**
     * Puts back what was released to this list, but leaves the slots that it took from spans: they are not scattered.
     */
    void spillReleased() {
        spillReleased(Integer.MAX_VALUE);
    }

    /** Puts some slots back if nothing was handed out since the last call. */
    void spillIfIdle() {
        if (allocations == allocationsSeen) {
            spillFresh(MOST_IDLE_AT_ONCE);
            spillReleased(MOST_IDLE_AT_ONCE);
        }
        allocationsSeen = allocations;
    }

    private void spillFresh(int most) {
        for (int i = 0; i < most && freshSlots > 0; i++) {
            outOfSpans--;
            putBack(fresh[--freshSlots]);
        }
        runsBack.flush();
    }

    private void spillReleased(int most) {
        for (int i = 0; i < most && (head != NONE || drainRemote()); i++) {
            int handle = head;
            head = buffers[handle].nextHandle();
            ready--;
            outOfSpans--;
            putBack(handle);
        }
        runsBack.flush();
    }

    private void retireSpanOf(int handle) {
        int first = spans.firstHandle(handle);
        int end = first + spans.slotsOfSpan(handle);
        for (int at = first; at < end; at++) {
            unbindBuffer(at);
        }
        spans.retire(handle, runsBack);
    }

    /** Takes the object, if there is one, from a slot that is held in its span. */
    private void unbindBuffer(int handle) {
        if (buffers[handle] != null) {
            spare.keep(buffers[handle]);
            buffers[handle] = null;
            boundBuffers--;
        }
    }

    // -------------------------------------------------------------------------------------------- buffers and slots

    private SlabByteBuf bindBuffer(int handle) {
        SlabByteBuf buf = spare.take();
        buf.bind(this, handle, spans.memoryOf(handle), spans.offsetOf(handle));
        buffers[handle] = buf;
        boundBuffers++;
        return buf;
    }

    /** Writes into the table that {@code buf} is at home. */
    private void enter(SlabByteBuf buf) {
        buffers[buf.handle()] = buf;
        buf.arrive();
    }

    /** Forgets a buffer that is handed out, so that the garbage collector can tell when its user has lost it. */
    void forget(SlabByteBuf buf) {
        buf.goAway();
        buffers[buf.handle()] = null;
    }

    /** Takes a buffer from outside the heap; see {@link ThreadHeap#takeBackFromOutside}. */
    void pushRemote(SlabByteBuf buf) {
        remoteFree.push(buf);
    }

    /** Any thread may ask. Exact for a buffer that is handed out, whose span cannot retire meanwhile. */
    @Override
    protected Memory memoryOf(int handle) {
        return spans.memoryOf(handle);
    }

    @Override
    public boolean isSlab() {
        return true;
    }

    // ------------------------------------------------------------------------------------------- what metrics read

    long allocations() {
        return allocations;
    }

    int slots() {
        return spans.slots();
    }

    int slotsReady() {
        int most = spans.slots();
        return Math.min(most, freshSlots + ready + takenLeft + remoteFree.length(most));
    }

    /** Returns the bytes of Java heap that this list, its spans and its buffers take; any thread may ask. */
    long metadataBytes() {
        return ObjectSizes.array(fresh.length, Integer.BYTES)
                + ObjectSizes.array(taken.length, Long.BYTES)
                + RemoteFreeList.metadataBytes()
                + ObjectSizes.array(buffers.length, ObjectSizes.REFERENCE)
                + (long) boundBuffers * SlabByteBuf.OBJECT_BYTES
                + spans.metadataBytes();
    }

    /** Describes each open span; any thread may ask. */
    void describeSpans(Consumer<SpanState> to) {
        int most = spans.slots();
        IntStream linked = IntStream.range(0, RemoteFreeList.CHAINS)
                .mapToObj(i -> LongStream.of(taken[i], remoteFree.waiting(i)))
                .flatMapToLong(chains -> chains)
                .mapToObj(chain -> linked(RemoteFreeList.firstOf(chain), RemoteFreeList.lengthOf(chain)))
                .flatMapToInt(handles -> handles);
        IntStream away = remoteFree.waitingAway(most).mapToInt(SlabByteBuf::handle);
        IntStream own = IntStream.concat(Arrays.stream(fresh, 0, freshSlots), linked(head, Math.min(most, ready)));
        spans.describe(IntStream.concat(own, IntStream.concat(linked, away)), to);
    }

    /**
     * What the owner changes meanwhile leads elsewhere, but never astray: each step is checked, and they are counted.
     */
    private IntStream linked(int first, int most) {
        SlabByteBuf[] table = buffers;
        return IntStream.iterate(first, handle -> handle >= 0 && handle < table.length, handle -> {
                    SlabByteBuf buf = table[handle]; // read once: it may be gone the next moment
                    return buf == null ? NONE : Math.max(NONE, buf.nextHandle());
                })
                .limit(most);
    }

    int slotsInUse() {
        return Math.max(0, outOfSpans - slotsReady());
    }
}
