package io.nettyslab.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorBuilder;
import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.SlabExhaustedError;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    private static final int MIB = 1 << 20;

    static Stream<Arguments> refusedWhenSet() {
        return Stream.of(
                bad(b -> b.slabSize(0), "slabSize: 0 (expected: a power of two, 1 MiB to 1 GiB)"),
                bad(b -> b.slabSize(-MIB), "slabSize: -1048576 (expected: a power of two, 1 MiB to 1 GiB)"),
                bad(b -> b.slabSize(MIB / 2), "slabSize: 524288 (expected: a power of two, 1 MiB to 1 GiB)"),
                bad(b -> b.slabSize(3 * MIB), "slabSize: 3145728 (expected: a power of two, 1 MiB to 1 GiB)"),
                bad(b -> b.slabSize(1 << 31), "slabSize: -2147483648 (expected: a power of two, 1 MiB to 1 GiB)"),
                bad(b -> b.initialSlabs(-1), "initialSlabs: -1 (expected: 0 to maxMemory / slabSize)"),
                bad(b -> b.initialHeapSlabs(-1), "initialHeapSlabs: -1 (expected: 0 to maxMemory / slabSize)"),
                bad(b -> b.maxMemory(0), "maxMemory: 0 (expected: slabSize (at least 1 MiB) to 1 TiB)"),
                bad(b -> b.maxMemory(MIB - 1), "maxMemory: 1048575 (expected: slabSize (at least 1 MiB) to 1 TiB)"),
                bad(
                        b -> b.maxMemory((1L << 40) + 1),
                        "maxMemory: 1099511627777 (expected: slabSize (at least 1 MiB) to 1 TiB)"),
                bad(b -> b.maxUnpooledMemory(-1), "maxUnpooledMemory: -1 (expected: 0 or more)"),
                bad(b -> b.maxPooledBufferSize(4095), "maxPooledBufferSize: 4095 (expected: 4096 to slabSize)"),
                bad(
                        b -> b.maxPooledBufferSize((1 << 30) + 1),
                        "maxPooledBufferSize: 1073741825 (expected: 4096 to slabSize)"));
    }

    static Stream<Arguments> refusedWhenBuilt() {
        return Stream.of(
                bad(
                        b -> b.slabSize(16 * MIB).maxMemory(8 * MIB),
                        "maxMemory: 8388608 (expected: slabSize (16777216) to 1 TiB)"),
                bad(
                        b -> b.slabSize(16 * MIB).maxMemory(8 * MIB).initialSlabs(1),
                        "maxMemory: 8388608 (expected: slabSize (16777216) to 1 TiB)"),
                bad(
                        b -> b.slabSize(4 * MIB).maxMemory(8 * MIB).initialSlabs(3),
                        "initialSlabs: 3 (expected: 0 to 2, maxMemory (8388608) / slabSize (4194304))"),
                bad(
                        b -> b.slabSize(4 * MIB).maxMemory(8 * MIB).initialHeapSlabs(3),
                        "initialHeapSlabs: 3 (expected: 0 to 2, maxMemory (8388608) / slabSize (4194304))"),
                bad(
                        b -> b.slabSize(4 * MIB)
                                .maxMemory(8 * MIB)
                                .initialSlabs(2)
                                .initialHeapSlabs(1),
                        "initialSlabs + initialHeapSlabs: 3 (expected: 0 to 2,"
                                + " maxMemory (8388608) / slabSize (4194304))"),
                bad(
                        b -> b.slabSize(4 * MIB).initialSlabs(Integer.MAX_VALUE),
                        "initialSlabs: 2147483647 (expected: 0 to 262144, 1 TiB / slabSize (4194304))"),
                bad(
                        b -> b.slabSize(2 * MIB).maxPooledBufferSize(4 * MIB),
                        "maxPooledBufferSize: 4194304 (expected: 4096 to 2097152, the slabSize)"));
    }

    private static Arguments bad(Consumer<SlabByteBufAllocatorBuilder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void refusedWhenSet(Consumer<SlabByteBufAllocatorBuilder> setting, String message) {
        SlabByteBufAllocatorBuilder builder = unusual();
        String before = built(builder);
        assertThatThrownBy(() -> setting.accept(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(built(builder)).as("after the refusal").isEqualTo(before);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void refusedWhenBuilt(Consumer<SlabByteBufAllocatorBuilder> settings, String message) {
        SlabByteBufAllocatorBuilder builder = SlabByteBufAllocator.builder();
        settings.accept(builder);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(builder::build).as("the builder keeps its values").hasMessage(message);
        builder.slabSize(4 * MIB).maxMemory(16 * MIB).initialSlabs(1).initialHeapSlabs(1);
        assertThat(built(builder)).as("once corrected").contains("slabSize: 4194304,");
    }

    @Test
    void noPolicyIsRefused() {
        SlabByteBufAllocatorBuilder builder = unusual();
        String before = built(builder);
        assertThatThrownBy(() -> builder.overflowPolicy(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("overflowPolicy: null (expected: FAIL or UNPOOLED)");
        assertThat(built(builder)).isEqualTo(before);
    }

    /** A builder none of whose values is a default. */
    private static SlabByteBufAllocatorBuilder unusual() {
        return SlabByteBufAllocator.builder()
                .slabSize(2 * MIB)
                .initialSlabs(0)
                .initialHeapSlabs(1)
                .maxMemory(6 * MIB)
                .maxUnpooledMemory(123_456)
                .maxPooledBufferSize(654_321)
                .preferDirect(false);
    }

    private static String built(SlabByteBufAllocatorBuilder builder) {
        try (SlabByteBufAllocator allocator = builder.build()) {
            return allocator.toString();
        }
    }

    @Test
    void everySettingShowsInTheAllocator() {
        assertThat(built(unusual()))
                .isEqualTo("SlabByteBufAllocator(slabs never take more than 6291456 bytes, unpooled buffers never more"
                        + " than 123456; slabSize: 2097152, initialSlabs: 0, initialHeapSlabs: 1,"
                        + " maxPooledBufferSize: 654321, overflowPolicy: UNPOOLED, preferDirect: false)");
        assertThat(built(unusual().overflowPolicy(OverflowPolicy.FAIL)))
                .contains("unpooled buffers never more than 0;", "overflowPolicy: FAIL");
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        long limit = PlatformDependent.maxDirectMemory();
        long bound = Math.max(limit / 2, MIB);
        long slab = Math.max(MIB, Math.min(16 * MIB, Long.highestOneBit(bound / 16)));
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            assertThat(allocator.toString())
                    .isEqualTo("SlabByteBufAllocator(slabs never take more than " + bound
                            + " bytes, unpooled buffers never more than "
                            + Math.max(limit - bound - bound / slab * 64, slab)
                            + "; slabSize: " + slab + ", initialSlabs: 1, initialHeapSlabs: 0, maxPooledBufferSize: "
                            + slab / 2 + ", overflowPolicy: UNPOOLED, preferDirect: true)");
            ByteBuf buffer = allocator.buffer();
            assertThat(buffer.isDirect()).isTrue();
            buffer.release();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "16, 1", "32, 2", "63, 2", "64, 4", "256, 16", "4096, 16"})
    void aSlabIsASixteenthOfTheBoundWithin1And16MiB(long maxMemory, int slabSize) {
        assertThat(built(SlabByteBufAllocator.builder().maxMemory(maxMemory * MIB)))
                .contains("more than " + maxMemory * MIB + " bytes", "slabSize: " + slabSize * MIB + ",");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "3, 0", "0, 2", "2, 1", "2, 2"})
    void initialSlabsAreReservedWhileBuilding(int direct, int heap) {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(2 * MIB)
                .maxMemory(8 * MIB)
                .initialSlabs(direct)
                .initialHeapSlabs(heap)
                .build()) {
            SlabByteBufAllocatorMetric metric = allocator.metric();
            assertThat(metric.reservedDirectMemory()).isEqualTo(direct * 2L * MIB);
            assertThat(metric.reservedHeapMemory()).isEqualTo(heap * 2L * MIB);
            assertThat(metric.directSlabs()).isEqualTo(direct);
            assertThat(metric.heapSlabs()).isEqualTo(heap);
            assertThat(metric.usedDirectMemory()).isZero();
            assertThat(metric.usedHeapMemory()).isZero();
            assertThat(metric.buffersInUse()).isZero();
            assertThat(metric.sizeClasses()).isEmpty();
        }
    }

    @Test
    void theDirectSlabOfTheDefaultMakesRoomForHeapSlabsThatAreAskedFor() {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(MIB)
                .maxMemory(2 * MIB)
                .initialHeapSlabs(2)
                .build()) {
            assertThat(allocator.metric().heapSlabs()).isEqualTo(2);
            assertThat(allocator.metric().directSlabs()).isZero();
        }
    }

    @Test
    void boundsTogetherMayPassWhatANumberHolds() {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(MIB)
                .maxMemory(MIB)
                .maxUnpooledMemory(Long.MAX_VALUE)
                .build()) {
            int tooMuch = Integer.MAX_VALUE; // more than any array
            assertThatThrownBy(() -> allocator.heapBuffer(tooMuch))
                    .isInstanceOfSatisfying(
                            SlabExhaustedError.class,
                            e -> assertThat(e.maxBytes()).isEqualTo(Long.MAX_VALUE))
                    .as("what the JVM said")
                    .hasCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void eachBuildMakesAnAllocatorOfItsOwn() {
        SlabByteBufAllocatorBuilder builder = unusual();
        try (SlabByteBufAllocator one = builder.build();
                SlabByteBufAllocator two = builder.build()) {
            ByteBuf buffer = one.heapBuffer(100);
            assertThat(one.metric().buffersInUse()).isEqualTo(1);
            assertThat(two.metric().buffersInUse()).isZero();
            buffer.release();
        }
    }

    @Test
    void whatWasReservedBeforeASlabThatTheJvmRefusesIsGivenBack() {
        assumeTrue(Runtime.getRuntime().maxMemory() <= 1 << 30, "a heap that cannot hold 1 GiB");
        SlabByteBufAllocatorBuilder builder = SlabByteBufAllocator.builder()
                .slabSize(128 * MIB)
                .maxMemory(2L << 30)
                .initialSlabs(1)
                .initialHeapSlabs(8);
        long before = directMemory();
        assertThatThrownBy(builder::build).isInstanceOf(OutOfMemoryError.class);
        await().untilAsserted(() -> {
            System.gc(); // where there is no Unsafe, it frees the slab
            assertThat(directMemory()).isLessThan(before + 128 * MIB);
        });
    }

    /** What either the JDK or Netty counts. */
    private static long directMemory() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    @Test
    void anInitialSlabThatTheJvmRefusesFailsTheBuild() {
        assumeTrue(Runtime.getRuntime().maxMemory() <= 1 << 30, "a heap that cannot hold 1 GiB");
        SlabByteBufAllocatorBuilder builder =
                SlabByteBufAllocator.builder().slabSize(1 << 30).initialSlabs(0).initialHeapSlabs(1);
        assertThatThrownBy(builder::build)
                .isInstanceOf(OutOfMemoryError.class)
                .isNotInstanceOf(SlabExhaustedError.class)
                .hasMessageContaining("1073741824 bytes of HEAP");
    }
}
