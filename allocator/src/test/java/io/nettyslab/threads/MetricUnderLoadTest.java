package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SizeClassMetric;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.SlabMetric;
import io.nettyslab.SpanMetric;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Metrics read while others allocate and release, also each other's buffers. Forbidden: a reading that throws, that
 * never ends, or that contradicts what holds at every moment.
 */
@LeakLevel(Level.DISABLED) // trackers would be most of the work
class MetricUnderLoadTest {

    private static final int MIB = 1 << 20;
    private static final int MAX_SLABS = 8;
    private static final int STEPS = 60_000;
    private static final int MOST_LIVE = 200;
    private static final Seed SEED = Seed.of(MetricUnderLoadTest.class);

    private final ConcurrentLinkedQueue<ByteBuf> handedOver = new ConcurrentLinkedQueue<>();

    @Test
    void everyReadingIsPlausible() {
        List<Worker> workers = List.of(new EventLoop(), new EventLoop(), new PlainThread());
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(MIB)
                .maxMemory(MAX_SLABS * MIB)
                .maxUnpooledMemory(64L * MIB)
                .build()) {
            List<Future<Void>> loads = new ArrayList<>();
            for (Worker worker : workers) {
                SplittableRandom random = SEED.random(loads.size());
                loads.add(worker.start(() -> load(allocator, random)));
            }
            do {
                assertPlausible(allocator.metric());
            } while (!loads.stream().allMatch(Future::isDone));
            loads.forEach(Worker::await);
            handedOver.forEach(ByteBuf::release);
            assertThat(allocator.metric().bytesInUse()).as("%s", SEED).isZero();
            assertThat(allocator.metric().sizeClasses()).hasSizeGreaterThan(10);
        } finally {
            workers.forEach(Worker::close);
        }
    }

    /** Sizes that change, so that spans are opened and retired all the time. */
    private Void load(SlabByteBufAllocator allocator, SplittableRandom random) {
        List<ByteBuf> live = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int most = step / 500 % 2 == 0 ? MOST_LIVE : MOST_LIVE / 10;
            while (live.size() >= most) {
                letGo(live.remove(random.nextInt(live.size())), random);
            }
            Kind kind = random.nextBoolean() ? Kind.DIRECT : Kind.HEAP;
            live.add(kind.allocate(allocator, 1 + random.nextInt(16 << step / 500 % 12)));
        }
        live.forEach(ByteBuf::release);
        return null;
    }

    private void letGo(ByteBuf buffer, SplittableRandom random) {
        if (random.nextInt(4) > 0) {
            buffer.release();
            return;
        }
        ByteBuf other = handedOver.poll(); // before: or the queue would grow
        handedOver.add(buffer);
        if (other != null) {
            other.release();
        }
    }

    private static void assertPlausible(SlabByteBufAllocatorMetric metric) {
        assertThat(metric.usedDirectMemory()).isNotNegative();
        assertThat(metric.usedHeapMemory()).isNotNegative();
        assertThat(metric.buffersInUse()).isNotNegative();
        assertThat(metric.metadataBytes()).isPositive();
        assertThat(metric.toString()).contains("buffersInUse");
        for (SizeClassMetric each : metric.sizeClasses()) {
            assertThat(each.slotsInUse()).as("%s, %s", each, SEED).isNotNegative();
            assertThat(each.readySlots()).as("%s, %s", each, SEED).isNotNegative();
            assertThat(each.heldSlots()).as("%s, %s", each, SEED).isNotNegative();
        }
        List<SlabMetric> slabs = metric.slabs();
        assertThat(slabs).hasSizeLessThanOrEqualTo(2 * MAX_SLABS); // of one kind now, of the other a moment later
        slabs.forEach(MetricUnderLoadTest::assertPlausible);
    }

    private static void assertPlausible(SlabMetric slab) {
        int end = 0;
        for (SpanMetric span : slab.spans()) {
            assertThat(span.offset()).as("%s, %s", slab, SEED).isGreaterThanOrEqualTo(end);
            assertThat(span.slotsInUse()).as("%s, %s", slab, SEED).isBetween(0, span.slots());
            end = span.offset() + span.length();
        }
        assertThat(end).as("%s, %s", slab, SEED).isLessThanOrEqualTo(slab.size());
    }
}
