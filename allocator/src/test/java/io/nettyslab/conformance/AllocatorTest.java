package io.nettyslab.conformance;

import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.LeakLevel;
import org.junit.jupiter.api.Nested;

/** Netty's allocator suite; each of its tests tries both values of {@code preferDirect}. */
class AllocatorTest {

    @Nested
    @LeakLevel(Level.DISABLED)
    class HandingOutPlainBuffers extends NettyAllocatorSuite {}

    @Nested
    @LeakLevel(Level.PARANOID)
    class HandingOutLeakWrappedBuffers extends NettyAllocatorSuite {}
}
