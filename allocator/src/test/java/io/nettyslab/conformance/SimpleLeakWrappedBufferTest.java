package io.nettyslab.conformance;

import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Nested;

/** Netty's suite on buffers in the wrapper that sampled buffers get by default. */
@LeakLevel(Level.SIMPLE)
class SimpleLeakWrappedBufferTest {

    @Nested
    class DirectBigEndian extends NettyBufferSuite {
        DirectBigEndian() {
            super(Kind.DIRECT, ByteOrder.BIG_ENDIAN, Wrapping.SIMPLE);
        }
    }

    @Nested
    class DirectLittleEndian extends NettyBufferSuite {
        DirectLittleEndian() {
            super(Kind.DIRECT, ByteOrder.LITTLE_ENDIAN, Wrapping.SIMPLE);
        }
    }

    @Nested
    class HeapBigEndian extends NettyBufferSuite {
        HeapBigEndian() {
            super(Kind.HEAP, ByteOrder.BIG_ENDIAN, Wrapping.SIMPLE);
        }
    }

    @Nested
    class HeapLittleEndian extends NettyBufferSuite {
        HeapLittleEndian() {
            super(Kind.HEAP, ByteOrder.LITTLE_ENDIAN, Wrapping.SIMPLE);
        }
    }
}
