package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.Seed;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding a byte, in ranges of every length and alignment with the same byte on both sides of them. */
@LeakLevel(Level.DISABLED)
class SearchTest {

    private static final Seed SEED = Seed.of(SearchTest.class);
    private static final int LONGEST = 200;
    private static final int ALIGNMENTS = 8;
    private static final int[] LONG_LENGTHS = {255, 256, 257, 319, 320, 321, 383, 577, 700, 1024};

    /**
     * With and without the high bit, and pairs whose difference is 1 or 0x80, where a borrow or a sign could mislead.
     */
    private static final byte[][] SOUGHT_AND_OTHERS = {
        {'\n', 'x', 11, 9, (byte) 0x8a},
        {0, 1, (byte) 0x80, (byte) 0x81, (byte) 0xff},
        {(byte) 0x80, 0, 1, (byte) 0x81, 0x7f},
        {(byte) 0xff, 0x7f, (byte) 0xfe, 0, (byte) 0x80},
    };

    private static final List<ByteProcessor> FINDERS = List.of(
            ByteProcessor.FIND_LF,
            ByteProcessor.FIND_CR,
            ByteProcessor.FIND_NUL,
            ByteProcessor.FIND_ASCII_SPACE,
            ByteProcessor.FIND_COMMA,
            ByteProcessor.FIND_SEMI_COLON,
            ByteProcessor.FIND_NON_LF,
            ByteProcessor.FIND_CRLF,
            new ByteProcessor.IndexOfProcessor((byte) 'q'));

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();
    private final SplittableRandom random = SEED.random(0);

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPlaceInEveryRange(Kind kind) {
        for (byte[] bytes : SOUGHT_AND_OTHERS) {
            for (int alignment = 0; alignment < ALIGNMENTS; alignment++) {
                for (int length = 0; length <= LONGEST; length++) {
                    searchAll(kind, bytes, alignment, length, 1 + random.nextInt(5));
                }
            }
            for (int length : LONG_LENGTHS) {
                searchAll(kind, bytes, random.nextInt(ALIGNMENTS), length, 1);
            }
        }
    }

    /** Puts the byte everywhere around the range, then nowhere in it, then at every {@code stride}th place. */
    private void searchAll(Kind kind, byte[] bytes, int alignment, int length, int stride) {
        byte sought = bytes[0];
        ByteBuf root = kind.allocate(allocator, alignment + length + ALIGNMENTS);
        for (int i = 0; i < root.capacity(); i++) {
            boolean inside = i >= alignment && i < alignment + length;
            root.setByte(i, inside ? bytes[1 + random.nextInt(bytes.length - 1)] : sought);
        }
        ByteBuf slice = root.slice(alignment, length);
        demand(root, alignment, length, sought, -1, -1);
        demand(slice, 0, length, sought, -1, -1);
        for (int at = random.nextInt(stride); at < length; at += stride) {
            byte old = slice.getByte(at);
            slice.setByte(at, sought);
            demand(root, alignment, length, sought, at, at);
            demand(slice, 0, length, sought, at, at);
            int other = random.nextInt(length);
            byte otherOld = slice.getByte(other);
            slice.setByte(other, sought);
            demand(slice, 0, length, sought, Math.min(at, other), Math.max(at, other));
            slice.setByte(other, otherOld).setByte(at, old);
        }
        root.release();
    }

    private static void demand(ByteBuf buffer, int index, int length, byte sought, int first, int last) {
        int foundFirst = buffer.indexOf(index, index + length, sought);
        int foundLast = buffer.indexOf(index + length, index, sought);
        int before = buffer.bytesBefore(index, length, sought);
        if (foundFirst != (first < 0 ? -1 : index + first)
                || length > 0 && foundLast != (last < 0 ? -1 : index + last)
                || before != first) {
            throw new AssertionError(buffer + " from " + index + ", " + length + " bytes: first " + foundFirst
                    + ", last " + foundLast + ", before " + before + " (expected: " + first + " and " + last
                    + " after the start); " + SEED);
        }
    }

    /** Capacity ends in the slot: the rest of the slot, and what a shrunk buffer held, is not searched. */
    @ParameterizedTest
    @EnumSource
    void nothingIsFoundPastTheCapacity(Kind kind) {
        for (int capacity = 1; capacity <= LONGEST; capacity++) {
            ByteBuf buffer = kind.allocate(allocator, capacity + 60);
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.setByte(i, i < capacity ? 'x' : '\n');
            }
            buffer.capacity(capacity).writerIndex(capacity);
            int end = capacity;
            assertThat(buffer.indexOf(0, end, (byte) '\n')).isEqualTo(-1);
            assertThat(buffer.indexOf(Integer.MAX_VALUE, 0, (byte) '\n')).isEqualTo(-1);
            assertThat(buffer.forEachByte(ByteProcessor.FIND_LF)).isEqualTo(-1);
            assertThat(buffer.forEachByteDesc(ByteProcessor.FIND_LF)).isEqualTo(-1);
            demandOutOfBounds(() -> buffer.indexOf(0, end + 1, (byte) '\n'));
            demandOutOfBounds(() -> buffer.bytesBefore(0, end + 1, (byte) '\n'));
            demandOutOfBounds(() -> buffer.forEachByte(0, end + 1, ByteProcessor.FIND_LF));
            demandOutOfBounds(() -> buffer.forEachByteDesc(end, 1, ByteProcessor.FIND_LF));
            buffer.release();
        }
    }

    /** A view that reaches further than its root does now answers nothing from there. */
    @ParameterizedTest
    @EnumSource
    void aSliceDoesNotSearchPastItsShrunkRoot(Kind kind) {
        ByteBuf root = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf slice = root.slice(20, 80);
        for (int capacity : new int[] {99, 21, 0}) {
            root.capacity(capacity);
            demandOutOfBounds(() -> slice.indexOf(0, 80, (byte) 1));
            demandOutOfBounds(() -> slice.indexOf(80, 0, (byte) 1));
            demandOutOfBounds(() -> slice.forEachByte(ByteProcessor.FIND_LF));
            demandOutOfBounds(() -> slice.forEachByteDesc(0, 80, ByteProcessor.FIND_LF));
        }
        root.release();
    }

    /** Every pair of arguments around the capacity, on live, empty and released buffers, against an unpooled one. */
    @ParameterizedTest
    @EnumSource
    void argumentsMeanWhatTheyMeanToUnpooledBuffers(Kind kind) {
        int[] places = {Integer.MIN_VALUE, -9, -1, 0, 1, 7, 8, 19, 20, 21, 40, Integer.MAX_VALUE};
        for (int capacity : new int[] {0, 1, 20}) {
            ByteBuf ours = kind.allocate(allocator, capacity, 100).writeZero(capacity);
            ByteBuf theirs = Unpooled.directBuffer(capacity, 100); // for heap memory: no capacity once released
            theirs.writeZero(capacity);
            for (int state = 0; state < 2; state++) {
                for (int from : places) {
                    for (int to : places) {
                        for (byte value = 0; value < 2; value++) {
                            byte sought = value;
                            assertThat(outcome(() -> ours.indexOf(from, to, sought)))
                                    .as("from %d to %d of %d", from, to, capacity)
                                    .isEqualTo(outcome(() -> theirs.indexOf(from, to, sought)));
                        }
                        assertThat(outcome(() -> ours.forEachByte(from, to, ByteProcessor.FIND_NUL)))
                                .isEqualTo(outcome(() -> theirs.forEachByte(from, to, ByteProcessor.FIND_NUL)));
                        assertThat(outcome(() -> ours.forEachByteDesc(from, to, ByteProcessor.FIND_NUL)))
                                .isEqualTo(outcome(() -> theirs.forEachByteDesc(from, to, ByteProcessor.FIND_NUL)));
                    }
                }
                if (state == 0) {
                    ours.release();
                    theirs.release();
                }
            }
            assertThatThrownBy(() -> ours.forEachByte(ByteProcessor.FIND_LF))
                    .isInstanceOf(IllegalReferenceCountException.class);
            assertThatThrownBy(() -> ours.forEachByteDesc(ByteProcessor.FIND_LF))
                    .isInstanceOf(IllegalReferenceCountException.class);
        }
    }

    /** Processors that are recognised, and such that only look alike. */
    @ParameterizedTest
    @EnumSource
    void processorsStopWhereTheyDoInUnpooledBuffers(Kind kind) {
        byte[] alphabet = {'\n', '\r', 0, ' ', ',', ';', 'q', 'x', 'x', 'x', 'x', 'x', 'x'};
        for (int length = 0; length <= LONGEST; length++) {
            byte[] content = new byte[length];
            for (int i = 0; i < length; i++) {
                content[i] = random.nextInt(4) == 0 ? alphabet[random.nextInt(alphabet.length)] : (byte) 'x';
            }
            ByteBuf ours = kind.allocate(allocator, length + 1).writeBytes(content);
            ByteBuf theirs = Unpooled.wrappedBuffer(content);
            int index = random.nextInt(length + 1);
            int part = random.nextInt(length - index + 1);
            for (ByteProcessor finder : FINDERS) {
                for (ByteBuf view : List.of(ours, ours.duplicate(), ours.slice())) {
                    assertThat(view.forEachByte(finder)).isEqualTo(theirs.forEachByte(finder));
                    assertThat(view.forEachByteDesc(finder)).isEqualTo(theirs.forEachByteDesc(finder));
                    assertThat(view.forEachByte(index, part, finder))
                            .isEqualTo(theirs.forEachByte(index, part, finder));
                    assertThat(view.forEachByteDesc(index, part, finder))
                            .isEqualTo(theirs.forEachByteDesc(index, part, finder));
                }
            }
            ours.release();
        }
    }

    private interface Search {
        int run();
    }

    private static Object outcome(Search search) {
        try {
            return search.run();
        } catch (IndexOutOfBoundsException | IllegalReferenceCountException e) {
            return e.getClass();
        }
    }

    private static void demandOutOfBounds(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
