package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One buffer of the allocator under test that stays for a whole trial: for questions about use, not about allocation.
 */
@State(Scope.Thread)
public class LiveBuffer {

    static final int CAPACITY = 64 * 1024;

    @Param
    public BufferKind kind;

    ByteBuf buffer;

    @Setup
    public void allocate(AllocatorUnderTest pool) {
        pool.join();
        buffer = kind.allocate(pool.instance(), CAPACITY);
    }

    @TearDown
    public void release(AllocatorUnderTest pool) {
        buffer.release();
        pool.leave();
    }
}
