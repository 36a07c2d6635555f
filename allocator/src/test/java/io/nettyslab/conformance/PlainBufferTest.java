package io.nettyslab.conformance;

import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Nested;

/** Netty's suite on buffers as they are handed out when leak detection is off. */
@LeakLevel(Level.DISABLED)
class PlainBufferTest {

    @Nested
    class DirectBigEndian extends NettyBufferSuite {
        DirectBigEndian() {
            super(Kind.DIRECT, ByteOrder.BIG_ENDIAN, Wrapping.NONE);
        }
    }

    @Nested
    class DirectLittleEndian extends NettyBufferSuite {
        DirectLittleEndian() {
            super(Kind.DIRECT, ByteOrder.LITTLE_ENDIAN, Wrapping.NONE);
        }
    }

    @Nested
    class HeapBigEndian extends NettyBufferSuite {
        HeapBigEndian() {
            super(Kind.HEAP, ByteOrder.BIG_ENDIAN, Wrapping.NONE);
        }
    }

    @Nested
    class HeapLittleEndian extends NettyBufferSuite {
        HeapLittleEndian() {
            super(Kind.HEAP, ByteOrder.LITTLE_ENDIAN, Wrapping.NONE);
        }
    }
}
