package io.nettyslab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

/** Contents that tell one buffer from another: the first and last bytes, and a sample in between. */
public final class Pattern {

    private static final int STEP = 512;

    private Pattern() {}

    /** Writes the pattern of {@code id} over the whole capacity. */
    public static void write(ByteBuf buffer, long id) {
        int last = buffer.capacity() - Long.BYTES;
        for (int i = 0; i < last; i += STEP) {
            buffer.setLong(i, at(id, i));
        }
        if (last >= 0) {
            buffer.setLong(last, at(id, -1));
        } else {
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.setByte(i, (byte) at(id, i));
            }
        }
    }

    /** Checks that nobody has touched it. */
    public static void check(ByteBuf buffer, long id) {
        int last = buffer.capacity() - Long.BYTES;
        for (int i = 0; i < last; i += STEP) {
            if (i + Long.BYTES <= last && buffer.getLong(i) != at(id, i)) {
                throw new AssertionError("foreign bytes at " + i + " of " + buffer);
            }
        }
        if (last >= 0) {
            assertThat(buffer.getLong(last)).as("last bytes of %s", buffer).isEqualTo(at(id, -1));
        } else {
            for (int i = 0; i < buffer.capacity(); i++) {
                assertThat(buffer.getByte(i)).as("byte %s of %s", i, buffer).isEqualTo((byte) at(id, i));
            }
        }
    }

    private static long at(long id, int position) {
        return (id * 31 + position) * 0x9E3779B97F4A7C15L;
    }
}
