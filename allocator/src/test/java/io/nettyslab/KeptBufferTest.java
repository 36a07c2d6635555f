package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody keeps a buffer that was released, as objects do that are cleared late: its memory is free all the same. */
class KeptBufferTest {

    private static final int LARGE = 2 << 20; // a run of pages
    private static final int UNPOOLED = 20 << 20; // larger than a slab

    @Test
    void anUnpooledBuffer_keepsNoMemory() {
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            ByteBuf buf = allocator.heapBuffer(UNPOOLED);
            WeakReference<byte[]> array = arrayOf(buf);
            buf.release();

            demandCollected(array);
            demandReleased(buf);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, LARGE, UNPOOLED})
    void aClosedAllocator_keepsNoMemory(int capacity) {
        SlabByteBufAllocator allocator = new SlabByteBufAllocator();
        ByteBuf buf = allocator.heapBuffer(capacity);
        WeakReference<byte[]> array = arrayOf(buf);
        buf.release();
        allocator.close();

        demandCollected(array);
        demandReleased(buf);
    }

    /** Not in the test itself: a frame of the interpreter may keep what it once had on its stack. */
    private static WeakReference<byte[]> arrayOf(ByteBuf buf) {
        return new WeakReference<>(buf.array());
    }

    private static void demandCollected(WeakReference<byte[]> array) {
        await("the memory is still reachable").until(() -> {
            System.gc();
            return array.get() == null;
        });
    }

    private static void demandReleased(ByteBuf buf) {
        assertThat(buf.refCnt()).isZero();
    }
}
