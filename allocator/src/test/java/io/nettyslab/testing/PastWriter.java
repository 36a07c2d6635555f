package io.nettyslab.testing;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/** How a reader index comes to lie behind the writer index. */
public final class PastWriter {

    private PastWriter() {}

    /** Reads so many bytes, also if fewer are readable. If Netty refuses, releases the buffer and ends the test. */
    public static void read(ByteBuf buffer, int length) {
        try {
            buffer.readString(length, StandardCharsets.US_ASCII);
        } catch (IndexOutOfBoundsException e) {
            buffer.release();
            Assumptions.abort(e.getMessage());
        }
    }
}
