package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePatternTest {

    private static final int LENGTH = 100;

    private final BytePattern pattern = new BytePattern(1, 0);

    private static int firstDifference(BytePattern pattern, ByteBuf buffer, long position) {
        return pattern.firstDifference(buffer, buffer.readableBytes(), position);
    }

    private ByteBuf part(long position, int length) {
        ByteBuf buffer = Unpooled.buffer(length);
        pattern.write(buffer, position, length);
        return buffer;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 1023, (1L << 40) + 3})
    void write_anyPosition_isPartOfOneStream(long position) {
        for (int length = 0; length < LENGTH; length++) {
            ByteBuf buffer = part(position, length);
            for (int i = 0; i < length; i++) {
                assertThat(buffer.getByte(i)).isEqualTo(pattern.byteAt(position + i));
            }
            assertThat(firstDifference(pattern, buffer, position)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 8, 15})
    void firstDifference_oneBitAnywhere_isFoundWhereItIs(long position) {
        for (int at = 0; at < LENGTH; at++) {
            ByteBuf buffer = part(position, LENGTH);
            buffer.setByte(at, buffer.getByte(at) ^ 0x10);
            assertThat(firstDifference(pattern, buffer, position)).isEqualTo(at);
        }
    }

    @Test
    void firstDifference_afterReaderIndex_ignoresWhatWasRead() {
        ByteBuf buffer = part(0, LENGTH);
        buffer.setByte(3, ~buffer.getByte(3)).setByte(20, ~buffer.getByte(20)).readerIndex(5);

        assertThat(firstDifference(pattern, buffer, 5)).isEqualTo(15);
    }

    @Test
    void firstDifference_streamShifted_isFoundForEveryShift() {
        for (int shift = 1; shift < 100_000; shift++) {
            assertThat(firstDifference(pattern, part(shift, 16), 0)).isBetween(0, 15);
        }
    }

    @Test
    void firstDifference_otherConnectionOrSeed_isFound() {
        ByteBuf buffer = part(0, 16);

        for (int connection = 1; connection < 10_000; connection++) {
            assertThat(firstDifference(new BytePattern(1, connection), buffer, 0))
                    .isNotNegative();
            assertThat(firstDifference(new BytePattern(1 + connection, 0), buffer, 0))
                    .isNotNegative();
        }
    }

    @Test
    void firstDifference_bufferOfSeveralPieces_isChecked() {
        ByteBuf wrong = part(10, 10);
        wrong.setByte(2, ~wrong.getByte(2));

        assertThat(firstDifference(pattern, Unpooled.wrappedBuffer(part(0, 10), part(10, 10)), 0))
                .isEqualTo(-1);
        assertThat(firstDifference(pattern, Unpooled.wrappedBuffer(part(0, 10), wrong), 0))
                .isEqualTo(12);
    }
}
