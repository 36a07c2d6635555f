package io.nettyslab.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@LeakLevel(Level.DISABLED)
class BoundTest {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int SLAB = 2 * MIB;
    private static final int MAX = 5 * MIB; // two slabs, and a half that is not used
    private static final int MAX_UNPOOLED = 3 * MIB / 2;
    private static final Seed SEED = Seed.of(BoundTest.class);

    private static SlabByteBufAllocator allocator(OverflowPolicy policy) {
        return SlabByteBufAllocator.builder()
                .slabSize(SLAB)
                .initialSlabs(0)
                .maxMemory(MAX)
                .maxUnpooledMemory(MAX_UNPOOLED)
                .maxPooledBufferSize(MIB + 64 * KIB)
                .overflowPolicy(policy)
                .build();
    }

    @Test
    void whatIsNotOfThisAllocatorsSlabsIsNotFromThem() {
        try (SlabByteBufAllocator allocator = allocator(OverflowPolicy.UNPOOLED);
                SlabByteBufAllocator another = allocator(OverflowPolicy.UNPOOLED)) {
            ByteBuf foreign = another.directBuffer(100);
            assertThat(allocator.isFromSlab(foreign)).as("another's slab").isFalse();
            CompositeByteBuf composite = allocator.compositeDirectBuffer();
            assertThat(allocator.isFromSlab(composite)).as("no component").isTrue();
            composite.addComponent(allocator.directBuffer(100));
            assertThat(allocator.isFromSlab(composite)).isTrue();
            ByteBuf shrinking = allocator.directBuffer(100).writeZero(100).readerIndex(2);
            composite.addComponent(shrinking);
            shrinking.capacity(10);
            assertThat(allocator.isFromSlab(composite))
                    .as("a component is shorter now")
                    .isTrue();
            composite.addComponent(foreign);
            assertThat(allocator.isFromSlab(composite))
                    .as("one component of another's")
                    .isFalse();
            composite.release();
            assertThat(another.metric().buffersInUse()).isZero();
        }
    }

    /** Sizes from 1 to {@code most}, by their logarithm, so that small ones are many and large ones not rare. */
    @ParameterizedTest
    @CsvSource({"FAIL, 600", "FAIL, 70000", "FAIL, 2500000", "UNPOOLED, 600", "UNPOOLED, 70000", "UNPOOLED, 2500000"})
    void whateverIsAskedForTheBoundsHold(OverflowPolicy policy, int most) {
        SplittableRandom random = SEED.random(most + policy.ordinal());
        List<ByteBuf> live = new ArrayList<>();
        long failed = 0;
        try (SlabByteBufAllocator allocator = allocator(policy)) {
            SlabByteBufAllocatorMetric metric = allocator.metric();
            for (int step = 0; step < 30_000; step++) {
                boolean releasing = step / 3_000 % 2 == 1;
                if (!live.isEmpty() && random.nextInt(10) < (releasing ? 7 : 2)) {
                    live.remove(random.nextInt(live.size())).release();
                } else {
                    failed += tryAdd(allocator, live, (int) Math.pow(most, random.nextDouble()), random);
                }
                assertBoundsHold(metric, policy, "step " + step);
            }
            assertThat(metric.failedAllocations()).as("%s", SEED).isEqualTo(failed);
            assertThat(metric.buffersInUse()).as("%s", SEED).isEqualTo(live.size());
            live.forEach(ByteBuf::release);
            assertThat(metric.bytesInUse()).isZero();
            assertThat(metric.unpooledBytes()).isZero();
        }
    }

    private static int tryAdd(SlabByteBufAllocator allocator, List<ByteBuf> live, int bytes, SplittableRandom random) {
        try {
            live.add((random.nextInt(4) == 0 ? Kind.HEAP : Kind.DIRECT).allocate(allocator, bytes));
            return 0;
        } catch (SlabExhaustedError full) {
            assertThat(full.requestedBytes()).isEqualTo(bytes);
            return 1;
        }
    }

    private static void assertBoundsHold(SlabByteBufAllocatorMetric metric, OverflowPolicy policy, String when) {
        long unpooled = metric.unpooledBytes();
        long slabs = metric.reservedDirectMemory() + metric.reservedHeapMemory() - unpooled;
        if (slabs > MAX || unpooled > (policy == OverflowPolicy.FAIL ? 0 : MAX_UNPOOLED)) {
            throw new AssertionError(metric + " passes the bound, " + SEED + ", " + when);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalSaysWhatWasAskedWhatIsInUseAndTheBound(Kind kind) {
        try (SlabByteBufAllocator allocator = allocator(OverflowPolicy.FAIL)) {
            Stock stock = new Stock(allocator, kind);
            stock.fill(64 * KIB);
            long used = allocator.metric().bytesInUse();
            SlabExhaustedError error =
                    catchThrowableOfType(SlabExhaustedError.class, () -> kind.allocate(allocator, 60_001));
            assertThat(error).isInstanceOf(OutOfMemoryError.class);
            assertThat(error.requestedBytes()).isEqualTo(60_001);
            assertThat(error.bytesInUse()).isEqualTo(used).isEqualTo(4 * MIB);
            assertThat(error.maxBytes()).isEqualTo(MAX);
            assertThat(error)
                    .hasMessageContaining("60001 bytes (" + kind + ")")
                    .hasMessageContaining(used + " bytes in use")
                    .hasMessageContaining("slabs 4194304 of at most " + MAX)
                    .hasMessageContaining("unpooled 0 of at most 0")
                    .hasMessageContaining("maxPooledBufferSize 1114112")
                    .hasMessageContaining("slabSize 2097152")
                    .hasMessageContaining("overflowPolicy FAIL");
            assertThat(allocator.metric().failedAllocations()).isEqualTo(2);
            assertThat(allocator.metric().unpooledBytes()).isZero();
            stock.releaseAll();
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreThanMaxPooledBufferSizeFailsAtOnce(Kind kind) {
        try (SlabByteBufAllocator allocator = allocator(OverflowPolicy.FAIL)) {
            int pooled = MIB + 64 * KIB;
            assertThatThrownBy(() -> kind.allocate(allocator, pooled + 1))
                    .isInstanceOf(SlabExhaustedError.class)
                    .hasMessageContaining("maxPooledBufferSize " + pooled);
            assertThat(kind.reserved(allocator.metric()))
                    .as("slabs reserved for nothing")
                    .isZero();
            ByteBuf largest = kind.allocate(allocator, pooled);
            assertThat(allocator.isFromSlab(largest)).isTrue();
            assertThatThrownBy(() -> largest.capacity(pooled + 1)).isInstanceOf(SlabExhaustedError.class);
            assertThat(largest.capacity()).as("after growth failed").isEqualTo(pooled);
            assertThat(largest.release()).isTrue();
            assertThat(allocator.metric().bytesInUse()).isZero();
        }
    }

    /** Divisors of a slab use every byte; other slots leave a tail of at most a sixteenth. */
    @ParameterizedTest
    @CsvSource({
        "0, 16",
        "16, 16",
        "112, 112",
        "512, 512",
        "640, 672",
        "4096, 4096",
        "16709, 16896",
        "65536, 65536",
        "300000, 327680",
        "1048576, 1048576"
    })
    void whatWasFilledOnceIsFilledAgain(int capacity, int slotSize) {
        for (Kind kind : Kind.values()) {
            try (Worker loop = new EventLoop();
                    Worker plain = new PlainThread()) {
                fillTwice(loop, kind, capacity, slotSize);
                fillTwice(plain, kind, capacity, slotSize);
            }
        }
    }

    private static void fillTwice(Worker worker, Kind kind, int capacity, int slotSize) {
        try (SlabByteBufAllocator allocator = allocator(OverflowPolicy.FAIL)) {
            SlabByteBufAllocatorMetric metric = allocator.metric();
            Stock stock = new Stock(allocator, kind);
            int first = worker.call(() -> stock.fill(capacity));
            assertThat((long) first * slotSize).as("%s on %s", kind, worker).isBetween(4L * MIB * 7 / 8, 4L * MIB);
            assertThat(kind.used(metric)).isEqualTo((long) first * slotSize);
            for (int again = 0; again < 2; again++) {
                worker.run(stock::releaseAll);
                assertThat(metric.bytesInUse()).isZero();
                assertThat(metric.buffersInUse()).isZero();
                assertThat(worker.call(() -> stock.fill(capacity))).isEqualTo(first);
            }
            worker.run(stock::releaseAll);
            assertThat(metric.unpooledBytes() + metric.unpooledAllocations()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unpooledMemoryIsCountedBoundedAndGivenBack(Kind kind) {
        try (SlabByteBufAllocator allocator = allocator(OverflowPolicy.UNPOOLED)) {
            SlabByteBufAllocatorMetric metric = allocator.metric();
            List<ByteBuf> pooled = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                pooled.add(kind.allocate(allocator, 64 * KIB));
            }
            assertThat(metric.unpooledBytes()).isZero();
            ByteBuf overflow = kind.allocate(allocator, 1000);
            assertThat(kind.unpooled(metric)).isEqualTo(1000).isEqualTo(metric.unpooledBytes());
            assertThat(kind.used(metric)).isEqualTo(4 * MIB + 1000);
            assertThat(kind.reserved(metric)).isEqualTo(2 * SLAB + 1000);
            assertThat(metric.buffersInUse()).isEqualTo(65);
            assertThat(allocator.isFromSlab(overflow)).isFalse();
            assertThat(allocator.isFromSlab(pooled.get(0))).isTrue();

            ByteBuf rest = kind.allocate(allocator, MAX_UNPOOLED - 1000);
            SlabExhaustedError error =
                    catchThrowableOfType(SlabExhaustedError.class, () -> kind.allocate(allocator, 1));
            assertThat(error.maxBytes()).isEqualTo(MAX + MAX_UNPOOLED);
            assertThat(error.bytesInUse()).isEqualTo(4 * MIB + MAX_UNPOOLED);
            assertThat(error).hasMessageContaining("unpooled " + MAX_UNPOOLED + " of at most " + MAX_UNPOOLED);
            assertThat(metric.failedAllocations()).isEqualTo(1);

            rest.release();
            assertThat(metric.unpooledBytes()).isEqualTo(1000);
            kind.allocate(allocator, MAX_UNPOOLED - 1000).release(); // the bound has room again
            overflow.release();
            assertThat(metric.unpooledBytes()).isZero();
            assertThat(kind.reserved(metric)).isEqualTo(2 * SLAB);
            pooled.forEach(ByteBuf::release);
            ByteBuf slabAgain = kind.allocate(allocator, 1000);
            assertThat(allocator.isFromSlab(slabAgain)).isTrue();
            slabAgain.release();
            assertThat(metric.unpooledAllocations()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnpooledBufferThatGrowsIsCountedOnce(Kind kind) {
        try (SlabByteBufAllocator allocator = allocator(OverflowPolicy.UNPOOLED)) {
            SlabByteBufAllocatorMetric metric = allocator.metric();
            int tooLarge = MIB + 100 * KIB;
            ByteBuf buffer = kind.allocate(allocator, 10).writeZero(10);
            buffer.capacity(tooLarge);
            assertThat(metric.unpooledBytes()).isEqualTo(tooLarge).isEqualTo(kind.used(metric));
            assertThatThrownBy(() -> buffer.capacity(tooLarge + 1)).isInstanceOf(SlabExhaustedError.class);
            assertThat(metric.unpooledBytes()).as("after growth failed").isEqualTo(tooLarge);
            buffer.capacity(10);
            assertThat(metric.buffersInUse()).isEqualTo(1);
            buffer.release();
            assertThat(metric.bytesInUse()).isZero();
            assertThat(metric.unpooledBytes()).isZero();
        }
    }
}
