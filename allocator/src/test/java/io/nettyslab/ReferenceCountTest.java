package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reference count may become, and how it says no. */
@LeakLevel(Level.DISABLED)
class ReferenceCountTest {

    private static final int MOST = (1 << 30) - 1;

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void overflowIsRefusedAndChangesNothing(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100);
        demandRefused(() -> buffer.retain(Integer.MAX_VALUE));
        demandRefused(() -> buffer.retain(MOST));
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.retain(MOST - 1);
        assertThat(buffer.refCnt()).isEqualTo(MOST);
        demandRefused(buffer::retain);
        assertThat(buffer.refCnt()).isEqualTo(MOST);
        assertThat(buffer.release(MOST)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void releasingMoreThanThereAreIsRefusedAndChangesNothing(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).retain(2);
        demandRefused(() -> buffer.release(4));
        assertThat(buffer.refCnt()).isEqualTo(3);
        assertThat(buffer.release(2)).isFalse();
        assertThat(buffer.release()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDeadStaysDead(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100);
        buffer.release();
        assertThatThrownBy(buffer::release)
                .isInstanceOf(IllegalReferenceCountException.class)
                .hasMessage("refCnt: 0, decrement: 1");
        demandRefused(buffer::retain);
        demandRefused(() -> buffer.retain(2));
        demandRefused(() -> buffer.release(2));
        assertThat(buffer.refCnt()).isZero();
        assertThat(buffer.toString()).contains("freed");
        assertThat(buffer.isDirect()).isEqualTo(kind.isDirect());
    }

    @ParameterizedTest
    @EnumSource
    void stepsMustBePositive(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100);
        for (int step : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> buffer.retain(step)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> buffer.release(step)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void viewsShareTheCountOfTheirBuffer(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf slice = buffer.slice(10, 20);
        ByteBuf nested = slice.duplicate().retain().readSlice(5);
        assertThat(buffer.release()).isFalse();
        assertThat(slice.refCnt()).isEqualTo(1);
        assertThat(nested.getByte(4)).isZero();
        assertThat(nested.release()).isTrue();
        assertThat(buffer.refCnt()).isZero();
        assertThat(slice.refCnt()).isZero();
    }

    private static void demandRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalReferenceCountException.class);
    }
}
