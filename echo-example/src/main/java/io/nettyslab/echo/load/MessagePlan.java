package io.nettyslab.echo.load;

/**
 * The messages of one connection, one after the other: how long each is and where in the connection's
 * {@link BytePattern} it lies. Both follow from the seed, so that the side that checks has a plan of its own and needs
 * no word from the side that sends.
 *
 * <p>Messages lie in the stream without gaps and none twice, unless a set of them is to be repeated.
 */
final class MessagePlan {

    private final MessageSizes sizes;
    private final long repeatSet; // messages before the first comes again
    private final long start;
    private long index; // within the set
    private long position; // in the pattern
    private int size;

    MessagePlan(LoadTraffic traffic, int connection) {
        this.sizes = traffic.sizes();
        this.repeatSet = traffic.repeatSet() == 0 ? Long.MAX_VALUE : traffic.repeatSet();
        this.start = BytePattern.mix(~traffic.seed() + BytePattern.mix(connection));
        chooseSize();
    }

    private void chooseSize() {
        size = sizes.choose(BytePattern.mix(start + index));
    }

    /** Returns the bytes of the message. */
    int size() {
        return size;
    }

    /** Returns where its first byte lies. */
    long position() {
        return position;
    }

    /** Goes on to the next message. */
    void advance() {
        position += size;
        if (++index == repeatSet) {
            index = 0;
            position = 0;
        }
        chooseSize();
    }
}
