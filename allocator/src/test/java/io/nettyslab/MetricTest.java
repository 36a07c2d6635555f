package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.nettyslab.testing.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the metric promises that nothing else asks it for. */
class MetricTest {

    private static final int MIB = 1 << 20;

    private static SlabByteBufAllocatorBuilder small() {
        return SlabByteBufAllocator.builder().slabSize(MIB).maxMemory(8 * MIB).initialHeapSlabs(1);
    }

    private static List<SizeClassMetric> used(SlabByteBufAllocator allocator, Kind kind) {
        return allocator.metric().sizeClasses().stream()
                .filter(each -> each.direct() == kind.isDirect() && each.allocations() > 0)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aSizeClassCountsItsAllocations_andWhatIsReady(Kind kind) {
        try (SlabByteBufAllocator allocator = small().build()) {
            List<ByteBuf> buffers = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                buffers.add(kind.allocate(allocator, 100));
            }
            assertThat(used(allocator, kind)).singleElement().satisfies(it -> {
                assertThat(it.allocations()).isEqualTo(7);
                assertThat(it.slotsInUse()).isEqualTo(7);
            });
            buffers.forEach(ByteBuf::release);
            assertThat(used(allocator, kind)).singleElement().satisfies(it -> {
                assertThat(it.allocations()).isEqualTo(7);
                assertThat(it.slotsInUse()).isZero();
                assertThat(it.readySlots()).isGreaterThanOrEqualTo(7);
            });
        }
    }

    @Test
    void directComesFirst() {
        try (SlabByteBufAllocator allocator = small().build()) {
            allocator.heapBuffer(100).release();
            allocator.directBuffer(100).release();
            Comparator<Boolean> directFirst = Comparator.reverseOrder();
            assertThat(allocator.metric().slabs())
                    .extracting(SlabMetric::direct)
                    .containsExactly(true, false);
            assertThat(allocator.metric().sizeClasses())
                    .extracting(SizeClassMetric::direct)
                    .contains(true, false)
                    .isSortedAccordingTo(directFirst);
        }
    }

    @Test
    void theBoundsAreTold() {
        try (SlabByteBufAllocator allocator = small().maxUnpooledMemory(3 * MIB).build();
                SlabByteBufAllocator failing =
                        small().overflowPolicy(OverflowPolicy.FAIL).build()) {
            assertThat(allocator.metric()).isSameAs(allocator.metric());
            assertThat(allocator.metric().maxMemory()).isEqualTo(8 * MIB);
            assertThat(allocator.metric().maxUnpooledMemory()).isEqualTo(3 * MIB);
            assertThat(failing.metric().maxUnpooledMemory()).isZero();
        }
    }

    /** Else the JDK would copy what is not direct into memory of its own, which nobody bounds. */
    @Test
    void transportsCopyIntoBuffersOfThisAllocator() {
        try (SlabByteBufAllocator allocator = small().build()) {
            assertThat(allocator.isDirectBufferPooled()).isTrue();
        }
    }
}
