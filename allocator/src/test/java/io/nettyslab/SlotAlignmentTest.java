package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where slots begin. */
class SlotAlignmentTest {

    private static final int CACHE_LINE = 64;
    private static final int ARRAY_HEADER = 16;
    private static final int BUFFERS = 40;
    private static final int[] BYTES = {64, 128, 192, 256, 1024, 1280, 2048, 16 * 1024, 40 * 1024, 1 << 20, 3 << 20};

    private static IntStream bytes() {
        return IntStream.of(BYTES);
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void slotsOfWholeCacheLinesBeginWithOne(int capacity) {
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            List<ByteBuf> buffers = new ArrayList<>();
            for (int i = 0; i < BUFFERS; i++) { // of the larger sizes more than one slab
                buffers.add(allocator.directBuffer(capacity));
            }
            assertThat(allocator.metric().usedDirectMemory()).isPositive();
            assertThat(buffers)
                    .allSatisfy(
                            buffer -> assertThat(buffer.nioBuffer(0, capacity).alignmentOffset(0, CACHE_LINE))
                                    .isZero());
            buffers.forEach(ByteBuf::release);
        }
    }

    /** As far as can be seen without native addresses: an array of 4 MiB begins with a line under G1 and ZGC. */
    @ParameterizedTest
    @MethodSource("bytes")
    void slotsOfWholeCacheLinesAreAWholeNumberOfThemFromTheArraysHeaderOn(int capacity) {
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            List<ByteBuf> buffers = new ArrayList<>();
            for (int i = 0; i < BUFFERS; i++) {
                buffers.add(allocator.heapBuffer(capacity));
            }
            assertThat(allocator.metric().usedHeapMemory()).isPositive();
            assertThat(buffers)
                    .allSatisfy(buffer -> assertThat((ARRAY_HEADER + buffer.arrayOffset()) % CACHE_LINE)
                            .isZero());
            buffers.forEach(ByteBuf::release);
        }
    }

    /** What alignment takes of the JVM's limit is not there for anything that was promised. */
    @Test
    void slabsAreAlignedOnlyWhereTheLimitLeavesRoom() {
        long limit = PlatformDependent.maxDirectMemory();
        int slab = 1 << 20;
        long slabs = limit / slab;
        SlabByteBufAllocatorBuilder half =
                SlabByteBufAllocator.builder().slabSize(slab).maxMemory(slabs / 2 * slab);
        assertThat(half.settings().alignsSlabs()).isTrue();
        long left = limit - slabs / 2 * slab - slabs / 2 * CACHE_LINE;
        assertThat(half.settings().maxUnpooledMemory()).isEqualTo(left);
        assertThat(half.maxUnpooledMemory(left).settings().alignsSlabs()).isTrue();
        assertThat(half.maxUnpooledMemory(left + 1).settings().alignsSlabs()).isFalse();
        assertThat(half.overflowPolicy(OverflowPolicy.FAIL).settings().alignsSlabs())
                .as("nothing beside the slabs")
                .isTrue();
    }
}
