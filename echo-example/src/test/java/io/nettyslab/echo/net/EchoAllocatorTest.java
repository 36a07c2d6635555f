package io.nettyslab.echo.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EchoAllocatorTest {

    @ParameterizedTest
    @EnumSource(AllocatorKind.class)
    void isFromSlab_onlyForBuffersOfTheSlabAllocator(AllocatorKind kind) {
        try (EchoAllocator allocator = kind.create()) {
            ByteBuf own = allocator.allocator().directBuffer(64);
            ByteBuf foreign = Unpooled.directBuffer(64);

            assertThat(allocator.isFromSlab(own)).isEqualTo(kind == AllocatorKind.SLAB);
            assertThat(allocator.isFromSlab(own.slice(1, 2))).isEqualTo(kind == AllocatorKind.SLAB);
            assertThat(allocator.isFromSlab(foreign)).isFalse();
            foreign.release();
            own.release();
        }
    }

    @ParameterizedTest
    @EnumSource(AllocatorKind.class)
    void everythingReturned_unlessTheAllocatorKnowsBetter(AllocatorKind kind) {
        try (EchoAllocator allocator = kind.create()) {
            ByteBuf buffer = allocator.allocator().directBuffer(64);
            // The adaptive allocator keeps no such count.
            assertThat(allocator.figures().everythingReturned()).isEqualTo(kind == AllocatorKind.ADAPTIVE);

            buffer.release();
            assertThat(allocator.figures().everythingReturned()).isTrue();
        }
    }
}
