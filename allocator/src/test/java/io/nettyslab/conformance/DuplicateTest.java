package io.nettyslab.conformance;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DuplicatedByteBufTest;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.OpenAllocator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's suite for duplicates, on duplicates of slab buffers. */
@LeakLevel(Level.DISABLED)
class DuplicateTest {

    @Nested
    class OfDirect extends Suite {
        OfDirect() {
            super(Kind.DIRECT, ByteBuf::duplicate);
        }
    }

    @Nested
    class OfHeap extends Suite {
        OfHeap() {
            super(Kind.HEAP, ByteBuf::duplicate);
        }
    }

    @Nested
    class RetainedOfDirect extends Suite {
        RetainedOfDirect() {
            super(Kind.DIRECT, DuplicateTest::retainedDuplicate);
        }
    }

    @Nested
    class RetainedOfHeap extends Suite {
        RetainedOfHeap() {
            super(Kind.HEAP, DuplicateTest::retainedDuplicate);
        }
    }

    private static ByteBuf retainedDuplicate(ByteBuf buffer) {
        ByteBuf duplicate = buffer.retainedDuplicate();
        buffer.release();
        return duplicate;
    }

    @TestInstance(Lifecycle.PER_CLASS)
    private abstract static class Suite extends DuplicatedByteBufTest {

        @RegisterExtension
        final OpenAllocator allocator = OpenAllocator.whoseTestsForget(1);

        private final Kind kind;
        private final UnaryOperator<ByteBuf> duplication;

        Suite(Kind kind, UnaryOperator<ByteBuf> duplication) {
            this.kind = kind;
            this.duplication = duplication;
        }

        @Override
        protected ByteBuf newBuffer(int length, int maxCapacity) {
            return duplication.apply(kind.allocate(allocator.get(), length, maxCapacity));
        }
    }
}
