package io.nettyslab;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toUnmodifiableList;

import io.nettyslab.heap.SlotCounts;
import io.nettyslab.heap.SpanState;
import io.nettyslab.heap.ThreadHeaps;
import io.nettyslab.heap.UnpooledBuffers;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up, when asked, what the parts of the allocator count by themselves. */
final class LiveMetric implements SlabByteBufAllocatorMetric {

    private final ThreadHeaps heaps;
    private final UnpooledBuffers unpooledDirect;
    private final UnpooledBuffers unpooledHeap;
    private final MemoryBudget slabBudget;
    private final MemoryBudget unpooledBudget;
    private final AtomicLong failedAllocations;

    LiveMetric(
            ThreadHeaps heaps,
            UnpooledBuffers unpooledDirect,
            UnpooledBuffers unpooledHeap,
            MemoryBudget slabBudget,
            MemoryBudget unpooledBudget,
            AtomicLong failedAllocations) {
        this.heaps = heaps;
        this.unpooledDirect = unpooledDirect;
        this.unpooledHeap = unpooledHeap;
        this.slabBudget = slabBudget;
        this.unpooledBudget = unpooledBudget;
        this.failedAllocations = failedAllocations;
    }

    @Override
    public long usedDirectMemory() {
        return heaps.bytesInUse(MemoryKind.DIRECT) + unpooledDirect.counts().bytesInUse();
    }

    @Override
    public long usedHeapMemory() {
        return heaps.bytesInUse(MemoryKind.HEAP) + unpooledHeap.counts().bytesInUse();
    }

    @Override
    public long reservedDirectMemory() {
        return heaps.pool(MemoryKind.DIRECT).reservedBytes()
                + unpooledDirect.counts().bytesInUse();
    }

    @Override
    public long reservedHeapMemory() {
        return heaps.pool(MemoryKind.HEAP).reservedBytes()
                + unpooledHeap.counts().bytesInUse();
    }

    @Override
    public long unpooledDirectMemory() {
        return unpooledDirect.counts().bytesInUse();
    }

    @Override
    public long unpooledHeapMemory() {
        return unpooledHeap.counts().bytesInUse();
    }

    @Override
    public long maxMemory() {
        return slabBudget.max();
    }

    @Override
    public long maxUnpooledMemory() {
        return unpooledBudget.max();
    }

    @Override
    public long buffersInUse() {
        long slabs = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            slabs += heaps.countSlots(kind).inUse() + heaps.large(kind).counts().inUse();
        }
        return slabs + unpooledDirect.counts().inUse() + unpooledHeap.counts().inUse();
    }

    @Override
    public long slabAllocations() {
        long allocations = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            allocations += heaps.countSlots(kind).allocations()
                    + heaps.large(kind).counts().allocations();
        }
        return allocations;
    }

    @Override
    public long unpooledAllocations() {
        return unpooledDirect.counts().allocations() + unpooledHeap.counts().allocations();
    }

    @Override
    public long failedAllocations() {
        return failedAllocations.get();
    }

    @Override
    public int directSlabs() {
        return heaps.pool(MemoryKind.DIRECT).slabCount();
    }

    @Override
    public int heapSlabs() {
        return heaps.pool(MemoryKind.HEAP).slabCount();
    }

    @Override
    public long directSpanBytes() {
        return heaps.pool(MemoryKind.DIRECT).bytesOut();
    }

    @Override
    public long heapSpanBytes() {
        return heaps.pool(MemoryKind.HEAP).bytesOut();
    }

    @Override
    public long metadataBytes() {
        return heaps.metadataBytes();
    }

    @Override
    public List<SizeClassMetric> sizeClasses() {
        List<SizeClassMetric> classes = new ArrayList<>();
        for (MemoryKind kind : MemoryKind.values()) {
            SlotCounts counts = heaps.countSlots(kind);
            for (int c = 0; c < SizeClasses.COUNT; c++) {
                if (counts.allocations(c) > 0) {
                    classes.add(sizeClass(kind, counts, c));
                }
            }
        }
        return List.copyOf(classes);
    }

    @Override
    public List<SlabMetric> slabs() {
        List<SlabMetric> slabs = new ArrayList<>();
        for (MemoryKind kind : MemoryKind.values()) {
            addSlabs(kind, slabs);
        }
        return List.copyOf(slabs);
    }

    private void addSlabs(MemoryKind kind, List<SlabMetric> to) {
        SlabPool pool = heaps.pool(kind);
        Map<Integer, List<SpanMetric>> spans = heaps.describeSpans(kind).stream()
                .collect(groupingBy(SpanState::slab, mapping(LiveMetric::span, toUnmodifiableList())));
        for (int slab : pool.slabNumbers()) {
            to.add(new SlabMetric(kind == MemoryKind.DIRECT, pool.slabSize(), spans.getOrDefault(slab, List.of())));
        }
    }

    private static SpanMetric span(SpanState span) {
        return new SpanMetric(span.offset(), span.length(), span.slotSize(), span.slots(), span.slotsInUse());
    }

    private static SizeClassMetric sizeClass(MemoryKind kind, SlotCounts counts, int c) {
        long out = counts.inUse(c);
        long ready = counts.ready(c);
        long held = Math.max(0, counts.reserved(c) - out - ready); // they may change while they are read
        return new SizeClassMetric(
                kind == MemoryKind.DIRECT,
                SizeClasses.slotSize(c),
                out + ready + held,
                out,
                ready,
                held,
                counts.allocations(c));
    }

    @Override
    public String toString() {
        return "SlabByteBufAllocatorMetric(usedDirectMemory: " + usedDirectMemory()
                + ", usedHeapMemory: " + usedHeapMemory()
                + ", reservedDirectMemory: " + reservedDirectMemory()
                + ", reservedHeapMemory: " + reservedHeapMemory()
                + ", unpooledBytes: " + unpooledBytes()
                + ", buffersInUse: " + buffersInUse()
                + ", failedAllocations: " + failedAllocations() + ')';
    }
}
