package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ranges past the end of a buffer or of what it is copied from or to, and buffers that are released. The build runs
 * this a second time with {@code checkBounds} and {@code checkAccessible} of {@code -Dio.netty.buffer} off, when
 * Netty's own checks do nothing. Forbidden then as well: a byte that is not the buffer's.
 */
@LeakLevel(Level.DISABLED)
class UncheckedBoundsTest {

    private static final int CAPACITY = 64;
    private static final int FAR = 4096;

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingPastTheEndIsReadOrWritten(Kind kind) {
        ByteBuf root = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
        ByteBuf neighbour = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
        ByteBuf retained = root.retainedSlice(0, CAPACITY);
        Map<String, ByteBuf> views = new LinkedHashMap<>();
        views.put("root", root);
        views.put("slice", root.slice(0, CAPACITY));
        views.put("duplicate", root.duplicate());
        views.put("retained", retained);
        views.forEach((name, view) -> {
            demandNoReads(name, view);
            demandNoViews(name, view);
            demandNoWrites(name, view);
        });
        assertThat(neighbour.forEachByte(value -> value == 0)).isEqualTo(-1);
        retained.release();
        root.release();
        neighbour.release();
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatIsReleasedIsReadOrWritten(Kind kind) {
        for (Kind other : Kind.values()) {
            ByteBuf live = kind.allocate(allocator, CAPACITY).writeZero(CAPACITY);
            ByteBuf released = other.allocate(allocator, CAPACITY);
            released.release();
            String name = kind + " and " + other;
            refused(name, () -> live.getBytes(0, released, 0, 4));
            refused(name, () -> live.setBytes(0, released, 0, 4));
            refused(name, () -> released.getBytes(0, live, 0, 4));
            refused(name, () -> released.setBytes(0, live, 0, 4));
            refused(name, () -> released.getByte(0));
            refused(name, () -> released.slice(0, 4));
            refused(name, () -> released.nioBuffer(0, 4));
            live.release();
        }
    }

    private static void demandNoReads(String name, ByteBuf view) {
        byte[] few = new byte[4];
        refused(name, () -> view.getByte(CAPACITY));
        refused(name, () -> view.getLong(CAPACITY - 7));
        refused(name, () -> view.getBytes(0, few, 0, CAPACITY));
        refused(name, () -> view.getBytes(0, few, 2, 3));
        refused(name, () -> view.getBytes(0, few, -1, 2));
        refused(name, () -> view.getBytes(CAPACITY - 3, few, 0, 4));
        refused(name, () -> view.getBytes(0, ByteBuffer.allocate(FAR)));
        refused(name, () -> view.getBytes(0, ByteBuffer.allocateDirect(FAR)));
        refused(name, () -> view.getBytes(0, Unpooled.buffer(FAR), 0, FAR));
        refused(name, () -> view.getBytes(0, Unpooled.directBuffer(8), 0, CAPACITY));
        refused(name, () -> view.getBytes(0, new ByteArrayOutputStream(), FAR));
        refused(name, () -> view.copy(0, FAR));
        refused(name, () -> view.toString(0, FAR, StandardCharsets.US_ASCII));
        refused(name, () -> view.forEachByte(0, FAR, value -> true));
        refused(name, () -> view.forEachByteDesc(0, FAR, value -> true));
    }

    private static void demandNoViews(String name, ByteBuf view) {
        refused(name, () -> view.slice(0, FAR));
        refused(name, () -> view.slice(0, -1));
        refused(name, () -> view.slice(-1, 2));
        refused(name, () -> view.retainedSlice(0, FAR));
        refused(name, () -> view.duplicate().readSlice(FAR));
        refused(name, () -> view.duplicate().readRetainedSlice(FAR));
        refused(name, () -> view.nioBuffer(0, FAR));
        refused(name, () -> view.nioBuffers(0, FAR));
        refused(name, () -> view.internalNioBuffer(0, FAR));
        refused(name, () -> view.internalNioBuffer(CAPACITY - 1, 2));
    }

    private static void demandNoWrites(String name, ByteBuf view) {
        byte[] few = new byte[4];
        refused(name, () -> view.setByte(CAPACITY, 1));
        refused(name, () -> view.setBytes(0, few, 0, CAPACITY));
        refused(name, () -> view.setBytes(CAPACITY - 3, few, 0, 4));
        refused(name, () -> view.setBytes(0, ByteBuffer.allocate(FAR)));
        refused(name, () -> view.setBytes(0, ByteBuffer.allocateDirect(FAR)));
        refused(name, () -> view.setBytes(0, Unpooled.buffer(FAR), 0, FAR));
        refused(name, () -> view.setBytes(0, Unpooled.directBuffer(8), 0, CAPACITY));
        refused(name, () -> view.setBytes(0, new ByteArrayInputStream(new byte[FAR]), FAR));
        refused(name, () -> view.setBytes(0, few, 1, 4));
        refused(name, () -> view.setZero(0, FAR));
        refused(name, () -> view.duplicate().writerIndex(0).writeBytes(few, 0, CAPACITY));
    }

    private static void refused(String name, ThrowingCallable call) {
        assertThatThrownBy(call, name)
                .isInstanceOfAny(IndexOutOfBoundsException.class, IllegalReferenceCountException.class);
    }
}
