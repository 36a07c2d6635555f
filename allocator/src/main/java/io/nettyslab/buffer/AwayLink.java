package io.nettyslab.buffer;

/**
 * A link in a chain of buffers that are away and have been released. An object of its own, which only the home of the
 * buffer writes to, so that nobody who uses the buffer after its release can break the chain.
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
