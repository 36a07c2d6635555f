package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls by which bytes past a buffer's capacity have been read or written, in other pools or in this one. */
@LeakLevel(Level.DISABLED)
class PastCapacityTest {

    private static final int CAPACITY = 100;
    private static final int LONG = 72 * 1024; // bytes; more than one piece of a stream
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16);

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    /** A stream that says that it has read more than it was asked for. */
    @ParameterizedTest
    @EnumSource
    void boastfulStreams(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, LONG).writeZero(LONG);
        ByteBuf neighbour = kind.allocate(allocator, LONG).writeZero(LONG);
        InputStream boastful = new InputStream() {
            @Override
            public int read() {
                return 9;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                Arrays.fill(into, from, from + length, (byte) 9);
                return Math.max(length, into.length) + 1;
            }
        };
        try {
            buffer.setBytes(0, boastful, LONG);
        } catch (IOException | IndexOutOfBoundsException refused) {
            assertThat(refused).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(neighbour.forEachByte(b -> b == 0)).isEqualTo(-1);
        buffer.release();
        neighbour.release();
    }

    /** Netty adds what they say to an index: from there on single bytes would be read and sent that are another's. */
    @ParameterizedTest
    @EnumSource
    void channelsAndStreamsThatMiscount(Kind kind) {
        for (int lie : new int[] {-2, -1, 9}) {
            ByteBuf root = kind.allocate(allocator, CAPACITY).writeZero(20);
            for (ByteBuf buffer : List.of(root, root.duplicate(), root.slice(0, 20))) {
                demandOutOfBounds("write " + lie, () -> buffer.readBytes(writerThatSays(lie), 8));
                assertThat(buffer.readerIndex()).isZero();
            }
            if (lie != -1) { // the end
                ByteBuf buffer = root.duplicate();
                demandOutOfBounds("read " + lie, () -> buffer.writeBytes(readerThatSays(lie), 8));
                demandOutOfBounds("stream " + lie, () -> buffer.writeBytes(streamThatSays(lie), 8));
                assertThat(buffer.writerIndex()).isEqualTo(20);
            }
            root.release();
        }
    }

    private static GatheringByteChannel writerThatSays(int count) {
        return (GatheringByteChannel) channelThatSays(count, GatheringByteChannel.class);
    }

    private static ScatteringByteChannel readerThatSays(int count) {
        return (ScatteringByteChannel) channelThatSays(count, ScatteringByteChannel.class);
    }

    private static Object channelThatSays(int count, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> count);
    }

    private static InputStream streamThatSays(int count) {
        return new InputStream() {
            @Override
            public int read() {
                return 9;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return count;
            }
        };
    }

    /** Bytes that are there can be read, whatever has become of those behind them. */
    @ParameterizedTest
    @EnumSource
    void readBytesOfADuplicateWhoseRootHasShrunk(Kind kind) {
        ByteBuf root = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
        ByteBuf duplicate = root.duplicate();
        root.capacity(CAPACITY / 2);
        ByteBuf copy = duplicate.readBytes(10);
        assertThat(copy.readableBytes()).isEqualTo(10);
        assertThat(duplicate.readerIndex()).isEqualTo(10);
        demandOutOfBounds("duplicate", () -> duplicate.readBytes(CAPACITY / 2));
        assertThat(duplicate.readerIndex()).isEqualTo(10);
        copy.release();
        root.release();
    }

    /** Nothing is allocated for a copy that cannot be made; {@link #closeAllocator} would see it. */
    @ParameterizedTest
    @EnumSource
    void readBytesOfASliceWhoseRootHasShrunk(Kind kind) {
        ByteBuf root = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
        ByteBuf slice = root.slice(0, CAPACITY);
        root.capacity(8);
        demandOutOfBounds("slice", () -> slice.readBytes(20));
        assertThat(slice.readerIndex()).isZero();
        root.release();
    }

    @ParameterizedTest
    @EnumSource
    void toStringOfRootsAndViews(Kind kind) {
        ByteBuf root = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
        viewsOf(root).forEach((name, view) -> {
            int capacity = view.capacity();
            for (Charset charset : CHARSETS) {
                assertThat(view.toString(0, capacity, charset)).isNotEmpty();
                demandOutOfBounds(name, () -> view.toString(0, capacity + 1, charset));
                demandOutOfBounds(name, () -> view.toString(capacity, 1, charset));
                demandOutOfBounds(name, () -> view.toString(-1, 2, charset));
                demandOutOfBounds(name, () -> view.getCharSequence(0, capacity + 1, charset));
                demandOutOfBounds(name, () -> view.readerIndex(0).readCharSequence(capacity + 1, charset));
                demandOutOfBounds(name, () -> view.readerIndex(0).readString(capacity + 1, charset));
            }
        });
        root.release();
    }

    @ParameterizedTest
    @EnumSource
    void toStringOfComposites(Kind kind) {
        for (int parts = 1; parts <= 3; parts++) {
            CompositeByteBuf composite = kind.composite(allocator, 16);
            for (int i = 0; i < parts; i++) {
                composite.addComponent(
                        true, kind.allocate(allocator, 50).writeZero(30).slice(5, 20));
            }
            int capacity = composite.capacity();
            for (ByteBuf view : List.of(composite, composite.duplicate(), composite.slice())) {
                demandOutOfBounds("composite", () -> view.toString(0, capacity + 1, StandardCharsets.US_ASCII));
                demandOutOfBounds("composite", () -> view.toString(-1, 2, StandardCharsets.US_ASCII));
            }
            composite.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingPastTheEndIsWhatItIsToNetty(Kind kind) {
        Function<ByteBuf, Object> nothing = buffer -> {
            try {
                return buffer.toString(CAPACITY + 5, 0, StandardCharsets.UTF_8);
            } catch (IndexOutOfBoundsException since4_2_19) {
                return IndexOutOfBoundsException.class;
            }
        };
        ByteBuf root = kind.allocate(allocator, CAPACITY);
        assertThat(viewsOf(root).values()).extracting(nothing).containsOnly(nothing.apply(Unpooled.buffer(CAPACITY)));
        root.release();
    }

    /** Before anything is allocated for the answer. */
    @ParameterizedTest
    @EnumSource
    void hugeLengths(Kind kind) {
        ByteBuf root = kind.allocate(allocator, CAPACITY);
        int huge = Integer.MAX_VALUE;
        viewsOf(root).forEach((name, view) -> {
            if (!view.isReadOnly()) { // Netty's read-only buffers make the array first
                demandOutOfBounds(name, () -> view.toString(0, huge, StandardCharsets.UTF_8));
            }
            demandOutOfBounds(name, () -> view.getCharSequence(1, huge, StandardCharsets.US_ASCII));
            demandOutOfBounds(name, () -> view.copy(1, huge));
            demandOutOfBounds(name, () -> view.slice(1, huge));
            demandOutOfBounds(name, () -> view.nioBuffer(1, huge));
            demandOutOfBounds(name, () -> view.internalNioBuffer(1, huge));
            demandOutOfBounds(name, () -> view.forEachByte(1, huge, value -> true));
        });
        root.release();
    }

    @ParameterizedTest
    @EnumSource
    void nioViewsEndWhereTheirBufferEnds(Kind kind) {
        ByteBuf root = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
        viewsOf(root).forEach((name, view) -> {
            int capacity = view.capacity();
            ByteBuffer nio = view.nioBuffer(3, 10).clear();
            assertThat(nio.capacity()).as(name).isEqualTo(10);
            ByteBuffer internal = view.internalNioBuffer(3, 10);
            assertThat(internal.position()).as(name).isLessThanOrEqualTo(3);
            assertThat(internal.capacity() - internal.position()).as(name).isLessThanOrEqualTo(capacity - 3);
            demandOutOfBounds(name, () -> internal.get(internal.capacity()));
        });
        root.release();
    }

    @ParameterizedTest
    @EnumSource
    void internalNioBufferOfACompositeWithOneComponent(Kind kind) {
        CompositeByteBuf composite = kind.composite(allocator, 16)
                .addComponent(true, kind.allocate(allocator, 50).writeZero(50).slice(20, 10));
        for (int index : new int[] {-1, -20, 1, 10}) {
            demandOutOfBounds("index " + index, () -> composite.internalNioBuffer(index, 10));
        }
        ByteBuffer view = composite.internalNioBuffer(2, 5);
        assertThat(view.remaining()).isEqualTo(5);
        assertThat(view.position()).isLessThanOrEqualTo(2);
        assertThat(view.capacity() - view.position()).isLessThanOrEqualTo(8);
        composite.release();
    }

    /** As a channel has it that has sent a part, or another thread that reads. */
    @ParameterizedTest
    @EnumSource
    void internalNioBufferOfACompositeLeavesThatOfItsComponent(Kind kind) {
        ByteBuf component = kind.allocate(allocator, 50).writeZero(50);
        CompositeByteBuf composite = kind.composite(allocator, 16).addComponent(true, component);
        ByteBuffer inUse = component.internalNioBuffer(10, 20);
        composite.internalNioBuffer(0, 5);
        assertThat(inUse.position()).isEqualTo(10);
        assertThat(inUse.limit()).isEqualTo(30);
        composite.release();
    }

    /** Views keep their indices, and slices their place, when their root shrinks. */
    @ParameterizedTest
    @EnumSource
    void viewsOfWhatIsNoLongerThere(Kind kind) {
        ByteBuf root = kind.allocate(allocator, 4000).writeZero(4000);
        Map<String, ByteBuf> views = viewsOf(root);
        views.put("slice at the end", root.slice(3000, 1000));
        views.put("read-only slice at the end", root.asReadOnly().slice(3000, 1000));
        ByteBuf neighbour = canary(kind);
        root.capacity(10);
        ByteBuf otherNeighbour = canary(kind);
        views.values().removeIf(view -> view.unwrap() == null);
        views.forEach((name, view) -> {
            if (view.writerIndex() > 100) {
                demandNoReads(name, view);
                demandNoWrites(name, view);
            }
        });
        demandUnharmed(neighbour);
        demandUnharmed(otherNeighbour);
        root.release();
    }

    /** A composite's capacity stays when its only component shrinks. */
    @ParameterizedTest
    @EnumSource
    void compositesWhoseComponentHasShrunk(Kind kind) {
        for (boolean askedBefore : new boolean[] {false, true}) {
            ByteBuf component = kind.allocate(allocator, 4000).writeZero(4000);
            CompositeByteBuf composite = kind.composite(allocator, 16).addComponent(true, component);
            if (askedBefore) {
                assertThat(composite.hasArray()).isEqualTo(component.hasArray());
                assertThat(composite.hasMemoryAddress()).isEqualTo(component.hasMemoryAddress());
            }
            component.capacity(10);
            assertThat(composite.hasArray()).isFalse();
            assertThat(composite.hasMemoryAddress()).isFalse();
            for (ByteBuf view : List.of(composite, composite.duplicate(), composite.slice())) {
                demandNoReads("composite", view);
                for (Charset charset : CHARSETS) {
                    demandOutOfBounds("composite", () -> view.setCharSequence(3960, "abcdefghij", charset));
                }
                demandOutOfBounds("composite", () -> ByteBufUtil.getBytes(view, 0, 4000));
            }
            component.capacity(4000);
            assertThat(component.forEachByte(0, 4000, value -> value == 0)).isEqualTo(-1);
            assertThat(composite.hasArray()).isEqualTo(component.hasArray());
            composite.release();
            assertThat(composite.hasArray()).as("asked too late").isFalse();
            assertThat(composite.hasMemoryAddress()).isFalse();
        }
    }

    private static void demandNoReads(String name, ByteBuf view) {
        int end = view.writerIndex();
        demandOutOfBounds(name + " getByte", () -> view.getByte(end - 1));
        demandOutOfBounds(name + " getLong", () -> view.getLong(end - 8));
        demandOutOfBounds(name + " forEachByteDesc", () -> view.forEachByteDesc(value -> true));
        demandOutOfBounds(name + " forEachByte", () -> view.forEachByte(value -> true));
        demandOutOfBounds(name + " toString", () -> view.toString(StandardCharsets.US_ASCII));
        demandOutOfBounds(name + " nioBuffer", view::nioBuffer);
        demandOutOfBounds(name + " copy", view::copy);
        demandOutOfBounds(
                name + " as a source", () -> Unpooled.buffer(8000).setBytes(0, view, view.readerIndex(), end));
        for (int width : new int[] {1, 2, 3, 4, 8}) {
            demandOutOfBounds(name + " read " + width, () -> read(view.readerIndex(end - width), width));
        }
    }

    private static long read(ByteBuf view, int width) {
        return switch (width) {
            case 1 -> view.readByte();
            case 2 -> view.readShortLE();
            case 3 -> view.readMedium();
            case 4 -> view.readIntLE();
            default -> view.readLong();
        };
    }

    private static void demandNoWrites(String name, ByteBuf view) {
        if (!view.isReadOnly()) {
            int end = view.writerIndex();
            demandOutOfBounds(name + " setLong", () -> view.setLong(end - 8, -1));
            demandOutOfBounds(name + " setZero", () -> view.setZero(end - 8, 8));
            for (Charset charset : CHARSETS) {
                demandOutOfBounds(name, () -> view.setCharSequence(end - 40, "abcdefghij", charset));
            }
            demandOutOfBounds(
                    name + " discardReadBytes", () -> view.readerIndex(end - 8).discardReadBytes());
        }
    }

    private ByteBuf canary(Kind kind) {
        byte[] pattern = new byte[4000];
        Arrays.fill(pattern, (byte) 0x77);
        return kind.allocate(allocator, 4000).writeBytes(pattern);
    }

    private static void demandUnharmed(ByteBuf canary) {
        assertThat(canary.forEachByte(value -> value == 0x77)).isEqualTo(-1);
        canary.release();
    }

    @SuppressWarnings("deprecation") // order(): one more view
    private static Map<String, ByteBuf> viewsOf(ByteBuf root) {
        Map<String, ByteBuf> views = new LinkedHashMap<>();
        views.put("root", root);
        views.put("slice", root.slice(0, root.capacity()));
        views.put("inner slice", root.slice(10, root.capacity() - 20));
        views.put("slice of slice", root.slice(10, root.capacity() - 20).slice(5, root.capacity() - 40));
        views.put("duplicate", root.duplicate());
        views.put("slice of duplicate", root.duplicate().slice(10, root.capacity() - 20));
        views.put("read-only", root.asReadOnly());
        views.put("read-only slice", root.slice(10, root.capacity() - 20).asReadOnly());
        views.put("duplicate of read-only", root.asReadOnly().duplicate());
        views.put("swapped", root.order(java.nio.ByteOrder.LITTLE_ENDIAN));
        views.put("swapped slice", root.slice(10, root.capacity() - 20).order(java.nio.ByteOrder.LITTLE_ENDIAN));
        return views;
    }

    private static void demandOutOfBounds(String name, ThrowingCallable call) {
        assertThatThrownBy(call, name).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
