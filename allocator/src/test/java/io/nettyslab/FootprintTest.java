package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Five phases of changing sizes reserve at most two bytes for each live one; see docs/decisions/0009-footprint.md. */
@LeakLevel(Level.DISABLED)
class FootprintTest {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final long LIVE = 48L * MIB;

    private static final List<ToIntFunction<Random>> PHASES = List.of(
            random -> 16 + random.nextInt(497),
            random -> (int) Math.max(16, Math.min(256 * KIB, 2 * KIB * StrictMath.exp(random.nextGaussian()))),
            random -> 16 * KIB + 1 + random.nextInt(random.nextBoolean() ? 512 : 48 * KIB),
            random -> 16 + random.nextInt(497),
            random -> (int) StrictMath.pow(2, 20 * random.nextDouble()));

    @ParameterizedTest
    @EnumSource
    void reservesAtMostTwoBytesForEachLiveOne(Kind kind) {
        try (SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                        .slabSize(16 * MIB)
                        .maxMemory(256L * MIB)
                        .initialSlabs(0)
                        .build();
                Worker loop = new EventLoop()) {
            loop.run(() -> goThroughPhases(allocator, kind));
        }
    }

    private static void goThroughPhases(SlabByteBufAllocator allocator, Kind kind) {
        Random random = new Random(9);
        List<ByteBuf> buffers = new ArrayList<>();
        long live = 0;
        for (ToIntFunction<Random> phase : PHASES) {
            while (live < LIVE) {
                ByteBuf buf = kind.allocate(allocator, phase.applyAsInt(random));
                live += buf.capacity();
                buffers.add(buf);
            }
            SlabByteBufAllocatorMetric metric = allocator.metric();
            assertThat(metric.reservedDirectMemory() + metric.reservedHeapMemory())
                    .isLessThanOrEqualTo(2 * live);
            List<ByteBuf> kept = new ArrayList<>();
            for (ByteBuf buf : buffers) {
                if (random.nextInt(10) == 0) {
                    kept.add(buf);
                } else {
                    live -= buf.capacity();
                    buf.release();
                }
            }
            buffers = kept;
        }
        buffers.forEach(ByteBuf::release);
    }
}
