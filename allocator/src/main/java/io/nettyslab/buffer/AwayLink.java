package io.nettyslab.buffer;

/**
 * A link in a chain of buffers that are away and have been released. Only the home of the buffer writes what is behind
 * it, and the chain leads from link to link, so that nobody who uses the buffer after its release can break it.
 */
public abstract class AwayLink {

    private final SlabByteBuf buffer;
    private AwayLink next;

    AwayLink(SlabByteBuf buffer) {
        this.buffer = buffer;
    }

    /** Returns the buffer that waits. */
    public final SlabByteBuf buffer() {
        return buffer;
    }

    /** Returns the link behind this one, {@code null} if there is none; also to metrics, which may look too late. */
    public final AwayLink next() {
        return next;
    }

    /** Puts this link before {@code behind}; {@code null} makes it the last, so that it keeps no other reachable. */
    public final void chainTo(AwayLink behind) {
        next = behind;
    }
}
