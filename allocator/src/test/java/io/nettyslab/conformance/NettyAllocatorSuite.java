package io.nettyslab.conformance;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.AbstractByteBufAllocatorTest;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nettyslab.SlabByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Netty's allocator tests, on allocators built with the defaults. */
@ExtendWith(ConformanceExceptions.class)
abstract class NettyAllocatorSuite extends AbstractByteBufAllocatorTest<AbstractByteBufAllocator> {

    private final List<SlabByteBufAllocator> opened = new ArrayList<>();

    @Override
    protected AbstractByteBufAllocator newAllocator(boolean preferDirect) {
        SlabByteBufAllocator allocator = new SlabByteBufAllocator(preferDirect);
        opened.add(allocator);
        return allocator;
    }

    @Override
    protected AbstractByteBufAllocator newUnpooledAllocator() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @AfterEach
    void closeAllocators() {
        opened.forEach(SlabByteBufAllocator::close);
    }
}
