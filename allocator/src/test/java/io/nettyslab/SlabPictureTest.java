package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The picture of the slabs agrees with the other figures, and shows where each buffer lies. */
class SlabPictureTest {

    private static final int SLAB = 1 << 20;

    @Test
    void thePictureAddsUpToTheOtherFigures() {
        try (SlabByteBufAllocator allocator = allocator()) {
            List<ByteBuf> live = new ArrayList<>();
            Random random = new Random(7);
            for (int i = 0; i < 2_000; i++) {
                ByteBuf buf = random.nextBoolean()
                        ? allocator.directBuffer(random.nextInt(20_000))
                        : allocator.heapBuffer(random.nextInt(20_000));
                live.add(buf);
                if (random.nextInt(3) > 0) {
                    live.remove(random.nextInt(live.size())).release();
                }
            }
            assertAddsUp(allocator.metric());
            live.forEach(ByteBuf::release);
            assertAddsUp(allocator.metric());
            assertThat(allocator.metric().slabs()).flatMap(SlabMetric::spans).allMatch(span -> span.slotsInUse() == 0);
        }
    }

    private static void assertAddsUp(SlabByteBufAllocatorMetric metric) {
        List<SlabMetric> slabs = metric.slabs();
        assertThat(slabs).hasSize(metric.directSlabs() + metric.heapSlabs());
        assertThat(bytes(slabs, true)).isEqualTo(metric.directSpanBytes());
        assertThat(bytes(slabs, false)).isEqualTo(metric.heapSpanBytes());
        long inUse = slabs.stream()
                .flatMap(slab -> slab.spans().stream())
                .mapToLong(span -> (long) span.slotSize() * span.slotsInUse())
                .sum();
        assertThat(inUse).isEqualTo(metric.bytesInUse());
        for (SizeClassMetric each : metric.sizeClasses()) {
            long slots = slabs.stream()
                    .filter(slab -> slab.direct() == each.direct())
                    .flatMap(slab -> slab.spans().stream())
                    .filter(span -> span.slotSize() == each.slotSize())
                    .mapToLong(SpanMetric::slots)
                    .sum();
            assertThat(each.reservedSlots()).as("%s", each).isEqualTo(slots);
        }
        for (SlabMetric slab : slabs) {
            int end = 0;
            for (SpanMetric span : slab.spans()) {
                assertThat(span.offset()).isGreaterThanOrEqualTo(end);
                assertThat(span.slots() * span.slotSize()).isLessThanOrEqualTo(span.length());
                end = span.offset() + span.length();
            }
            assertThat(end).isLessThanOrEqualTo(slab.size());
        }
    }

    private static long bytes(List<SlabMetric> slabs, boolean direct) {
        return slabs.stream()
                .filter(slab -> slab.direct() == direct)
                .flatMap(slab -> slab.spans().stream())
                .mapToLong(SpanMetric::length)
                .sum();
    }

    @Test
    void aLargeBufferIsOneSpanOfOneSlot() {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(4 * SLAB)
                .maxMemory(4L * SLAB)
                .maxPooledBufferSize(2 * SLAB)
                .build()) {
            ByteBuf large = allocator.directBuffer(SLAB + 1);
            assertThat(allocator.metric().slabs().get(0).spans())
                    .containsExactly(new SpanMetric(0, SLAB + 4096, SLAB + 4096, 1, 1));
            large.release();
            assertThat(allocator.metric().slabs().get(0).spans()).isEmpty();
        }
    }

    /** The ready slots, spans and tables of a class weigh little; the object bound to each slot weighs most. */
    @Test
    void theBooksTakeAFewHundredthsOfWhatTheyKeep() {
        try (SlabByteBufAllocator allocator = allocator()) {
            long before = allocator.metric().metadataBytes();
            List<ByteBuf> live = new ArrayList<>();
            Random random = new Random(11);
            for (int i = 0; i < 8_000; i++) {
                live.add(allocator.directBuffer((int) (2048 * Math.exp(Math.min(2, random.nextGaussian())))));
            }
            long books = allocator.metric().metadataBytes() - before;
            assertThat(books).isBetween(8_000L * 64, allocator.metric().bytesInUse() * 4 / 100);
            live.forEach(ByteBuf::release);
        }
    }

    /** The few that stay keep nearly all spans from being given back, but not the objects of the slots beside them. */
    @Test
    void manySmallBuffersDoNotLeaveTheirObjectsBehind() {
        try (SlabByteBufAllocator allocator = allocator()) {
            Random random = new Random(12);
            List<ByteBuf> live = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                live.add(allocator.directBuffer(200));
            }
            long atMost = allocator.metric().metadataBytes();
            Collections.shuffle(live, random);
            live.subList(5_000, live.size()).forEach(ByteBuf::release);
            assertThat(allocator.metric().directSpanBytes())
                    .isGreaterThan(allocator.metric().bytesInUse() * 5);
            assertThat(allocator.metric().metadataBytes()).isLessThan(atMost / 3);
            live.subList(0, 5_000).forEach(ByteBuf::release);
        }
    }

    private static SlabByteBufAllocator allocator() {
        return SlabByteBufAllocator.builder()
                .slabSize(SLAB)
                .maxMemory(64L * SLAB)
                .initialHeapSlabs(1)
                .build();
    }
}
