package io.nettyslab.echo.testing;

import io.nettyslab.echo.protocol.Frames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The thirteen ways in which one read can cut a stream of frames. A read begins at a frame's start, inside its prefix,
 * right behind the prefix or inside the message; it ends inside the prefix, behind it, inside the message or at the
 * frame's end. Twelve of these pairs run forward within a frame; the thirteenth read holds several frames.
 */
public enum FrameSplit {
    START_TO_INSIDE_PREFIX(0, 2),
    START_TO_PREFIX_END(0, 4),
    START_TO_INSIDE_MESSAGE(0, 7),
    START_TO_MESSAGE_END(0, 14),
    INSIDE_PREFIX_TO_INSIDE_PREFIX(1, 3),
    INSIDE_PREFIX_TO_PREFIX_END(1, 4),
    INSIDE_PREFIX_TO_INSIDE_MESSAGE(1, 7),
    INSIDE_PREFIX_TO_MESSAGE_END(1, 14),
    PREFIX_END_TO_INSIDE_MESSAGE(4, 7),
    PREFIX_END_TO_MESSAGE_END(4, 14),
    INSIDE_MESSAGE_TO_INSIDE_MESSAGE(6, 9),
    INSIDE_MESSAGE_TO_MESSAGE_END(6, 14),
    SEVERAL_FRAMES(0, 14 + 7 + 5);

    /** Frames of 14, 7 and 5 bytes. */
    public static final List<String> MESSAGES = List.of("0123456789", "abc", "Z");

    private final int from;
    private final int to;

    FrameSplit(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /** Returns all frames as a client sends them. */
    public static byte[] stream() {
        ByteBuffer stream = ByteBuffer.allocate(26);
        for (String message : MESSAGES) {
            stream.putInt(message.length()).put(message.getBytes(StandardCharsets.US_ASCII));
        }
        return stream.array();
    }

    /** Returns the stream cut into up to three reads, the middle one of which is the case named. */
    public List<byte[]> reads() {
        return cut(stream(), from, to);
    }

    /** Cuts anything in two places, which may be the same or at an end; empty parts are left out. */
    public static List<byte[]> cut(byte[] stream, int from, int to) {
        List<byte[]> reads = new ArrayList<>();
        int[] places = {0, from, to, stream.length};
        for (int i = 1; i < places.length; i++) {
            if (places[i] > places[i - 1]) {
                reads.add(Arrays.copyOfRange(stream, places[i - 1], places[i]));
            }
        }
        return reads;
    }

    /** Returns the bytes of one request. */
    public static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(Frames.LENGTH_BYTES + message.length)
                .putInt(message.length)
                .put(message)
                .array();
    }
}
