package io.nettyslab.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorBuilder;
import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** At the bound, slabs that one kind of memory does not use serve the other. */
@LeakLevel(Level.DISABLED)
class KindsShareTheBoundTest {

    private static final int SLAB = 1 << 20;
    private static final int SLABS = 4;
    private static final int HALF = SLAB / 2;
    private static final int RACING_THREADS = 8;
    private static final int RACES = 20;

    private static SlabByteBufAllocatorBuilder builder() {
        return SlabByteBufAllocator.builder()
                .slabSize(SLAB)
                .maxMemory(SLABS * SLAB)
                .overflowPolicy(OverflowPolicy.FAIL);
    }

    private static Kind other(Kind kind) {
        return kind == Kind.DIRECT ? Kind.HEAP : Kind.DIRECT;
    }

    @ParameterizedTest
    @CsvSource({"DIRECT, 100", "DIRECT, 10000", "DIRECT, 524288", "HEAP, 100", "HEAP, 10000", "HEAP, 524288"})
    void whatIsReleasedServesTheOtherKind(Kind kind, int capacity) {
        try (SlabByteBufAllocator allocator = builder().build()) {
            Stock first = new Stock(allocator, kind);
            Stock second = new Stock(allocator, other(kind));
            int buffers = first.fill(capacity);
            for (int round = 0; round < 3; round++) {
                assertThat(second.fill(capacity)).as("nothing is free").isZero();
                first.releaseAll();
                assertThat(second.fill(capacity)).isEqualTo(buffers);
                assertThat(other(kind).reserved(allocator.metric())).isEqualTo((long) SLABS * SLAB);
                assertThat(kind.reserved(allocator.metric())).isZero();
                second.releaseAll();
                assertThat(first.fill(capacity)).isEqualTo(buffers);
            }
            first.releaseAll();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlabWithABufferOutStays(Kind kind) {
        try (SlabByteBufAllocator allocator = builder().build()) {
            for (int kept = 0; kept < 2 * SLABS; kept += 2) { // in each of the slabs once
                Stock stock = new Stock(allocator, kind);
                assertThat(stock.fill(HALF)).isEqualTo(2 * SLABS);
                ByteBuf survivor = stock.buffers().remove(kept).setInt(0, 0x5eed + kept);
                stock.releaseAll();
                Stock others = new Stock(allocator, other(kind));
                assertThat(others.fill(HALF)).isEqualTo(2 * (SLABS - 1));
                assertThat(survivor.getInt(0)).isEqualTo(0x5eed + kept);
                assertPictureIsWhole(allocator.metric());
                others.buffers().forEach(buffer -> buffer.setZero(0, HALF));
                assertThat(survivor.getInt(0)).isEqualTo(0x5eed + kept);
                others.releaseAll();
                survivor.release();
            }
        }
    }

    private static void assertPictureIsWhole(SlabByteBufAllocatorMetric metric) {
        assertThat(metric.slabs()).hasSize(SLABS);
        assertThat(metric.slabs().stream().mapToInt(slab -> slab.spans().size()).sum())
                .isEqualTo(metric.buffersInUse());
        assertThat(metric.reservedDirectMemory() + metric.reservedHeapMemory()).isEqualTo((long) SLABS * SLAB);
    }

    @ParameterizedTest
    @EnumSource
    void slabsThatWereAskedForStay(Kind kind) {
        SlabByteBufAllocatorBuilder builder = builder();
        builder = kind == Kind.DIRECT
                ? builder.initialSlabs(1)
                : builder.initialSlabs(0).initialHeapSlabs(1);
        try (SlabByteBufAllocator allocator = builder.build()) {
            Stock stock = new Stock(allocator, kind);
            stock.fill(HALF);
            stock.releaseAll();
            Stock others = new Stock(allocator, other(kind));
            assertThat(others.fill(HALF)).isEqualTo(2 * (SLABS - 1));
            assertThat(kind.reserved(allocator.metric())).isEqualTo(SLAB);
            others.releaseAll();
        }
    }

    /** With a fallback slabs change kind as well, if not all of them at once. */
    @ParameterizedTest
    @EnumSource
    void withAFallbackTheyDoSoToo(Kind kind) {
        try (SlabByteBufAllocator allocator = builder()
                .overflowPolicy(OverflowPolicy.UNPOOLED)
                .maxUnpooledMemory(SLAB)
                .build()) {
            List<ByteBuf> all = IntStream.range(0, 2 * SLABS)
                    .mapToObj(i -> kind.allocate(allocator, HALF))
                    .toList();
            assertThat(all).allMatch(allocator::isFromSlab);
            all.forEach(ByteBuf::release);
            ByteBuf buffer = other(kind).allocate(allocator, HALF);
            assertThat(allocator.isFromSlab(buffer)).isTrue();
            buffer.release();
        }
    }

    /** One change right after another is too soon only as long as the fallback serves instead. */
    @ParameterizedTest
    @EnumSource
    void withAFallbackThatIsFullAllOfThemDo(Kind kind) {
        try (SlabByteBufAllocator allocator = builder()
                .overflowPolicy(OverflowPolicy.UNPOOLED)
                .maxUnpooledMemory(SLAB)
                .build()) {
            ByteBuf fallback = kind.allocate(allocator, SLAB);
            assertThat(allocator.isFromSlab(fallback)).isFalse();
            Stock first = new Stock(allocator, kind);
            Stock second = new Stock(allocator, other(kind));
            assertThat(first.fill(HALF)).isEqualTo(2 * SLABS);
            first.releaseAll();
            assertThat(second.fill(HALF)).isEqualTo(2 * SLABS);
            assertThat(second.buffers()).allMatch(allocator::isFromSlab);
            second.releaseAll();
            fallback.release();
        }
    }

    /**
     * Forbidden: a request that is refused because another thread has just taken the slab that was to serve it. Of
     * sizes of which nothing is kept ready: that would be in heaps that other threads are in.
     */
    @ParameterizedTest
    @EnumSource
    void threadsThatChangeSlabsAtATimeAllGetOne(OverflowPolicy policy) {
        int slabSize = 2 * SLAB; // more than a slot can be
        List<Worker> workers =
                Stream.<Worker>generate(PlainThread::new).limit(RACING_THREADS).toList();
        try (SlabByteBufAllocator allocator = builder()
                .overflowPolicy(policy)
                .slabSize(slabSize)
                .maxMemory((long) RACING_THREADS * slabSize)
                .maxUnpooledMemory(0)
                .maxPooledBufferSize(slabSize)
                .build()) {
            CyclicBarrier together = new CyclicBarrier(RACING_THREADS);
            for (int round = 0; round < RACES; round++) {
                Kind kind = round % 2 == 0 ? Kind.DIRECT : Kind.HEAP;
                List<Future<ByteBuf>> requests = workers.stream()
                        .map(worker -> worker.start(() -> {
                            together.await();
                            return kind.allocate(allocator, slabSize);
                        }))
                        .toList();
                List<ByteBuf> all = requests.stream().map(Worker::await).toList();
                assertThat(all).allMatch(allocator::isFromSlab);
                all.forEach(ByteBuf::release);
            }
        } finally {
            workers.forEach(Worker::close);
        }
    }

    /** Forbidden: that a thread which cannot reach what another one keeps ready bars that one from it. */
    @ParameterizedTest
    @EnumSource
    void whatTheRequesterKeepsReadyServesItAlsoAfterOthersHaveLookedInVain(Kind kind) {
        try (SlabByteBufAllocator allocator = builder().maxMemory(2L * SLAB).build();
                EventLoop owner = new EventLoop();
                PlainThread asking = new PlainThread()) {
            owner.run(() -> {
                Stock stock = new Stock(allocator, kind);
                stock.fill(HALF);
                stock.releaseAll();
                asking.run(() -> assertThatThrownBy(() -> other(kind).allocate(allocator, 100))
                        .isInstanceOf(SlabExhaustedError.class));
                other(kind).allocate(allocator, 100).release();
            });
        }
    }

    /** Forbidden: that what is handed out meanwhile hides what was released. */
    @ParameterizedTest
    @EnumSource
    void whatIsReleasedAfterARefusalServesWhateverElseIsHandedOut(Kind kind) {
        try (SlabByteBufAllocator allocator = builder().maxMemory(2L * SLAB).build();
                EventLoop owner = new EventLoop()) {
            owner.run(() -> {
                Stock stock = new Stock(allocator, kind);
                stock.fill(1024);
                ByteBuf first = stock.buffers().remove(0);
                ByteBuf last = stock.buffers().remove(stock.buffers().size() - 1);
                stock.releaseAll();
                assertThatThrownBy(() -> other(kind).allocate(allocator, 100))
                        .as("one buffer is out in each slab")
                        .isInstanceOf(SlabExhaustedError.class);
                ByteBuf more = kind.allocate(allocator, 3000);
                last.release();
                other(kind).allocate(allocator, 100).release();
                first.release();
                more.release();
            });
        }
    }

    /** What an event loop keeps ready nobody else can take; it is asked, which may help the next request. */
    @ParameterizedTest
    @EnumSource
    void whatOtherOwnersKeepReadyStays(Kind kind) {
        try (SlabByteBufAllocator allocator = builder().maxMemory(SLAB).build();
                EventLoop owner = new EventLoop()) {
            owner.run(() -> kind.allocate(allocator, 100).release());
            assertThatThrownBy(() -> other(kind).allocate(allocator, 100)).isInstanceOf(SlabExhaustedError.class);
            ByteBuf again = owner.call(() -> kind.allocate(allocator, 100));
            assertThat(List.of(again)).allMatch(allocator::isFromSlab);
            again.release();
        }
    }
}
