package io.nettyslab.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.Worker;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets which free lists with the first buffer. */
@LeakLevel(Level.DISABLED) // a wrapper would hide the buffer's home
class FirstListsTest {

    private static final int CAPACITY = 300;
    private static final int TLS_RECORD = 16_709;

    private final SlabByteBufAllocator allocator =
            SlabByteBufAllocator.builder().slabSize(1 << 20).maxMemory(4 << 20).build();

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    private static FreeList listOf(ByteBuf buffer) {
        return (FreeList) ((SlabByteBuf) buffer).home();
    }

    private static long listsOf(FreeList one) {
        return Arrays.stream(one.heap.of(MemoryKind.DIRECT).lists())
                .filter(Objects::nonNull)
                .count();
    }

    /** Runs on a thread that owns a heap and runs no executor, and ends. */
    private ByteBuf allocateOnAThreadThatEnds() throws Exception {
        FutureTask<ByteBuf> task = new FutureTask<>(() -> allocator.directBuffer(CAPACITY));
        Thread thread = new FastThreadLocalThread(task);
        thread.start();
        ByteBuf buffer = task.get(1, TimeUnit.MINUTES);
        thread.join(TimeUnit.MINUTES.toMillis(1));
        return buffer;
    }

    @Test
    void anEventLoopGetsThoseOfAllCommonSizes() {
        try (Worker loop = new EventLoop()) {
            ByteBuf buffer = loop.call(() -> allocator.directBuffer(CAPACITY));
            assertThat(listsOf(listOf(buffer))).isEqualTo(SizeClasses.classOf(TLS_RECORD) + 1);
            assertThat(listOf(buffer).heap.of(MemoryKind.HEAP).lists()).containsOnlyNulls();
            loop.run(buffer::release);
        }
    }

    @Test
    void anyOtherThreadGetsOne() throws Exception {
        ByteBuf buffer = allocateOnAThreadThatEnds();
        assertThat(listsOf(listOf(buffer))).isEqualTo(1);
        buffer.release();
    }

    @Test
    void anEventLoopThatAdoptsAHeapKeepsItsLists() throws Exception {
        ByteBuf first = allocateOnAThreadThatEnds();
        try (Worker loop = new EventLoop()) {
            ByteBuf second = loop.call(() -> allocator.directBuffer(10 * CAPACITY));
            assertThat(listsOf(listOf(second))).isEqualTo(SizeClasses.classOf(TLS_RECORD) + 1);
            FreeList[] lists = listOf(second).heap.of(MemoryKind.DIRECT).lists();
            assertThat(lists[SizeClasses.classOf(CAPACITY)]).isSameAs(listOf(first));
            first.release();
            second.release();
        }
    }
}
