package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;

/** The bytes of a slot past the capacity of its buffer, filled with a pattern that nobody may change. */
final class Slack {

    private static final byte PATTERN = (byte) 0xA9;

    private final ByteBuf buffer;
    private final int from;
    private final int to;

    private Slack(ByteBuf buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
    }

    /** Fills the slack of a new buffer. */
    static Slack of(ByteBuf buffer) {
        int capacity = buffer.capacity();
        Slack slack = new Slack(buffer, capacity, buffer.writerIndex() + buffer.maxFastWritableBytes());
        if (slack.to > slack.from) {
            buffer.capacity(slack.to);
            for (int i = slack.from; i < slack.to; i++) {
                buffer.setByte(i, PATTERN);
            }
            buffer.capacity(capacity);
        }
        return slack;
    }

    /** Checks it, if the buffer is still where it was and as large. */
    void demandUnharmed(boolean capacityNeverChanged) {
        if (to > from && capacityNeverChanged) {
            buffer.capacity(to);
            for (int i = from; i < to; i++) {
                if (buffer.getByte(i) != PATTERN) {
                    throw new AssertionError("byte " + i + " past the capacity was overwritten: " + buffer);
                }
            }
            buffer.capacity(from);
        }
    }
}
