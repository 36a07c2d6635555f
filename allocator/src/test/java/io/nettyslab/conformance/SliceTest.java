package io.nettyslab.conformance;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.SlicedByteBufTest;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.OpenAllocator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's suite for slices, on slices of slab buffers. */
@LeakLevel(Level.DISABLED)
class SliceTest {

    @Nested
    class OfDirect extends Suite {
        OfDirect() {
            super(Kind.DIRECT, ByteBuf::slice);
        }
    }

    @Nested
    class OfHeap extends Suite {
        OfHeap() {
            super(Kind.HEAP, ByteBuf::slice);
        }
    }

    @Nested
    class RetainedOfDirect extends Suite {
        RetainedOfDirect() {
            super(Kind.DIRECT, SliceTest::retainedSlice);
        }
    }

    @Nested
    class RetainedOfHeap extends Suite {
        RetainedOfHeap() {
            super(Kind.HEAP, SliceTest::retainedSlice);
        }
    }

    private static ByteBuf retainedSlice(ByteBuf buffer, int offset, int length) {
        ByteBuf slice = buffer.retainedSlice(offset, length);
        buffer.release();
        return slice;
    }

    @FunctionalInterface
    private interface Cut {
        ByteBuf from(ByteBuf buffer, int offset, int length);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    private abstract static class Suite extends SlicedByteBufTest {

        @RegisterExtension
        final OpenAllocator allocator = OpenAllocator.whoseTestsForget(10);

        private final Kind kind;
        private final Cut cut;

        Suite(Kind kind, Cut cut) {
            this.kind = kind;
            this.cut = cut;
        }

        @Override
        protected ByteBuf newSlice(ByteBuf unpooled, int offset, int length) {
            int capacity = unpooled.capacity();
            unpooled.release();
            return cut.from(kind.allocate(allocator.get(), capacity), offset, length);
        }
    }
}
