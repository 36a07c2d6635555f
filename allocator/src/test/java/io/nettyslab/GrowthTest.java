package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What outgrows its slot by writing gets room for two doublings; see docs/decisions/0012-growth.md. */
@LeakLevel(Level.DISABLED)
class GrowthTest {

    private static final int FULL = 256;

    static Stream<Arguments> writes() {
        Map<String, Consumer<ByteBuf>> writes = new TreeMap<>(Map.of(
                "writeBytes", buffer -> buffer.writeBytes(new byte[3]),
                "writeByte", buffer -> buffer.writeByte(1),
                "writeShort", buffer -> buffer.writeShort(1),
                "writeShortLE", buffer -> buffer.writeShortLE(1),
                "writeMedium", buffer -> buffer.writeMedium(1),
                "writeMediumLE", buffer -> buffer.writeMediumLE(1),
                "writeInt", buffer -> buffer.writeInt(1),
                "writeIntLE", buffer -> buffer.writeIntLE(1),
                "writeLong", buffer -> buffer.writeLong(1),
                "writeLongLE", buffer -> buffer.writeLongLE(1)));
        return Stream.of(Kind.values())
                .flatMap(kind ->
                        writes.entrySet().stream().map(write -> Arguments.of(kind, write.getKey(), write.getValue())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("writes")
    void theNextDoublingNeedsNoMove(Kind kind, String name, Consumer<ByteBuf> write) {
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            ByteBuf buffer = kind.allocate(allocator, FULL).writeZero(FULL);
            write.accept(buffer);
            assertThat(buffer.capacity()).isEqualTo(2 * FULL);
            assertThat(buffer.writerIndex() + buffer.maxFastWritableBytes()).isEqualTo(4 * FULL);
            buffer.release();

            ByteBuf named = kind.allocate(allocator, FULL).capacity(FULL + 1);
            assertThat(named.maxFastWritableBytes())
                    .as("who names a number gets it")
                    .isLessThan(2 * FULL);
            named.release();
        }
    }
}
