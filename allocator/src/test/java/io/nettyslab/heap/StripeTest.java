package io.nettyslab.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.InternalThreadLocalMap;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.lang.reflect.Field;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What happens to a buffer while its stripe is locked. Forbidden: a release that waits, also for the thread that has
 * locked the stripe itself, and a buffer that stays behind.
 */
@LeakLevel(Level.DISABLED)
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StripeTest {

    private static final int CAPACITY = 1000;
    private static final int SLAB_SIZE = 1 << 20;

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(SLAB_SIZE)
            .initialSlabs(1)
            .maxMemory(SLAB_SIZE)
            .maxPooledBufferSize(SLAB_SIZE)
            .overflowPolicy(OverflowPolicy.FAIL)
            .build();
    private final Worker plain = new PlainThread();

    @AfterEach
    void closeAll() {
        plain.close();
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    private ByteBuf allocate() {
        return allocator.directBuffer(CAPACITY);
    }

    private static ThreadHeap heapOf(ByteBuf buffer) {
        return ((FreeList) ((SlabByteBuf) buffer).home()).heap;
    }

    @Test
    void releaseByTheThreadThatHasLockedTheStripeDoesNotWait() {
        plain.run(() -> {
            ByteBuf buffer = allocate();
            ThreadHeap stripe = heapOf(buffer);
            assertThat(stripe.tryEnter()).isTrue();
            buffer.release();
            stripe.leave();
            assertThat(allocator.metric().buffersInUse()).isZero();
            ByteBuf all = allocator.directBuffer(SLAB_SIZE); // there is room only if that slot is found
            all.release();
        });
    }

    @Test
    void releaseOfABufferOfALockedStripeDoesNotWaitAndItsSlotIsUsedAgain() {
        ByteBuf buffer = plain.call(this::allocate);
        ThreadHeap stripe = heapOf(buffer);
        plain.run(() -> assertThat(stripe.tryEnter()).isTrue());
        buffer.release();
        plain.run(stripe::leave);
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.directBuffer(SLAB_SIZE).release();
    }

    /** Nobody comes by any more who would take it in later. */
    @Test
    void releaseAfterCloseIsTakenInByWhoeverLeavesTheStripe() {
        ByteBuf buffer = plain.call(this::allocate);
        ThreadHeap stripe = heapOf(buffer);
        allocator.close();
        plain.run(() -> assertThat(stripe.tryEnter()).isTrue());
        buffer.release();
        assertThat(allocator.metric().reservedDirectMemory()).isEqualTo(SLAB_SIZE);
        plain.run(stripe::leave);
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    /** Netty writes a thread local's value before it notes that it is to be removed, for which there may be no room. */
    @Test
    void threadWhoseLocalsFoundNoRoomGetsItsHeapLater() throws ReflectiveOperationException {
        Field field = InternalThreadLocalMap.class.getDeclaredField("VARIABLES_TO_REMOVE_INDEX");
        field.setAccessible(true);
        int toRemove = field.getInt(null);
        plain.run(() -> FastThreadLocalThread.runWithFastThreadLocal(() -> {
            InternalThreadLocalMap locals = InternalThreadLocalMap.get();
            Object before = locals.indexedVariable(toRemove);
            locals.setIndexedVariable(toRemove, new FullSet());
            assertThatThrownBy(this::allocate).isInstanceOf(OutOfMemoryError.class);
            locals.setIndexedVariable(toRemove, before);
            ByteBuf buffer = allocate();
            assertThat(heapOf(buffer).owner()).isSameAs(Thread.currentThread());
            buffer.release();
        }));
    }

    private static final class FullSet extends AbstractSet<Object> {
        @Override
        public boolean add(Object element) {
            throw new OutOfMemoryError("of the test");
        }

        @Override
        public Iterator<Object> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return 0;
        }
    }

    /** Remembered as a thread without a heap, it gets one nevertheless when it has become a thread that may. */
    @Test
    void threadThatUsedStripesBeforeGetsItsHeapWhenItMay() {
        plain.run(() -> {
            for (int i = 0; i < 10; i++) {
                ByteBuf buffer = allocate();
                assertThat(heapOf(buffer).owner()).isNull();
                buffer.release();
            }
            Thread[] owner = new Thread[1];
            FastThreadLocalThread.runWithFastThreadLocal(() -> {
                for (int i = 0; i < 1000; i++) {
                    ByteBuf buffer = allocate();
                    owner[0] = heapOf(buffer).owner();
                    buffer.release();
                }
            });
            assertThat(owner[0]).isSameAs(Thread.currentThread());
        });
    }
}
