package io.nettyslab.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.BigEndianCompositeByteBufTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.LittleEndianCompositeByteBufTest;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.OpenAllocator;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's suite for composite buffers, on composites that come from the allocator, as do their components. */
class CompositeTest {

    @Nested
    @LeakLevel(Level.DISABLED)
    class DirectBigEndian extends BigEndianSuite {
        DirectBigEndian() {
            super(Kind.DIRECT);
        }
    }

    @Nested
    @LeakLevel(Level.DISABLED)
    class HeapBigEndian extends BigEndianSuite {
        HeapBigEndian() {
            super(Kind.HEAP);
        }
    }

    @Nested
    @LeakLevel(Level.DISABLED)
    class DirectLittleEndian extends LittleEndianSuite {
        DirectLittleEndian() {
            super(Kind.DIRECT);
        }
    }

    @Nested
    @LeakLevel(Level.PARANOID)
    class LeakWrapped extends BigEndianSuite {
        LeakWrapped() {
            super(Kind.DIRECT);
        }
    }

    /** Components of 1 to 81 bytes, an empty one before each, cut to {@code length}. */
    @SuppressWarnings("deprecation") // order(): one of the suites tests it
    private static ByteBuf composite(SlabByteBufAllocator allocator, Kind kind, int length, ByteOrder order) {
        CompositeByteBuf composite = kind.composite(allocator, Integer.MAX_VALUE);
        for (int size = 1; composite.writerIndex() <= length; size = size % 77 + 5) {
            composite.addComponent(true, Unpooled.EMPTY_BUFFER);
            composite.addComponent(true, kind.allocate(allocator, size).writeZero(size));
        }
        return composite.capacity(length).order(order).writerIndex(0);
    }

    private static final int NETTYS_DEFAULT_COMPONENTS = 16;

    @TestInstance(Lifecycle.PER_CLASS)
    private abstract static class BigEndianSuite extends BigEndianCompositeByteBufTest {

        @RegisterExtension
        final OpenAllocator allocator = new OpenAllocator();

        private final Kind kind;

        BigEndianSuite(Kind kind) {
            this.kind = kind;
        }

        @Override
        protected ByteBuf newBuffer(int length, int maxCapacity) {
            assumeTrue(maxCapacity == Integer.MAX_VALUE);
            return composite(allocator.get(), kind, length, ByteOrder.BIG_ENDIAN);
        }

        @Override
        protected CompositeByteBuf newCompositeBuffer() {
            return kind.composite(allocator.get(), NETTYS_DEFAULT_COMPONENTS);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    private abstract static class LittleEndianSuite extends LittleEndianCompositeByteBufTest {

        @RegisterExtension
        final OpenAllocator allocator = new OpenAllocator();

        private final Kind kind;

        LittleEndianSuite(Kind kind) {
            this.kind = kind;
        }

        @Override
        protected ByteBuf newBuffer(int length, int maxCapacity) {
            assumeTrue(maxCapacity == Integer.MAX_VALUE);
            return composite(allocator.get(), kind, length, ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        protected CompositeByteBuf newCompositeBuffer() {
            return kind.composite(allocator.get(), NETTYS_DEFAULT_COMPONENTS);
        }
    }
}
