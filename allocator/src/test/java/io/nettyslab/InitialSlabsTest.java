package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.LeakLevel;
import org.junit.jupiter.api.Test;

/** What is reserved when an allocator is built, and by which steps it grows. */
@LeakLevel(Level.DISABLED)
class InitialSlabsTest {

    private static final int SLAB_SIZE = 2 << 20;

    @Test
    void initialSlabsAreReservedAtOnceAndNothingIsInUse() {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(SLAB_SIZE)
                .maxMemory(8L * SLAB_SIZE)
                .initialSlabs(3)
                .initialHeapSlabs(2)
                .build()) {
            SlabByteBufAllocatorMetric metric = allocator.metric();
            assertThat(metric.directSlabs()).isEqualTo(3);
            assertThat(metric.heapSlabs()).isEqualTo(2);
            assertThat(metric.reservedDirectMemory()).isEqualTo(3L * SLAB_SIZE);
            assertThat(metric.reservedHeapMemory()).isEqualTo(2L * SLAB_SIZE);
            assertThat(metric.maxMemory()).isEqualTo(8L * SLAB_SIZE);
            assertThat(metric.bytesInUse()).isZero();
            assertThat(metric.buffersInUse()).isZero();
            assertThat(metric.directSpanBytes()).isZero();
            assertThat(metric.sizeClasses()).isEmpty();
        }
    }

    @Test
    void noneMayBeReservedAtFirst() {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(SLAB_SIZE)
                .maxMemory(8L * SLAB_SIZE)
                .initialSlabs(0)
                .build()) {
            assertThat(allocator.metric().reservedDirectMemory()).isZero();
            allocator.directBuffer(10).release();
            assertThat(allocator.metric().reservedDirectMemory()).isEqualTo(SLAB_SIZE);
        }
    }

    @Test
    void slabsAreAddedOneByOne() {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(SLAB_SIZE)
                .maxMemory(4L * SLAB_SIZE)
                .build()) {
            ByteBuf[] buffers = new ByteBuf[8];
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = allocator.directBuffer(SLAB_SIZE / 2);
                assertThat(allocator.metric().directSlabs()).isEqualTo(i / 2 + 1);
            }
            for (ByteBuf buffer : buffers) {
                assertThat(allocator.isFromSlab(buffer)).isTrue();
                buffer.release();
            }
        }
    }

    @Test
    void emptyBuffersTakeNoMemoryUntilTheyGrow() {
        try (SlabByteBufAllocator allocator =
                SlabByteBufAllocator.builder().slabSize(SLAB_SIZE).build()) {
            ByteBuf empty = allocator.directBuffer(0);
            assertThat(empty.capacity()).isZero();
            assertThat(empty.nioBuffer(0, 0).hasRemaining()).isFalse();
            empty.writeByte(1);
            assertThat(empty.getByte(0)).isEqualTo((byte) 1);
            empty.release();
            assertThat(allocator.metric().bytesInUse()).isZero();
        }
    }

    /** The direct slab of the default, as long as nobody has asked for a direct buffer. */
    @Test
    void theDefaultSlabGoesWhenHeapBuffersAloneNeedASecondOne() {
        assertThat(directSlabsAfterTwoHeapSlabs(SlabByteBufAllocator.builder(), false))
                .isZero();
        assertThat(directSlabsAfterTwoHeapSlabs(SlabByteBufAllocator.builder(), true))
                .isEqualTo(1);
        assertThat(directSlabsAfterTwoHeapSlabs(SlabByteBufAllocator.builder().initialSlabs(1), false))
                .as("asked for")
                .isEqualTo(1);
    }

    @Test
    void theDefaultSlabGoesWhenTheBoundHasNoRoomForAHeapSlabBesideIt() {
        try (SlabByteBufAllocator allocator = smallest().build()) {
            ByteBuf heap = allocator.heapBuffer(10);
            assertThat(allocator.isFromSlab(heap)).isTrue();
            assertThat(allocator.metric().directSlabs()).isZero();
            heap.release();
        }
        try (SlabByteBufAllocator allocator = smallest().initialSlabs(1).build()) {
            assertThatThrownBy(() -> allocator.heapBuffer(10)).isInstanceOf(SlabExhaustedError.class);
            assertThat(allocator.metric().directSlabs()).as("asked for").isEqualTo(1);
        }
    }

    private static SlabByteBufAllocatorBuilder smallest() {
        return SlabByteBufAllocator.builder()
                .maxMemory(1 << 20)
                .maxPooledBufferSize(1 << 20)
                .overflowPolicy(OverflowPolicy.FAIL);
    }

    private static int directSlabsAfterTwoHeapSlabs(SlabByteBufAllocatorBuilder builder, boolean direct) {
        try (SlabByteBufAllocator allocator = builder.slabSize(1 << 20)
                .maxMemory(4 << 20)
                .maxPooledBufferSize(1 << 20)
                .build()) {
            if (direct) {
                allocator.directBuffer(1).release();
            }
            allocator.heapBuffer(1 << 20).release();
            ByteBuf one = allocator.heapBuffer(1 << 20);
            ByteBuf two = allocator.heapBuffer(1 << 20);
            one.release();
            two.release();
            return allocator.metric().directSlabs();
        }
    }
}
