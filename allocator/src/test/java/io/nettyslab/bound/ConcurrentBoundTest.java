package io.nettyslab.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.SlabExhaustedError;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads at the bound at once: both kinds, growth, composites, releases on other threads. */
@LeakLevel(Level.DISABLED)
class ConcurrentBoundTest {

    private static final int MIB = 1 << 20;
    private static final int MAX = 6 * MIB;
    private static final int MAX_UNPOOLED = 2 * MIB;
    private static final int THREADS = 4;
    private static final int STEPS = 8_000;
    private static final int LOOKS = 100;
    private static final Seed SEED = Seed.of(ConcurrentBoundTest.class);

    private final ConcurrentLinkedQueue<ByteBuf> handedOver = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource
    void theBoundsHold(OverflowPolicy policy) throws Exception {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(MIB)
                .maxMemory(MAX)
                .maxUnpooledMemory(MAX_UNPOOLED)
                .maxPooledBufferSize(MIB) // or requests would fail without the bound being met
                .overflowPolicy(policy)
                .build()) {
            List<Worker> workers = new ArrayList<>();
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Worker worker = i % 2 == 0 ? new EventLoop() : new PlainThread();
                    workers.add(worker);
                    SplittableRandom random = SEED.random(i);
                    all.add(worker.start(() -> work(allocator, policy, random)));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            } finally {
                workers.forEach(Worker::close);
            }
            handedOver.forEach(ByteBuf::release);
            SlabByteBufAllocatorMetric metric = allocator.metric();
            assertThat(metric.bytesInUse()).as("%s", SEED).isZero();
            assertThat(metric.unpooledBytes()).isZero();
            assertThat(metric.directSlabs() + metric.heapSlabs()).isLessThanOrEqualTo(MAX / MIB);
            assertThat(metric.failedAllocations()).as("the bound was met").isPositive();
            if (policy == OverflowPolicy.FAIL) { // with a fallback, slabs change kind one at a time
                Stock stock = new Stock(allocator, Kind.HEAP);
                assertThat(stock.fill(MIB / 2)).as("all of it can be had").isEqualTo(2 * MAX / MIB);
                stock.releaseAll();
            }
        }
    }

    private Void work(SlabByteBufAllocator allocator, OverflowPolicy policy, SplittableRandom random) {
        List<ByteBuf> live = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            boolean releasing = step / 1_000 % 2 == 1;
            try {
                int what = random.nextInt(10);
                if (!live.isEmpty() && what < (releasing ? 7 : 3)) {
                    letGo(live.remove(random.nextInt(live.size())), random);
                } else if (!live.isEmpty() && what == 7) {
                    grow(live.get(random.nextInt(live.size())));
                } else {
                    live.add(newBuffer(allocator, random));
                }
            } catch (SlabExhaustedError full) {
                assertThat(full.bytesInUse()).isNotNegative();
            }
            assertBoundsHold(allocator.metric(), policy);
        }
        live.forEach(ByteBuf::release);
        return null;
    }

    /** Now and then to whatever thread comes next. */
    private void letGo(ByteBuf buffer, SplittableRandom random) {
        if (random.nextBoolean()) {
            buffer.release();
            return;
        }
        handedOver.add(buffer);
        ByteBuf other = random.nextBoolean() ? handedOver.poll() : null;
        if (other != null) {
            other.release();
        }
    }

    private static void grow(ByteBuf buffer) {
        if (!(buffer instanceof CompositeByteBuf) && buffer.capacity() < MIB) {
            buffer.capacity(2 * buffer.capacity());
        }
    }

    private static ByteBuf newBuffer(SlabByteBufAllocator allocator, SplittableRandom random) {
        Kind kind = random.nextBoolean() ? Kind.DIRECT : Kind.HEAP;
        int bytes = (int) Math.pow(MIB, random.nextDouble());
        ByteBuf buffer = kind.allocate(allocator, bytes);
        return random.nextInt(8) == 0 ? kind.composite(allocator, 4).addComponent(true, buffer) : buffer;
    }

    private static void assertBoundsHold(SlabByteBufAllocatorMetric metric, OverflowPolicy policy) {
        long maxUnpooled = policy == OverflowPolicy.FAIL ? 0 : MAX_UNPOOLED;
        for (int look = 0;
                metric.directSlabs() + metric.heapSlabs() > MAX / MIB || metric.unpooledBytes() > maxUnpooled;
                look++) {
            // The figures of the two kinds are not read at the same moment, and may not fit each other a few times.
            if (look == LOOKS) {
                throw new AssertionError(metric + " passes the bound, " + SEED);
            }
        }
    }
}
