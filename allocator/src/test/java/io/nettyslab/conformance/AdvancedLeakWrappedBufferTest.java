package io.nettyslab.conformance;

import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Nested;

/** Netty's suite on buffers in the wrapper that records every access. */
@LeakLevel(Level.PARANOID)
class AdvancedLeakWrappedBufferTest {

    @Nested
    class DirectBigEndian extends NettyBufferSuite {
        DirectBigEndian() {
            super(Kind.DIRECT, ByteOrder.BIG_ENDIAN, Wrapping.ADVANCED);
        }
    }

    @Nested
    class DirectLittleEndian extends NettyBufferSuite {
        DirectLittleEndian() {
            super(Kind.DIRECT, ByteOrder.LITTLE_ENDIAN, Wrapping.ADVANCED);
        }
    }

    @Nested
    class HeapBigEndian extends NettyBufferSuite {
        HeapBigEndian() {
            super(Kind.HEAP, ByteOrder.BIG_ENDIAN, Wrapping.ADVANCED);
        }
    }

    @Nested
    class HeapLittleEndian extends NettyBufferSuite {
        HeapLittleEndian() {
            super(Kind.HEAP, ByteOrder.LITTLE_ENDIAN, Wrapping.ADVANCED);
        }
    }
}
