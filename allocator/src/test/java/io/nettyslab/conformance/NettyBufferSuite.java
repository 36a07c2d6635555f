package io.nettyslab.conformance;

import io.netty.buffer.AbstractPooledByteBufTest;
import io.netty.buffer.ByteBuf;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.OpenAllocator;
import java.nio.ByteOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's buffer tests, and those it adds for pooled buffers, on one kind of slab buffer. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(ConformanceExceptions.class)
abstract class NettyBufferSuite extends AbstractPooledByteBufTest {

    @RegisterExtension
    final OpenAllocator allocator = new OpenAllocator();

    private final Kind kind;
    private final ByteOrder order;
    private final Wrapping wrapping;

    NettyBufferSuite(Kind kind, ByteOrder order, Wrapping wrapping) {
        this.kind = kind;
        this.order = order;
        this.wrapping = wrapping;
    }

    @Override
    @SuppressWarnings("deprecation") // order(): half of the suites test it
    protected ByteBuf alloc(int length, int maxCapacity) {
        return wrapping.allocate(() -> kind.allocate(allocator.get(), length, maxCapacity))
                .order(order);
    }
}
