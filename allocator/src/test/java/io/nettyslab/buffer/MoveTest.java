package io.nettyslab.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.testing.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A buffer that moves to a larger slot, with homes that only note what comes back. Forbidden, whatever others do with
 * the buffers meanwhile: two objects that are at home in one slot, and one that is there twice.
 */
class MoveTest {

    private static final int SMALL = 64;
    private static final int LARGE = 128;
    private static final int LARGEST = 256;

    private final List<Memory> memories = new ArrayList<>();

    /** What happens while the larger slot is looked for. */
    private Runnable meanwhile = () -> {};

    /** What happens once it is found. */
    private Consumer<SlabByteBuf> afterwards = obtained -> {};

    private final Deque<SlabByteBuf> next = new ArrayDeque<>(); // to be obtained
    private SlabByteBuf larger;

    private final BufferSource source = new BufferSource() {
        @Override
        public ByteBufAllocator allocator() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SlabByteBuf obtain(MemoryKind kind, int capacity, int maxCapacity) {
            meanwhile.run();
            SlabByteBuf obtained = next.pop();
            obtained.handOut(capacity, maxCapacity);
            afterwards.accept(obtained);
            return obtained;
        }

        @Override
        public SlabByteBuf tryObtain(MemoryKind kind, int capacity, int maxCapacity) {
            return obtain(kind, capacity, maxCapacity);
        }
    };

    private final Home smallHome = new Home(SMALL);
    private final Home largeHome = new Home(LARGE);
    private final Home largestHome = new Home(LARGEST);

    @AfterEach
    void freeMemory() {
        memories.forEach(Memory::free);
    }

    private SlabByteBuf make(Kind kind, Home home) {
        MemoryKind memoryKind = MemoryKind.valueOf(kind.name());
        Memory memory = Memory.takeUnpooled(memoryKind, home.slotSize());
        memories.add(memory);
        home.memory = memory;
        SlabByteBuf buf = SlabByteBuf.make(memoryKind);
        buf.bind(home, home.slotSize(), memory, 0); // any handle, as long as they differ
        return buf;
    }

    private SlabByteBuf handedOut(Kind kind) {
        larger = make(kind, largeHome);
        next.push(larger);
        SlabByteBuf buf = make(kind, smallHome);
        buf.handOut(SMALL, Integer.MAX_VALUE);
        return buf;
    }

    @ParameterizedTest
    @EnumSource
    void theTwoObjectsChangePlaces(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        buf.writeLong(0x5eed);
        buf.capacity(LARGE);
        assertThat(smallHome.takenBack).containsExactly(larger);
        assertThat(larger.handle()).isEqualTo(SMALL);
        assertThat(buf.readLong()).isEqualTo(0x5eed);
        assertThat(buf.capacity()).isEqualTo(LARGE);
        assertThat(buf.refCnt()).isEqualTo(1);
        assertThat(buf.release()).isTrue();
        assertThat(largeHome.takenBack).containsExactly(buf);
        assertThat(buf.handle()).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyElseReleasesMeanwhileStaysWhereItIs(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        meanwhile = buf::release;
        assertThatExceptionOfType(IllegalReferenceCountException.class).isThrownBy(() -> buf.capacity(LARGE));
        assertThat(smallHome.takenBack).containsExactly(buf);
        assertThat(largeHome.takenBack).containsExactly(larger);
        assertThat(buf.handle()).isEqualTo(SMALL);
        assertThat(larger.handle()).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void whoComesSecondFindsTheLargerSlot(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        buf.writeLong(0x5eed);
        SlabByteBuf largest = make(kind, largestHome);
        next.push(largest);
        meanwhile = () -> {
            meanwhile = () -> {};
            buf.capacity(LARGEST).setByte(LARGEST - 1, 1);
        };
        buf.capacity(LARGE);
        assertThat(buf.capacity()).isEqualTo(LARGE);
        assertThat(buf.home()).isSameAs(largestHome);
        assertThat(buf.readLong()).isEqualTo(0x5eed);
        assertThat(smallHome.takenBack).containsExactly(largest);
        assertThat(largeHome.takenBack).containsExactly(larger);
        buf.release();
        assertThat(largestHome.takenBack).containsExactly(buf);
    }

    /** By somebody who had that buffer before. */
    @ParameterizedTest
    @EnumSource
    void aLargerSlotThatIsReleasedAtOnceIsNotTaken(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        afterwards = SlabByteBuf::release;
        assertThatExceptionOfType(IllegalReferenceCountException.class).isThrownBy(() -> buf.capacity(LARGE));
        assertThat(largeHome.takenBack).containsExactly(larger);
        assertThat(buf.handle()).isEqualTo(SMALL);
        assertThat(buf.capacity()).isEqualTo(SMALL);
        buf.release();
        assertThat(smallHome.takenBack).containsExactly(buf);
    }

    /** By somebody who had that buffer before, and is just growing it. */
    @ParameterizedTest
    @EnumSource
    void aLargerSlotThatIsPinnedAtOnceIsGivenUp(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        afterwards = SlabByteBuf::pin;
        assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(() -> buf.capacity(LARGE));
        assertThat(largeHome.takenBack).isEmpty();
        larger.unpin(0);
        assertThat(largeHome.takenBack).containsExactly(larger);
        assertThat(buf.capacity()).isEqualTo(SMALL);
        assertThat(buf.release()).isTrue();
        assertThat(smallHome.takenBack).containsExactly(buf);
    }

    @ParameterizedTest
    @EnumSource
    void aPinOutlivesReleasesTooMany_andIsTheOnlyOne(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        buf.retain();
        buf.pin();
        assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(buf::pin);
        assertThat(buf.refCnt()).isEqualTo(2);
        assertThat(buf.release(2)).isTrue();
        assertThatExceptionOfType(IllegalReferenceCountException.class).isThrownBy(buf::release);
        assertThatExceptionOfType(IllegalReferenceCountException.class).isThrownBy(buf::retain);
        assertThat(smallHome.takenBack).isEmpty();
        buf.unpin(1);
        assertThat(smallHome.takenBack).containsExactly(buf);
        assertThatExceptionOfType(IllegalReferenceCountException.class).isThrownBy(buf::pin);
    }

    /** As it is while another thread changes it. */
    @ParameterizedTest
    @EnumSource
    void aPinnedBufferIsNotChanged(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        buf.pin();
        assertThat(buf.capacity(SMALL)).isSameAs(buf);
        assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(() -> buf.capacity(SMALL - 1));
        assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(() -> buf.capacity(LARGE));
        assertThat(largeHome.takenBack).as("what was obtained").containsExactly(larger);
        assertThat(buf.capacity()).isEqualTo(SMALL);
        buf.unpin(0);
        next.push(larger);
        assertThat(buf.capacity(LARGE).release()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void marksAndLentViewsOutliveAChange(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        ByteBuf view = buf.retainedSlice(0, 8);
        assertThat(buf.watchForLeak(watched -> {})).isTrue();
        buf.capacity(LARGE).capacity(LARGE - 1);
        assertThat(buf.isWatched()).isTrue();
        assertThat(buf.refCnt()).isEqualTo(2);
        assertThat(larger.capacity()).as("it is bound to the smaller slot").isZero();
        view.release();
        assertThat(buf.refCnt()).isEqualTo(1);
        assertThat(buf.release()).isTrue();
        assertThat(buf.isWatched()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasReleasedBeforeItsTrackerCameIsNotForgotten(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        buf.release();
        List<SlabByteBuf> forgotten = new ArrayList<>();
        assertThat(buf.watchForLeak(forgotten::add)).isFalse();
        assertThat(forgotten).isEmpty();
        assertThat(buf.isWatched()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReleasedWhileItsTrackerComesGoesHomeOnce(Kind kind) {
        SlabByteBuf buf = handedOut(kind);
        boolean watched = buf.watchForLeak(each -> {
            each.release();
            assertThat(smallHome.takenBack).isEmpty();
        });
        assertThat(watched).isTrue();
        assertThat(smallHome.takenBack).containsExactly(buf);
    }

    /** Notes what comes back. */
    private final class Home extends SlotHome {

        private final List<SlabByteBuf> takenBack = new ArrayList<>();
        private Memory memory;

        Home(int slotSize) {
            super(slotSize, source);
        }

        @Override
        protected Memory memoryOf(int handle) {
            return memory;
        }

        @Override
        public boolean isSlab() {
            return true;
        }

        @Override
        protected void takeBack(SlabByteBuf buf) {
            takenBack.add(buf);
        }
    }
}
