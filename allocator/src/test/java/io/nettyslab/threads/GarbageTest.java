package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steady churn on one thread. Forbidden: a step that makes garbage. */
@LeakLevel(Level.DISABLED)
class GarbageTest {

    private static final int STEPS = 300_000;
    private static final int LARGEST = 1 << 20;
    private static final Seed SEED = Seed.of(GarbageTest.class);

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(4 * LARGEST)
            .maxMemory(32 * LARGEST)
            .build();
    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @AfterEach
    void closeAllocator() {
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void eventLoop(Kind kind) {
        try (Worker loop = new EventLoop()) {
            assertThat(loop.call(() -> bytesPerStep(kind))).isLessThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void plainThread(Kind kind) {
        try (Worker plain = new PlainThread()) {
            assertThat(plain.call(() -> bytesPerStep(kind))).isLessThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void retainedViews(Kind kind) {
        try (Worker loop = new EventLoop()) {
            assertThat(loop.call(() -> bytesPerView(kind))).isLessThan(1);
        }
    }

    /** As a decoder does that cuts a read into frames: many views at once, then all are released. */
    private double bytesPerView(Kind kind) {
        ByteBuf root = kind.allocate(allocator, 64 << 10).writeZero(64 << 10);
        ByteBuf[] views = new ByteBuf[1000];
        takeAndRelease(root, views);
        long before = allocatedBytes();
        for (int i = 0; i < 100; i++) {
            takeAndRelease(root, views);
        }
        long after = allocatedBytes();
        root.release();
        return (double) (after - before) / (100 * views.length);
    }

    private static void takeAndRelease(ByteBuf root, ByteBuf[] views) {
        for (int i = 0; i < views.length; i++) {
            views[i] = i % 10 == 0 ? root.retainedDuplicate() : root.retainedSlice(64 * i, 64);
        }
        for (ByteBuf view : views) {
            view.release();
        }
    }

    private double bytesPerStep(Kind kind) {
        SplittableRandom random = SEED.random(kind.ordinal());
        ByteBuf[] small = new ByteBuf[64];
        ByteBuf[] large = new ByteBuf[4];
        churn(kind, random, small, large);
        long before = allocatedBytes();
        churn(kind, random, small, large);
        long after = allocatedBytes();
        release(small);
        release(large);
        assertThat(allocator.metric().unpooledAllocations()).isZero();
        return (double) (after - before) / STEPS;
    }

    private void churn(Kind kind, SplittableRandom random, ByteBuf[] small, ByteBuf[] large) {
        for (int i = 0; i < STEPS; i++) {
            boolean isLarge = random.nextInt(10) == 0;
            ByteBuf[] window = isLarge ? large : small;
            int most = isLarge ? LARGEST : 1 << random.nextInt(1, 15);
            int chosen = random.nextInt(window.length);
            if (window[chosen] != null) {
                window[chosen].release();
            }
            window[chosen] = kind.allocate(allocator, random.nextInt(most + 1));
        }
    }

    private static void release(ByteBuf[] window) {
        for (ByteBuf buffer : window) {
            if (buffer != null) {
                buffer.release();
            }
        }
    }

    private long allocatedBytes() {
        return thread.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
