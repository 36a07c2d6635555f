package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a buffer says about the room left in its slot, and does with it. Stands in for the tests of Netty's pooled
 * buffers that know only {@code PooledByteBuf}.
 */
@LeakLevel(Level.DISABLED)
class SlotSlackTest {

    /** Between two size classes: the slot has 160 bytes. */
    private static final int CAPACITY = 150;

    private static final int SLOT_SIZE = 160;
    private static final int MAX_CAPACITY = 500;

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();

    @AfterEach
    void closeAllocator() {
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void slackIsAnnouncedAsFastWritable(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, CAPACITY, MAX_CAPACITY).writerIndex(100);
        assertThat(buffer.capacity()).isEqualTo(CAPACITY);
        assertThat(buffer.writableBytes()).isEqualTo(CAPACITY - 100);
        assertThat(buffer.maxFastWritableBytes()).isEqualTo(SLOT_SIZE - 100);
        assertThat(buffer.maxWritableBytes()).isEqualTo(MAX_CAPACITY - 100);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void slackNeverExceedsMaxCapacity(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, CAPACITY, CAPACITY + 1);
        assertThat(buffer.maxFastWritableBytes()).isEqualTo(CAPACITY + 1);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void growthInsideTheSlotIsExactAndStaysInPlace(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, CAPACITY, MAX_CAPACITY).writerIndex(100);
        long moves = allocator.metric().slabAllocations();
        buffer.ensureWritable(buffer.maxFastWritableBytes());
        assertThat(buffer.capacity()).isEqualTo(SLOT_SIZE);
        assertThat(buffer.maxFastWritableBytes()).isEqualTo(buffer.writableBytes());
        assertThat(allocator.metric().slabAllocations()).isEqualTo(moves);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void oneByteMoreThanTheSlotMovesTheBuffer(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, CAPACITY, MAX_CAPACITY);
        buffer.writeZero(SLOT_SIZE);
        assertThat(buffer.maxFastWritableBytes()).isZero();
        long moves = allocator.metric().slabAllocations();
        buffer.writeByte(7);
        assertThat(allocator.metric().slabAllocations()).isEqualTo(moves + 1);
        assertThat(buffer.getByte(SLOT_SIZE)).isEqualTo((byte) 7);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void shrinkingInsideTheSlotKeepsThePlaceAndTheContents(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, CAPACITY, MAX_CAPACITY);
        buffer.writeLong(42).writeZero(CAPACITY - Long.BYTES);
        buffer.capacity(CAPACITY - 10);
        assertThat(buffer.writerIndex()).isEqualTo(CAPACITY - 10);
        assertThat(buffer.getLong(0)).isEqualTo(42);
        buffer.release();
    }
}
