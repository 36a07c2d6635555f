package io.nettyslab.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.testing.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A buffer that moves to a larger slot, with homes that only note what comes back. */
class MoveTest {

    private static final int SMALL = 64;
    private static final int LARGE = 128;

    private final List<Memory> memories = new ArrayList<>();

    /** What happens while the larger slot is looked for. */
    private Runnable meanwhile = () -> {};

    private SlabByteBuf larger;

    private final BufferSource source = new BufferSource() {
        @Override
        public ByteBufAllocator allocator() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SlabByteBuf obtain(MemoryKind kind, int capacity, int maxCapacity) {
            meanwhile.run();
            larger.handOut(capacity, maxCapacity);
            return larger;
        }

        @Override
        public SlabByteBuf tryObtain(MemoryKind kind, int capacity, int maxCapacity) {
            return obtain(kind, capacity, maxCapacity);
        }
    };

    private final Home smallHome = new Home(SMALL);
    private final Home largeHome = new Home(LARGE);

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

    /** Forbidden: two objects that are at home in one slot. */
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
