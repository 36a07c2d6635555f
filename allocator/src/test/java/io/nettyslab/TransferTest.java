package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.SwappedByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PastWriter;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers that the random comparison leaves out, because the reference cannot do them. */
@LeakLevel(Level.DISABLED)
class TransferTest {

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();
    private final byte[] content = new byte[100];

    TransferTest() {
        new Random(1).nextBytes(content);
    }

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void toAndFromCompositesOfSeveralComponents(Kind kind) {
        for (Kind other : Kind.values()) {
            ByteBuf buffer = kind.allocate(allocator, 100).writeBytes(content);
            ByteBuf composite = other.composite(allocator, 16)
                    .addComponent(true, other.allocate(allocator, 33).writeZero(33))
                    .addComponent(true, Unpooled.EMPTY_BUFFER)
                    .addComponent(true, kind.allocate(allocator, 77).writeZero(77));
            buffer.getBytes(10, composite, 20, 80);
            assertThat(ByteBufUtil.equals(buffer, 10, composite, 20, 80)).isTrue();
            composite.setBytes(5, content);
            buffer.setBytes(0, composite, 5, 100);
            assertThat(ByteBufUtil.getBytes(buffer)).isEqualTo(content);
            composite.release();
            buffer.release();
        }
    }

    /** Only the bytes asked for move, and nobody's indices. */
    @ParameterizedTest
    @EnumSource
    void toAndFromBuffersOfOthers(Kind kind) {
        for (ByteBuf other : new ByteBuf[] {
            Unpooled.directBuffer(100),
            Unpooled.buffer(100),
            PooledByteBufAllocator.DEFAULT.directBuffer(100),
            PooledByteBufAllocator.DEFAULT.heapBuffer(100),
            Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(100)),
            Unpooled.wrappedBuffer(new byte[120], 7, 100),
            Unpooled.compositeBuffer()
                    .addComponent(true, Unpooled.directBuffer(100).writeZero(100))
        }) {
            ByteBuf buffer = kind.allocate(allocator, 100).writeBytes(content);
            other.setIndex(3, 90).setZero(0, 100);
            byte[] expected = new byte[100];
            buffer.getBytes(10, other, 20, 0);
            buffer.getBytes(10, other, 20, 80);
            System.arraycopy(content, 10, expected, 20, 80);
            assertThat(ByteBufUtil.getBytes(other, 0, 100)).as("%s", other).isEqualTo(expected);
            assertThat(other.readerIndex()).isEqualTo(3);
            assertThat(other.writerIndex()).isEqualTo(90);

            buffer.setZero(0, 100).setBytes(5, other, 20, 80);
            System.arraycopy(content, 10, expected, 5, 80);
            Arrays.fill(expected, 85, 100, (byte) 0);
            assertThat(ByteBufUtil.getBytes(buffer)).as("%s", other).isEqualTo(expected);
            other.release();
            assertThatThrownBy(() -> buffer.setBytes(0, other, 0, 1)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> buffer.getBytes(0, other, 0, 1)).isInstanceOf(RuntimeException.class);
            buffer.release();
        }
    }

    /** A composite's capacity stays, its component's may not. */
    @ParameterizedTest
    @EnumSource
    void toAndFromCompositesWhoseComponentHasShrunk(Kind kind) {
        for (Kind other : Kind.values()) {
            ByteBuf buffer = kind.allocate(allocator, 100).writeBytes(content);
            ByteBuf component = other.allocate(allocator, 100).writeZero(100);
            ByteBuf composite = other.composite(allocator, 16).addComponent(true, component);
            component.capacity(50);
            assertThatThrownBy(() -> buffer.getBytes(0, composite, 40, 20))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.setBytes(0, composite, 40, 20))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            component.capacity(100);
            assertThat(component.forEachByte(0, 100, value -> value == 0)).isEqualTo(-1);
            assertThat(ByteBufUtil.getBytes(buffer)).isEqualTo(content);
            composite.release();
            buffer.release();
        }
    }

    /** A {@code ReplayingDecoder}'s input refuses to say what it is a view of. */
    @ParameterizedTest
    @EnumSource
    void fromBuffersThatHideWhatTheyAre(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf hidden = new Hidden(Unpooled.directBuffer(100).writeBytes(content));
        buffer.setBytes(0, hidden, 0, 100);
        assertThat(ByteBufUtil.getBytes(buffer)).isEqualTo(content);
        buffer.clear().writeBytes(hidden, 50).writeBytes(hidden, 50, 50);
        assertThat(ByteBufUtil.getBytes(buffer)).isEqualTo(content);
        hidden.release();
        buffer.release();
    }

    @SuppressWarnings("deprecation") // a wrapper of Netty's that can be extended
    private static final class Hidden extends SwappedByteBuf {

        Hidden(ByteBuf buffer) {
            super(buffer);
        }

        @Override
        public ByteBuf unwrap() {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void toReadOnlyBuffersIsRefused(Kind kind) {
        for (Kind other : Kind.values()) {
            ByteBuf buffer = kind.allocate(allocator, 100).writeBytes(content);
            ByteBuf target = other.allocate(allocator, 100).writeZero(100);
            assertThatThrownBy(() -> buffer.getBytes(0, target.asReadOnly(), 0, 100))
                    .isInstanceOf(ReadOnlyBufferException.class);
            ByteBuffer readOnly = target.nioBuffer(0, 100).asReadOnlyBuffer();
            assertThatThrownBy(() -> buffer.getBytes(0, Unpooled.wrappedBuffer(readOnly), 0, 100))
                    .isInstanceOf(ReadOnlyBufferException.class);
            assertThat(target.forEachByte(value -> value == 0)).isEqualTo(-1);
            target.release();
            buffer.release();
        }
    }

    /** Netty's {@code readString} looked at the capacity only, up to 4.2.18. */
    @ParameterizedTest
    @EnumSource
    void whereTheReaderIsAheadOfTheWriter(Kind kind) {
        for (ByteBuf buffer : new ByteBuf[] {kind.allocate(allocator, 100), Unpooled.buffer(100)}) {
            PastWriter.read(buffer.writeZero(10), 20);
            assertThat(buffer.forEachByte(value -> false)).isEqualTo(-1);
            assertThat(buffer.forEachByteDesc(value -> false)).isEqualTo(-1);
            buffer.writeByte(1).writeShort(2).writeInt(3);
            assertThat(buffer.writerIndex()).isEqualTo(17);
            assertThat(buffer.readerIndex()).isEqualTo(20);
            assertThat(buffer.getByte(10)).isEqualTo((byte) 1);
            assertThat(buffer.getShort(11)).isEqualTo((short) 2);
            assertThat(buffer.getInt(13)).isEqualTo(3);
            buffer.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void overlappingWithinOneBuffer(Kind kind) {
        for (int distance : new int[] {-30, -8, -1, 0, 1, 7, 30}) {
            ByteBuf buffer = kind.allocate(allocator, 100).writeBytes(content);
            byte[] expected = content.clone();
            System.arraycopy(expected, 30, expected, 30 + distance, 40);
            buffer.setBytes(30 + distance, buffer, 30, 40);
            assertThat(ByteBufUtil.getBytes(buffer)).as("distance %s", distance).isEqualTo(expected);
            buffer.setBytes(0, content);
            buffer.slice(30 + distance, 40).setBytes(0, buffer.duplicate(), 30, 40);
            assertThat(ByteBufUtil.getBytes(buffer)).as("distance %s", distance).isEqualTo(expected);
            buffer.release();
        }
    }
}
